/// An exact fraction in lowest terms; every operation that would overflow gives `nil`.
///
/// 128-bit parts hold all that the pocket problems and the scorer's short numbers need, without big integers.
struct Rational: Sendable, Equatable {
    /// The numerator; it carries the sign.
    let numerator: Int128
    /// The denominator, at least 1.
    let denominator: Int128

    /// A whole number.
    init(_ value: Int) {
        numerator = Int128(value)
        denominator = 1
    }

    /// A fraction, reduced; `nil` for a denominator of 0 or on overflow.
    init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        if denominator == 1 {
            self.numerator = numerator
            self.denominator = 1
            return
        }
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let shared = Int128(divisor)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / shared
        self.denominator = sign * denominator / shared
    }

    private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
        // 64-bit division is many times faster, and nearly all numbers here fit.
        if let short = UInt64(exactly: first), let other = UInt64(exactly: second) {
            return UInt128(euclid(short, other))
        }
        return euclid(first, second)
    }

    private static func euclid<Number: FixedWidthInteger>(_ first: Number, _ second: Number) -> Number {
        var (a, b) = (first, second)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// The sum.
    func adding(_ other: Rational) -> Rational? {
        guard let left = Self.product(numerator, other.denominator),
            let right = Self.product(other.numerator, denominator),
            let bottom = Self.product(denominator, other.denominator)
        else { return nil }
        let (top, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : Rational(top, over: bottom)
    }

    /// The difference.
    func subtracting(_ other: Rational) -> Rational? {
        adding(other.negated)
    }

    /// The product.
    func multiplied(by other: Rational) -> Rational? {
        guard let top = Self.product(numerator, other.numerator),
            let bottom = Self.product(denominator, other.denominator)
        else { return nil }
        return Rational(top, over: bottom)
    }

    /// The quotient; `nil` when the divisor is 0.
    func divided(by other: Rational) -> Rational? {
        guard let top = Self.product(numerator, other.denominator),
            let bottom = Self.product(denominator, other.numerator)
        else { return nil }
        return Rational(top, over: bottom)
    }

    /// Whether this is the smaller one; `nil` on overflow.
    func isLess(than other: Rational) -> Bool? {
        guard let difference = subtracting(other) else { return nil }
        return difference.numerator < 0
    }

    /// The same number with the other sign.
    var negated: Rational {
        // Cannot fail: the parts are in lowest terms and never `Int128.min`.
        Rational(numerator: -numerator, denominator: denominator)
    }

    private init(numerator: Int128, denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    private static func product(_ a: Int128, _ b: Int128) -> Int128? {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? nil : value
    }

    /// Plain digits for a whole number, digits and a point for a decimal that ends; `nil` for any other fraction.
    var decimalText: String? {
        if denominator == 1 { return Int(exactly: numerator).map { "\($0)" } ?? "\(numerator)" }
        var scale = denominator
        var digits = 0
        var (top, overflow) = (numerator.magnitude, false)
        // Bring the denominator to a power of ten by the factors that it lacks.
        while scale > 1 {
            let factor: UInt128
            if scale % 10 == 0 {
                (scale, factor) = (scale / 10, 1)
            } else if scale % 5 == 0 {
                (scale, factor) = (scale / 5, 2)
            } else if scale % 2 == 0 {
                (scale, factor) = (scale / 2, 5)
            } else {
                return nil
            }
            (top, overflow) = top.multipliedReportingOverflow(by: factor)
            if overflow { return nil }
            digits += 1
        }
        var text = "\(top)"
        if text.count <= digits { text = String(repeating: "0", count: digits - text.count + 1) + text }
        text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
        return numerator < 0 ? "-" + text : text
    }
}
