/// The calculator that answers the student's `<<expression=` while it writes (Cobbe et al. 2021, section 5).
///
/// Exact fractions with `+ - * / ( )`, decimals, and `a>b` for the greater of two numbers, which binds
/// weakest. Spaces are passed over.
public enum Calculator {
    /// The longest expression, in bytes.
    public static let longestExpression = 128
    /// How deep brackets and signs may nest.
    static let deepestNesting = 16

    /// The value's digits, or `nil` when the text is no expression, divides by zero or leaves the number
    /// range (numerator or denominator past 10^18).
    ///
    /// - Returns: an integer as it is, a terminating fraction as a decimal, any other rounded to six
    ///   decimals.
    public static func evaluate(_ expression: String) -> String? {
        let bytes = Array(expression.utf8.prefix(longestExpression + 1))
        guard bytes.count <= longestExpression else { return nil }
        var parser = ExpressionParser(bytes: bytes.filter { $0 != UInt8(ascii: " ") })
        return parser.parse()?.text
    }
}

/// Recursive descent; `nil` stands for any mistake, as the caller writes `?` for all of them.
private struct ExpressionParser {
    let bytes: [UInt8]
    var index = 0
    var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() -> Rational? {
        guard let value = greater(), index == bytes.count else { return nil }
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func greater() -> Rational? {
        guard var value = sum() else { return nil }
        while take(">") {
            guard let other = sum() else { return nil }
            value = max(value, other)
        }
        return value
    }

    private mutating func sum() -> Rational? {
        guard var value = product() else { return nil }
        while true {
            if take("+") {
                guard let other = product(), let next = value.adding(other) else { return nil }
                value = next
            } else if take("-") {
                guard let other = product(), let next = value.subtracting(other) else { return nil }
                value = next
            } else {
                return value
            }
        }
    }

    private mutating func product() -> Rational? {
        guard var value = factor() else { return nil }
        while true {
            if take("*") {
                guard let other = factor(), let next = value.multiplied(by: other) else { return nil }
                value = next
            } else if take("/") {
                guard let other = factor(), let next = value.divided(by: other) else { return nil }
                value = next
            } else {
                return value
            }
        }
    }

    private mutating func factor() -> Rational? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Calculator.deepestNesting else { return nil }
        if take("-") { return factor().flatMap { Rational(-$0.numerator, $0.denominator) } }
        if take("(") {
            guard let value = greater(), take(")") else { return nil }
            return value
        }
        return number()
    }

    private mutating func number() -> Rational? {
        var value: Int128 = 0
        var scale: Int128 = 1
        var digits = 0
        var sawPoint = false
        while index < bytes.count {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
                guard digits < 18 else { return nil }
                value = value * 10 + Int128(bytes[index] - UInt8(ascii: "0"))
                if sawPoint { scale *= 10 }
                digits += 1
            } else if bytes[index] == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break
            }
            index += 1
        }
        return digits > 0 ? Rational(value, scale) : nil
    }
}
