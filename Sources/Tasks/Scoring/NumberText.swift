/// Numbers as people write them: `1,234.50`, `-3`, `.5`, `3/4`, `1 1/2`.
enum NumberText {
    /// The last number in a text, with its sign and as a fraction if it is one.
    static func last(in bytes: [UInt8]) -> Range<Int>? {
        var end = bytes.count
        while end > 0, !Ascii.isDigit(bytes[end - 1]) { end -= 1 }
        guard end > 0 else { return nil }
        var start = unsignedStart(bytes, end: end)
        if start >= 2, bytes[start - 1] == UInt8(ascii: "/"), Ascii.isDigit(bytes[start - 2]) {
            start = unsignedStart(bytes, end: start - 1)
        }
        if start > 0, bytes[start - 1] == UInt8(ascii: "-"), start < 2 || !joins(bytes[start - 2]) {
            start -= 1
        }
        return start..<end
    }

    /// Where the digits, commas between digits and the point before a position begin.
    private static func unsignedStart(_ bytes: [UInt8], end: Int) -> Int {
        var start = end
        while start > 0 {
            let byte = bytes[start - 1]
            let separates = byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
            // A comma belongs to the number only between digits; a point may also be its first character.
            let inside = separates && start < end && start >= 2 && Ascii.isDigit(bytes[start - 2])
            let leading = byte == UInt8(ascii: ".") && start < end && (start < 2 || !joins(bytes[start - 2]))
            guard Ascii.isDigit(byte) || inside || leading else { break }
            start -= 1
        }
        return start
    }

    /// Whether a minus after this byte is an operator and not a sign.
    private static func joins(_ byte: UInt8) -> Bool {
        Ascii.isDigit(byte) || Ascii.isLetter(byte) || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ".")
    }
}
