/// A request head in the making: what the lines read so far have said. Offsets count from the head's first
/// octet.
struct HeadDraft: Sendable {
    private var method = HTTPMethod.get
    private var minorVersion = 1
    private var targetRange = 0..<0
    private var target = RequestTarget(form: .origin, path: 0..<0, query: nil)
    private var slices: [FieldSlice] = []
    private var hostLines = 0
    private var contentLength: Int?
    private var codings = TransferCodings()
    private var saysClose = false
    private var saysKeepAlive = false
    private var expectsContinue = false
    private var hasOtherExpectation = false
    private var requestID: Range<Int>?

    // MARK: Request line (RFC 9112 3)

    mutating func readRequestLine(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPParseError) {
        let malformed = HTTPParseError(.badRequest, "the request line is not method, target and version")
        guard let first = bytes.firstIndex(of: ASCII.space, from: line.lowerBound), first < line.upperBound
        else { throw malformed }
        let name = line.lowerBound..<first
        guard !name.isEmpty, ByteClass.token.holdsAll(bytes, name) else {
            throw .init(.badRequest, "the method is not a token")
        }
        guard let second = bytes.firstIndex(of: ASCII.space, from: first + 1), second < line.upperBound else {
            throw malformed
        }
        try readVersion(bytes, second + 1..<line.upperBound)
        method = HTTPMethod(token: bytes, name)
        targetRange = first + 1..<second
        target = try RequestTarget.parse(bytes, targetRange, method: method)
    }

    /// `HTTP/` DIGIT `.` DIGIT. Minor versions above 1 count as 1 (RFC 9110 2.5).
    private mutating func readVersion(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HTTPParseError) {
        let start = range.lowerBound
        guard range.count == 8, bytes[start] == 0x48, bytes[start + 1] == 0x54, bytes[start + 2] == 0x54,
            bytes[start + 3] == 0x50, bytes[start + 4] == 0x2F, ASCII.isDigit(bytes[start + 5]),
            bytes[start + 6] == 0x2E, ASCII.isDigit(bytes[start + 7])
        else { throw .init(.badRequest, "the HTTP version is malformed") }
        guard bytes[start + 5] == 0x31 else {
            throw .init(.versionNotSupported, "only HTTP/1.0 and HTTP/1.1 are spoken here")
        }
        minorVersion = bytes[start + 7] == 0x30 ? 0 : 1
    }

    // MARK: Field lines (RFC 9112 5)

    var fieldCount: Int { slices.count }

    mutating func readField(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPParseError) {
        let slice = try FieldLine.parse(bytes, line)
        if slices.isEmpty { slices.reserveCapacity(8) }
        slices.append(slice)
        let name = slice.name
        let value = slice.value
        switch name.count {
        case 4 where ASCII.equals(bytes, name, lowercase: "host"): try readHost(bytes, value)
        case 6 where ASCII.equals(bytes, name, lowercase: "expect"): readExpect(bytes, value)
        case 10 where ASCII.equals(bytes, name, lowercase: "connection"): readConnection(bytes, value)
        case 12 where ASCII.equals(bytes, name, lowercase: "x-request-id"):
            if (1...128).contains(value.count), ByteClass.requestID.holdsAll(bytes, value) {
                requestID = value
            }
        case 14 where ASCII.equals(bytes, name, lowercase: "content-length"): try readLength(bytes, value)
        case 17 where ASCII.equals(bytes, name, lowercase: "transfer-encoding"): codings.add(bytes, value)
        default: break
        }
    }

    private mutating func readHost(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(HTTPParseError) {
        hostLines += 1
        guard hostLines == 1 else { throw .init(.badRequest, "there is more than one Host field") }
        guard AuthoritySyntax.parse(bytes, value) != nil else {
            throw .init(.badRequest, "the Host field is not a valid host and port")
        }
    }

    private mutating func readExpect(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        if ASCII.equals(bytes, value, lowercase: "100-continue") {
            expectsContinue = true
        } else {
            hasOtherExpectation = true
        }
    }

    private mutating func readConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        FieldLine.forEachListElement(bytes, value) { element in
            if ASCII.equals(bytes, element, lowercase: "close") { saysClose = true }
            if ASCII.equals(bytes, element, lowercase: "keep-alive") { saysKeepAlive = true }
        }
    }

    /// Exactly one line of 1*DIGIT: even equal repetitions are refused (RFC 9110 8.6 allows that).
    private mutating func readLength(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(HTTPParseError) {
        guard contentLength == nil else {
            throw .init(.badRequest, "there is more than one Content-Length field")
        }
        guard !value.isEmpty else { throw .init(.badRequest, "Content-Length is not a number") }
        var length = 0
        for index in value {
            guard ASCII.isDigit(bytes[index]) else {
                throw .init(.badRequest, "Content-Length is not a number")
            }
            let (product, tooLarge) = length.multipliedReportingOverflow(by: 10)
            // Past Int.max it only matters that it is past every limit.
            length = tooLarge || product > Int.max - 9 ? Int.max / 16 : product + Int(bytes[index] - 0x30)
        }
        contentLength = length
    }

    // MARK: The whole head

    /// The head, once the empty line has come; `end` is the offset after the last field line.
    func finish(
        _ bytes: Span<UInt8>, end: Int, limits: HTTPLimits
    ) throws(HTTPParseError) -> HTTPRequestHead {
        if minorVersion > 0, hostLines == 0 { throw .init(.badRequest, "the Host field is missing") }
        let framing = try framing(limits)
        if minorVersion > 0, hasOtherExpectation {
            throw .init(.expectationFailed, "only the expectation 100-continue can be met")
        }
        return HTTPRequestHead(
            method: method, minorVersion: minorVersion, target: target, targetRange: targetRange,
            keepsAlive: !saysClose && (minorVersion > 0 || saysKeepAlive),
            expectsContinue: expectsContinue && minorVersion > 0, framing: framing, requestIDRange: requestID,
            fields: HTTPFields(bytes: bytes.array(0..<end), slices: slices))
    }

    /// RFC 9112 6.3, in its strictest reading.
    private func framing(_ limits: HTTPLimits) throws(HTTPParseError) -> BodyFraming {
        if codings.isPresent {
            guard minorVersion > 0 else {
                throw .init(.badRequest, "Transfer-Encoding does not exist in HTTP/1.0")
            }
            guard contentLength == nil else {
                throw .init(.badRequest, "Transfer-Encoding and Content-Length exclude each other")
            }
            try codings.check()
            return .chunked
        }
        guard let contentLength, contentLength > 0 else { return .none }
        guard contentLength <= limits.bodyBytes else {
            throw .init(.contentTooLarge, "the content is larger than \(limits.bodyBytes) bytes")
        }
        return .length(contentLength)
    }
}
