/// An exact fraction with a bounded numerator and denominator, in lowest terms.
///
/// Both stay at or below 10^18 in size, so that a sum or product of two fits in 128 bits before it is
/// reduced.
struct Rational: Equatable, Comparable {
    let numerator: Int128
    let denominator: Int128

    static let bound: Int128 = 1_000_000_000_000_000_000

    /// The fraction in lowest terms; `nil` when the denominator is 0 or a part is past the bound.
    init?(_ numerator: Int128, _ denominator: Int128 = 1) {
        guard denominator != 0 else { return nil }
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let sign: Int128 = denominator < 0 ? -1 : 1
        let top = numerator / Int128(divisor) * sign
        let bottom = denominator / Int128(divisor) * sign
        guard top.magnitude <= Self.bound.magnitude, bottom <= Self.bound else { return nil }
        self.numerator = top
        self.denominator = bottom
    }

    private static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    func adding(_ other: Rational) -> Rational? {
        Rational(
            numerator * other.denominator + other.numerator * denominator, denominator * other.denominator)
    }

    func subtracting(_ other: Rational) -> Rational? {
        Rational(
            numerator * other.denominator - other.numerator * denominator, denominator * other.denominator)
    }

    func multiplied(by other: Rational) -> Rational? {
        Rational(numerator * other.numerator, denominator * other.denominator)
    }

    func divided(by other: Rational) -> Rational? {
        Rational(numerator * other.denominator, denominator * other.numerator)
    }

    static func < (left: Rational, right: Rational) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }

    /// The most decimals of a terminating fraction that are written out.
    static let mostDecimals = 12
    /// The decimals that other fractions are rounded to.
    static let roundedDecimals = 6

    /// Plain digits: an integer, a terminating decimal, or a decimal rounded half away from zero to six
    /// places.
    var text: String {
        let decimals = terminatingDecimals ?? Self.roundedDecimals
        var scale: Int128 = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = numerator.magnitude * scale.magnitude
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: denominator.magnitude)
        let rounded = remainder * 2 >= denominator.magnitude ? quotient + 1 : quotient
        let sign = numerator < 0 && rounded != 0 ? "-" : ""
        return sign + Self.write(rounded, decimals: decimals)
    }

    /// How many decimals the fraction needs, if it ends within the limit.
    private var terminatingDecimals: Int? {
        var rest = denominator
        var twos = 0
        var fives = 0
        while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
        while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
        let needed = max(twos, fives)
        return rest == 1 && needed <= Self.mostDecimals ? needed : nil
    }

    private static func write(_ scaled: UInt128, decimals: Int) -> String {
        var digits = Array(String(scaled).utf8)
        guard decimals > 0 else { return String(decoding: digits, as: UTF8.self) }
        if digits.count <= decimals {
            digits.insert(
                contentsOf: repeatElement(UInt8(ascii: "0"), count: decimals + 1 - digits.count), at: 0)
        }
        var fraction = digits.suffix(decimals)
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        let whole = digits.dropLast(decimals)
        let point = fraction.isEmpty ? [] : [UInt8(ascii: ".")]
        return String(decoding: whole + point + fraction, as: UTF8.self)
    }
}
