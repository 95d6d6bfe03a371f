// Numbers (RFC 8259, section 6).

/// What the digits of a number add up to, read in one pass.
private struct Digits {
    /// The significant digits as a whole number; exact while there are at most `maximumCount` of them.
    var mantissa: UInt64 = 0
    /// How many significant digits were read.
    var count = 0

    /// Ten to this power is the largest that fits into 64 bits.
    static let maximumCount = 19

    var isExact: Bool { count <= Self.maximumCount }

    mutating func append(_ byte: UInt8) {
        if mantissa != 0 || byte != UInt8(ascii: "0") { count += 1 }
        if isExact { mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0")) }
    }
}

/// The powers of ten that a `Double` holds exactly.
private let exactPowersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
]

extension JSONScanner {
    /// Reads a number; the position is at its first digit or its minus sign.
    mutating func number(_ input: Span<UInt8>) throws(JSONFailure) -> JSONValue {
        let start = index
        let isNegative = peek(input) == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var digits = Digits()
        if peek(input) == UInt8(ascii: "0") {
            index += 1
            if isDigit(peek(input)) {
                throw JSONFailure(offset: start, reason: "number has a leading zero")
            }
        } else {
            try readDigits(input, into: &digits, after: "'-'")
        }
        let next = peek(input)
        if next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") {
            if let value = integer(digits, isNegative: isNegative) { return .integer(value) }
            return .double(try double(input, from: start, digits, exponent: 0, isNegative: isNegative))
        }
        let fractionDigits = try readFraction(input, into: &digits)
        let exponent = try readExponent(input) - fractionDigits
        return .double(try double(input, from: start, digits, exponent: exponent, isNegative: isNegative))
    }

    private mutating func readFraction(
        _ input: Span<UInt8>, into digits: inout Digits
    ) throws(JSONFailure) -> Int {
        guard peek(input) == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        try readDigits(input, into: &digits, after: "'.'")
        return index - start
    }

    private mutating func readExponent(_ input: Span<UInt8>) throws(JSONFailure) -> Int {
        guard peek(input) | 0x20 == UInt8(ascii: "e") else { return 0 }
        index += 1
        let isNegative = peek(input) == UInt8(ascii: "-")
        if isNegative || peek(input) == UInt8(ascii: "+") { index += 1 }
        var digits = Digits()
        try readDigits(input, into: &digits, after: "the exponent's sign or 'e'")
        // Far beyond a Double's range already; the exact value no longer matters.
        let magnitude = Int(min(digits.mantissa, 1_000_000))
        return isNegative ? -magnitude : magnitude
    }

    private mutating func readDigits(
        _ input: Span<UInt8>, into digits: inout Digits, after place: String
    ) throws(JSONFailure) {
        guard isDigit(peek(input)) else { throw unexpected(input, expected: "a digit after \(place)") }
        while index < input.count, isDigit(input[index]) {
            digits.append(input[index])
            index += 1
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// The whole number, or `nil` when it does not fit, or is a negative zero, which only a `Double` can hold.
    private func integer(_ digits: Digits, isNegative: Bool) -> Int64? {
        guard digits.isExact else { return nil }
        if !isNegative { return Int64(exactly: digits.mantissa) }
        if digits.mantissa == 0 { return nil }
        return digits.mantissa <= UInt64(Int64.max) + 1
            ? Int64(truncatingIfNeeded: 0 &- digits.mantissa) : nil
    }

    /// The nearest `Double`.
    ///
    /// When mantissa and power of ten are both exact, one multiplication or division rounds once and so correctly
    /// (Clinger, "How to read floating point numbers accurately", 1990). The rest goes to the standard library.
    private func double(
        _ input: Span<UInt8>, from start: Int, _ digits: Digits, exponent: Int, isNegative: Bool
    ) throws(JSONFailure) -> Double {
        if digits.isExact, digits.mantissa <= 1 << 53, abs(exponent) < exactPowersOfTen.count {
            let mantissa = Double(digits.mantissa)
            let power = exactPowersOfTen[abs(exponent)]
            let value = exponent < 0 ? mantissa / power : mantissa * power
            return isNegative ? -value : value
        }
        guard let text = try? UTF8Span(validating: input.extracting(start..<index)),
            let value = Double(String(copying: text))
        else { throw JSONFailure(offset: start, reason: "number cannot be read") }
        guard value.isFinite else { throw JSONFailure(offset: start, reason: "number is out of range") }
        return value
    }
}
