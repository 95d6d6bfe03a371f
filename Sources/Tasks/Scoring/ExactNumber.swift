/// A number read from text, compared exactly and in linear time: no floating point, no big integers.
struct ExactNumber: Sendable, Equatable {
    private enum Value: Sendable, Equatable {
        /// A decimal's digits: no zeros at the front of `whole`, none at the end of `part`.
        case decimal(negative: Bool, whole: [UInt8], part: [UInt8])
        /// A fraction that does not fit the form above, or may not.
        case fraction(Rational)
    }

    private let value: Value

    /// The longest numerator, denominator or decimal for which fractions are compared with decimals.
    private static let shortDigits = 18

    /// Reads a whole text: `-1,234.5`, `.5`, `3/4`, `-1 1/2`; `nil` if it is anything else.
    init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        let negative = rest.first == UInt8(ascii: "-")
        if negative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            guard let fraction = Self.fraction(rest[..<slash], rest[(slash + 1)...]) else { return nil }
            value = .fraction(negative ? fraction.negated : fraction)
        } else {
            guard let (whole, part) = Self.decimal(rest) else { return nil }
            value = .decimal(negative: negative && !(whole.isEmpty && part.isEmpty), whole: whole, part: part)
        }
    }

    /// Whether two numbers are the same; a fraction never equals a decimal of more than 18 digits.
    static func == (left: ExactNumber, right: ExactNumber) -> Bool {
        if left.value == right.value { return true }
        guard let first = left.rational, let second = right.rational else { return false }
        return first == second
    }

    private var rational: Rational? {
        switch value {
        case .fraction(let fraction): return fraction
        case .decimal(let negative, let whole, let part):
            guard whole.count + part.count <= Self.shortDigits else { return nil }
            let bottom = part.reduce(Int128(1)) { scale, _ in scale * 10 }
            let top = Self.integer((whole + part)[...])
            return Rational(negative ? -top : top, over: bottom)
        }
    }

    /// Digits with optional thousands separators and an optional decimal part.
    private static func decimal(_ text: ArraySlice<UInt8>) -> (whole: [UInt8], part: [UInt8])? {
        let point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
        let part = text[point...].dropFirst()
        guard part.allSatisfy(Ascii.isDigit), let whole = ungrouped(text[..<point]),
            !(whole.isEmpty && part.isEmpty)
        else { return nil }
        let end = part.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? part.startIndex
        return (Array(whole.drop { $0 == UInt8(ascii: "0") }), Array(part[part.startIndex..<end]))
    }

    /// The digits without separators; `nil` unless the separators stand before groups of three.
    private static func ungrouped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let groups = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.allSatisfy(Ascii.isDigit) }) else { return nil }
        guard groups.count > 1 else { return Array(text) }
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
            return nil
        }
        return groups.flatMap { $0 }
    }

    /// `3/4` or `1 1/2`, unsigned; `nil` for long parts too, which then are compared as text.
    private static func fraction(_ top: ArraySlice<UInt8>, _ bottom: ArraySlice<UInt8>) -> Rational? {
        let tops = top.split(whereSeparator: Ascii.isSpace)
        let bottoms = bottom.split(whereSeparator: Ascii.isSpace)
        guard (1...2).contains(tops.count), bottoms.count == 1,
            (tops + bottoms).allSatisfy({ $0.count <= shortDigits && $0.allSatisfy(Ascii.isDigit) }),
            let fraction = Rational(integer(tops[tops.count - 1]), over: integer(bottoms[0]))
        else { return nil }
        guard tops.count == 2 else { return fraction }
        return Rational(integer(tops[0]), over: 1)?.adding(fraction)
    }

    private static func integer(_ digits: ArraySlice<UInt8>) -> Int128 {
        digits.reduce(0) { $0 * 10 + Int128($1 - UInt8(ascii: "0")) }
    }
}
