/// Reads tokens: white space, literals, strings. Numbers are in `JSONScanner+Number.swift`.
///
/// Holds only a position; the bytes are passed to each call as a bounds-checked span.
struct JSONScanner {
    /// The next byte to read.
    var index = 0

    /// Reused for strings with escapes.
    private var decoded: [UInt8] = []

    /// The byte at the position, or 0 at the end (a NUL is refused wherever it stands outside a string).
    func peek(_ input: Span<UInt8>) -> UInt8 {
        index < input.count ? input[index] : 0
    }

    /// Steps over the byte if it is the next one.
    mutating func skip(_ byte: UInt8, _ input: Span<UInt8>) -> Bool {
        guard index < input.count, input[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func skipWhitespace(_ input: Span<UInt8>) {
        while index < input.count {
            switch input[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    /// RFC 8259, section 8.1: a text must not begin with a byte order mark.
    func refuseByteOrderMark(_ input: Span<UInt8>) throws(JSONFailure) {
        if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
            throw JSONFailure(offset: 0, reason: "byte order mark is not allowed")
        }
    }

    mutating func expectEnd(_ input: Span<UInt8>) throws(JSONFailure) {
        skipWhitespace(input)
        if index < input.count { throw unexpected(input, expected: "the end of the text") }
    }

    mutating func literal(_ word: StaticString, _ input: Span<UInt8>) throws(JSONFailure) {
        let start = index
        // A static string's bytes live as long as the program.
        let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        for byte in bytes {
            guard peek(input) == byte else { throw JSONFailure(offset: start, reason: "expected '\(word)'") }
            index += 1
        }
    }

    /// An error that says what was found instead.
    func unexpected(_ input: Span<UInt8>, expected: String) -> JSONFailure {
        guard index < input.count else {
            return JSONFailure(offset: index, reason: "expected \(expected), found the end of the text")
        }
        let byte = input[index]
        let found = (0x21...0x7E).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "byte \(hexadecimal(byte))"
        return JSONFailure(offset: index, reason: "expected \(expected), found \(found)")
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16, uppercase: true)
    }
}

// MARK: - Strings (RFC 8259, section 7)

extension JSONScanner {
    /// Reads a string; the position is at its opening quote.
    mutating func string(_ input: Span<UInt8>) throws(JSONFailure) -> String {
        let start = index + 1
        var end = start
        var isASCII = true
        var hasEscapes = false
        while true {
            end = endOfPlainText(input, from: end, &isASCII)
            guard end < input.count else { throw JSONFailure(offset: index, reason: "string is not closed") }
            let byte = input[end]
            if byte == UInt8(ascii: "\"") { break }
            guard byte == UInt8(ascii: "\\") else {
                throw JSONFailure(offset: end, reason: "control character in a string must be escaped")
            }
            hasEscapes = true
            // Whatever follows the backslash is looked at when the string is decoded.
            end += 2
        }
        index = end + 1
        let raw = input.extracting(start..<end)
        if hasEscapes { return try unescaped(raw, at: start) }
        // Sound: all bytes were seen to be ASCII, which is valid UTF-8.
        if isASCII { return String(copying: UTF8Span(unchecked: raw, isKnownASCII: true)) }
        return try validated(raw, at: start)
    }

    private func validated(_ raw: Span<UInt8>, at offset: Int) throws(JSONFailure) -> String {
        do {
            return String(copying: try UTF8Span(validating: raw))
        } catch {
            throw JSONFailure(offset: offset + error.byteOffsets.lowerBound, reason: "invalid UTF-8")
        }
    }

    private mutating func unescaped(_ raw: Span<UInt8>, at offset: Int) throws(JSONFailure) -> String {
        // Checked before decoding, so that an error's offset counts the bytes of the text.
        do {
            _ = try UTF8Span(validating: raw)
        } catch {
            throw JSONFailure(offset: offset + error.byteOffsets.lowerBound, reason: "invalid UTF-8")
        }
        decoded.removeAll(keepingCapacity: true)
        decoded.reserveCapacity(raw.count)
        var place = 0
        while place < raw.count {
            let byte = raw[place]
            if byte == UInt8(ascii: "\\") {
                place = try appendEscape(raw, at: place, offset: offset)
            } else {
                decoded.append(byte)
                place += 1
            }
        }
        return try validated(decoded.span, at: offset)
    }

    /// Decodes the escape at `place` and returns the place after it.
    private mutating func appendEscape(
        _ raw: Span<UInt8>, at place: Int, offset: Int
    ) throws(JSONFailure) -> Int {
        // The scan for the closing quote has stepped over the byte after each backslash, so there is one.
        switch raw[place + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(raw[place + 1])
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): return try appendUnicodeEscape(raw, at: place, offset: offset)
        default: throw JSONFailure(offset: offset + place, reason: "unknown escape in a string")
        }
        return place + 2
    }

    private mutating func appendUnicodeEscape(
        _ raw: Span<UInt8>, at place: Int, offset: Int
    ) throws(JSONFailure) -> Int {
        guard let first = codeUnit(raw, at: place) else {
            throw JSONFailure(offset: offset + place, reason: "'\\u' needs four hexadecimal digits")
        }
        var next = place + 6
        var code = UInt32(first)
        if (0xD800...0xDFFF).contains(first) {
            guard first < 0xDC00, let second = codeUnit(raw, at: next), (0xDC00...0xDFFF).contains(second)
            else {
                throw JSONFailure(offset: offset + place, reason: "lone surrogate in a string")
            }
            code = 0x10000 + ((code - 0xD800) << 10) + (UInt32(second) - 0xDC00)
            next += 6
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw JSONFailure(offset: offset + place, reason: "lone surrogate in a string")
        }
        decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return next
    }

    /// The code unit of a `\uXXXX` at that place, or `nil` when there is none.
    private func codeUnit(_ raw: Span<UInt8>, at place: Int) -> UInt16? {
        guard place + 6 <= raw.count, raw[place] == UInt8(ascii: "\\"), raw[place + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for digit in place + 2..<place + 6 {
            guard let value = hexValue(raw[digit]) else { return nil }
            unit = unit << 4 | value
        }
        return unit
    }

    private func hexValue(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
