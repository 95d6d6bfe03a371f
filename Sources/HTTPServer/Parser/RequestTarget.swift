/// A request target taken apart (RFC 9112 3.2), as ranges of the head.
struct RequestTarget {
    var form: HTTPTargetForm
    var path: Range<Int>
    var query: Range<Int>?

    /// Checks `bytes[range]` against the forms that the method allows.
    static func parse(
        _ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPMethod
    ) throws(HTTPParseError) -> RequestTarget {
        guard let first = range.first else { throw .init(.badRequest, "the request target is empty") }
        if method == .connect { return try authority(bytes, range) }
        switch bytes[first] {
        case 0x2F: return try pathAndQuery(bytes, range, form: .origin)
        case 0x2A where range.count == 1:
            guard method == .options else {
                throw .init(.badRequest, "the target * is for OPTIONS only")
            }
            return RequestTarget(form: .asterisk, path: range.upperBound..<range.upperBound, query: nil)
        default: return try absolute(bytes, range)
        }
    }

    /// CONNECT's `host:port`; both are required (RFC 9110 9.3.6).
    private static func authority(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) throws(HTTPParseError) -> RequestTarget {
        guard let parts = AuthoritySyntax.parse(bytes, range), !parts.hostIsEmpty, parts.hasPort else {
            throw .init(.badRequest, "CONNECT needs host:port as its target")
        }
        return RequestTarget(form: .authority, path: range.upperBound..<range.upperBound, query: nil)
    }

    /// `scheme "://" authority path-abempty [ "?" query ]`. Schemes other than http and https aren't served
    /// here (RFC 9110 7.4).
    private static func absolute(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) throws(HTTPParseError) -> RequestTarget {
        let refusal = HTTPParseError(.badRequest, "the request target has none of the four forms of RFC 9112")
        guard let colon = bytes.firstIndex(of: 0x3A, from: range.lowerBound), colon + 2 < range.upperBound,
            bytes[colon + 1] == 0x2F, bytes[colon + 2] == 0x2F, ASCII.isLetter(bytes[range.lowerBound]),
            ByteClass.scheme.holdsAll(bytes, range.lowerBound..<colon)
        else { throw refusal }
        let start = colon + 3
        var end = start
        while end < range.upperBound, bytes[end] != 0x2F, bytes[end] != 0x3F, bytes[end] != 0x23 { end += 1 }
        guard let parts = AuthoritySyntax.parse(bytes, start..<end), !parts.hostIsEmpty else {
            throw .init(.badRequest, "the request target's authority is not valid")
        }
        let target = try pathAndQuery(bytes, end..<range.upperBound, form: .absolute)
        let scheme = range.lowerBound..<colon
        guard
            ASCII.equals(bytes, scheme, lowercase: "http") || ASCII.equals(bytes, scheme, lowercase: "https")
        else { throw .init(.misdirectedRequest, "the request target's scheme is not served here") }
        return target
    }

    private static func pathAndQuery(
        _ bytes: Span<UInt8>, _ range: Range<Int>, form: HTTPTargetForm
    ) throws(HTTPParseError) -> RequestTarget {
        var mark = range.lowerBound
        while mark < range.upperBound, bytes[mark] != 0x3F { mark += 1 }
        try check(bytes, range.lowerBound..<mark, .path)
        guard mark < range.upperBound else { return RequestTarget(form: form, path: range, query: nil) }
        let query = mark + 1..<range.upperBound
        try check(bytes, query, .query)
        return RequestTarget(form: form, path: range.lowerBound..<mark, query: query)
    }

    private static func check(
        _ bytes: Span<UInt8>, _ range: Range<Int>, _ legal: ByteClass
    ) throws(HTTPParseError) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if legal.contains(byte) {
                index += 1
            } else if byte == 0x25 {
                guard index + 2 < range.upperBound, ASCII.hexValue(bytes[index + 1]) != nil,
                    ASCII.hexValue(bytes[index + 2]) != nil
                else { throw .init(.badRequest, HTTPTargetError.invalidEscape.description) }
                index += 3
            } else if byte == 0x23 {
                throw .init(.badRequest, "the request target has a fragment")
            } else {
                throw .init(.badRequest, "the request target has a character that must be percent-encoded")
            }
        }
    }
}
