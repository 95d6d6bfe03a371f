/// One field line (RFC 9112 5), and lists within values (RFC 9110 5.6.1).
enum FieldLine {
    /// Name and trimmed value of a line without its line end.
    static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPParseError) -> FieldSlice {
        let first = bytes[line.lowerBound]
        if first == ASCII.space || first == ASCII.tab {
            throw .init(.badRequest, "a field line starts with white space")
        }
        let token = ByteClass.token
        var colon = line.lowerBound
        while colon < line.upperBound, token.contains(bytes[colon]) { colon += 1 }
        guard colon < line.upperBound, bytes[colon] == 0x3A, colon > line.lowerBound else {
            throw .init(.badRequest, "a field name is not a token followed by a colon")
        }
        var start = colon + 1
        while start < line.upperBound, isWhiteSpace(bytes[start]) { start += 1 }
        var end = line.upperBound
        while end > start, isWhiteSpace(bytes[end - 1]) { end -= 1 }
        guard ByteClass.fieldValue.holdsAll(bytes, start..<end) else {
            throw .init(.badRequest, "a field value has a control character")
        }
        return FieldSlice(
            nameStart: UInt32(line.lowerBound), nameEnd: UInt32(colon), valueStart: UInt32(start),
            valueEnd: UInt32(end))
    }

    /// Calls `body` with each comma-separated element, white space trimmed; empty elements too.
    static func forEachListElement(_ bytes: Span<UInt8>, _ value: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = value.lowerBound
        while true {
            var comma = start
            while comma < value.upperBound, bytes[comma] != 0x2C { comma += 1 }
            var from = start
            var end = comma
            while from < end, isWhiteSpace(bytes[from]) { from += 1 }
            while end > from, isWhiteSpace(bytes[end - 1]) { end -= 1 }
            body(from..<end)
            if comma >= value.upperBound { return }
            start = comma + 1
        }
    }

    @inline(__always)
    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
}

/// What the Transfer-Encoding lines of a request say (RFC 9112 6.1). Only `chunked`, once, is understood.
struct TransferCodings: Sendable {
    private(set) var isPresent = false
    private var chunked = 0
    private var others = 0
    private var endsInChunked = false
    private var isMalformed = false

    mutating func add(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        isPresent = true
        FieldLine.forEachListElement(bytes, value) { element in
            endsInChunked = ASCII.equals(bytes, element, lowercase: "chunked")
            if endsInChunked {
                chunked += 1
            } else if element.isEmpty || !ByteClass.token.holdsAll(bytes, element) {
                // RFC 9110 5.6.1 lets recipients skip empty elements; other parsers read "chunked," as
                // unknown, and a request that can be read in two ways is refused.
                isMalformed = true
            } else {
                others += 1
            }
        }
    }

    func check() throws(HTTPParseError) {
        guard !isMalformed, chunked < 2 else {
            throw .init(.badRequest, "Transfer-Encoding is malformed")
        }
        guard chunked == 0 || endsInChunked else {
            throw .init(.badRequest, "chunked is not the last transfer coding")
        }
        guard others == 0 else {
            throw .init(.notImplemented, "chunked is the only transfer coding understood here")
        }
    }
}
