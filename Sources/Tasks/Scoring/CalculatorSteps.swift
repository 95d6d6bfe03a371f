/// The calculator annotations of GSM8K (Cobbe et al. 2021) in a response, such as `<<48/2=24>>`.
public enum CalculatorSteps {
    /// Whether every annotation that can be read gives the result that it says; linear in the response.
    ///
    /// The operators are `+ - * /` and `>` (the bigger of two), with brackets. A result that is no whole number may be rounded to the
    /// digits that it is written with, as the data set's are. What is no arithmetic is not judged.
    public static func hold(in response: String) -> Bool {
        var rest = Array(response.utf8)[...]
        while let open = position(of: Ascii.less, in: rest) {
            rest = rest[(open + 2)...]
            guard let close = position(of: Ascii.greater, in: rest) else { return true }
            let step = rest[..<close]
            rest = rest[(close + 2)...]
            guard let equals = step.lastIndex(of: Ascii.equals) else { continue }
            var reader = Arithmetic(step[..<equals])
            let stated = step[(equals + 1)...].filter { !Ascii.isSpace($0) }
            guard let value = reader.value(), let said = Double(String(decoding: stated, as: UTF8.self))
            else { continue }
            guard agrees(said, digits: stated, with: value) else { return false }
        }
        return true
    }

    /// Where the next two equal bytes in a row begin.
    private static func position(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            if bytes[index] == byte, bytes[index + 1] == byte { return index }
            index += 1
        }
        return nil
    }

    private static func agrees(_ said: Double, digits: [UInt8], with value: Double) -> Bool {
        let tiny = 1e-12 * max(1, value.magnitude)
        if (said - value).magnitude <= tiny { return true }
        guard value != value.rounded() else { return false }
        let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
        let decimals = max(0, digits.count - point - 1)
        // A cut number is off by less than one of its last digit; a rounded one by half of that.
        let last = (0..<min(decimals, 15)).reduce(1.0) { unit, _ in unit / 10 }
        return (said - value).magnitude < last + tiny
    }
}

/// Evaluates `a+b*(c-d)` over decimals, by recursive descent with bounded depth.
private struct Arithmetic {
    private var rest: ArraySlice<UInt8>
    private var depth = 0
    private static let maximumDepth = 32

    init(_ text: ArraySlice<UInt8>) {
        rest = text.filter { !Ascii.isSpace($0) }[...]
    }

    /// The value of the whole text; `nil` if it is no arithmetic.
    mutating func value() -> Double? {
        guard let value = bigger(), rest.isEmpty, value.isFinite else { return nil }
        return value
    }

    private mutating func bigger() -> Double? {
        guard var value = sum() else { return nil }
        while take(">") {
            guard let right = sum() else { return nil }
            value = max(value, right)
        }
        return value
    }

    private mutating func sum() -> Double? {
        guard var value = product() else { return nil }
        while true {
            if take("+") {
                guard let right = product() else { return nil }
                value += right
            } else if take("-") {
                guard let right = product() else { return nil }
                value -= right
            } else {
                return value
            }
        }
    }

    private mutating func product() -> Double? {
        guard var value = factor() else { return nil }
        while true {
            if take("*") {
                guard let right = factor() else { return nil }
                value *= right
            } else if take("/") {
                guard let right = factor(), right != 0 else { return nil }
                value /= right
            } else {
                return value
            }
        }
    }

    private mutating func factor() -> Double? {
        if take("(") {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth, let value = bigger(), take(")") else { return nil }
            return value
        }
        if take("-") {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth else { return nil }
            return factor().map { -$0 }
        }
        let digits = rest.prefix { Ascii.isDigit($0) || $0 == UInt8(ascii: ".") }
        rest = rest[digits.endIndex...]
        return Double(String(decoding: digits, as: UTF8.self))
    }

    private mutating func take(_ symbol: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: symbol) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
