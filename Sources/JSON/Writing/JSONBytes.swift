// How each kind of value becomes bytes. Everything that writes JSON ends here.

extension [UInt8] {
    mutating func appendNull() {
        append(contentsOf: "null".utf8)
    }

    mutating func appendJSON(_ value: Bool?) {
        guard let value else { return appendNull() }
        if value { append(contentsOf: "true".utf8) } else { append(contentsOf: "false".utf8) }
    }

    mutating func appendJSON(_ value: (some FixedWidthInteger)?) {
        guard let value else { return appendNull() }
        // Digits come out last first, at most 20 of them for 64 bits; wider types take the slow way.
        guard let magnitude = UInt64(exactly: value.magnitude) else {
            return append(contentsOf: String(value).utf8)
        }
        if value < 0 { append(UInt8(ascii: "-")) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var start = 20
        var rest = magnitude
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for place in start..<20 { append(digits[place]) }
    }

    mutating func appendJSON(_ value: Double?) {
        guard let value, value.isFinite else { return appendNull() }
        // The standard library's description is the shortest text that reads back as the same number, and has
        // the form of a JSON number (`0.5`, `1e-07`, `5e+20`).
        append(contentsOf: value.description.utf8)
    }

    mutating func appendJSON(_ value: String?) {
        guard var value else { return appendNull() }
        // The buffer lives for the length of the closure only, and is copied from within it.
        value.withUTF8 { appendQuoted($0) }
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        var isASCII = true
        var place = endOfPlainText(text.span, from: 0, &isASCII)
        if place == text.count { return appendPlain(text) }
        var runStart = 0
        append(UInt8(ascii: "\""))
        while place < text.count {
            append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<place]))
            appendEscape(text[place])
            runStart = place + 1
            place = endOfPlainText(text.span, from: runStart, &isASCII)
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
        append(UInt8(ascii: "\""))
    }

    /// A text without anything to escape: one check for room and sole ownership in place of three.
    private mutating func appendPlain(_ text: UnsafeBufferPointer<UInt8>) {
        append(addingCapacity: text.count + 2) { (output: inout OutputSpan<UInt8>) in
            output.withUnsafeMutableBufferPointer { buffer, count in
                // Sound: the buffer has the room that was asked for, and every byte counted is written.
                buffer[0] = UInt8(ascii: "\"")
                _ = buffer[1...].update(fromContentsOf: text)
                buffer[text.count + 1] = UInt8(ascii: "\"")
                count = text.count + 2
            }
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(contentsOf: "u00".utf8)
            append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 0x0F
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    mutating func appendJSON(_ value: JSONValue) {
        switch value {
        case .null: appendNull()
        case .bool(let bool): appendJSON(bool)
        case .integer(let integer): appendJSON(integer)
        case .double(let double): appendJSON(double)
        case .string(let string): appendJSON(string)
        case .array(let elements):
            append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { append(UInt8(ascii: ",")) }
                appendJSON(element)
            }
            append(UInt8(ascii: "]"))
        case .object(let object):
            append(UInt8(ascii: "{"))
            for (place, member) in object.members.enumerated() {
                if place > 0 { append(UInt8(ascii: ",")) }
                appendJSON(member.key)
                append(UInt8(ascii: ":"))
                appendJSON(member.value)
            }
            append(UInt8(ascii: "}"))
        }
    }
}

// MARK: - Whole values

extension JSONValue {
    /// The value as JSON text in UTF-8.
    /// - Parameter pretty: `true` for one member or element a line, indented by two spaces.
    public func bytes(pretty: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        if pretty { bytes.appendPretty(self, indent: 0) } else { bytes.appendJSON(self) }
        return bytes
    }

    /// The value as compact JSON text.
    public var text: String {
        String(decoding: bytes(), as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate mutating func appendPretty(_ value: JSONValue, indent: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                appendLine(indent: indent + 1, comma: place > 0)
                appendPretty(element, indent: indent + 1)
            }
            appendLine(indent: indent, comma: false)
            append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            append(UInt8(ascii: "{"))
            for (place, member) in object.members.enumerated() {
                appendLine(indent: indent + 1, comma: place > 0)
                appendJSON(member.key)
                append(contentsOf: ": ".utf8)
                appendPretty(member.value, indent: indent + 1)
            }
            appendLine(indent: indent, comma: false)
            append(UInt8(ascii: "}"))
        default:
            appendJSON(value)
        }
    }

    private mutating func appendLine(indent: Int, comma: Bool) {
        if comma { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\n"))
        append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }
}
