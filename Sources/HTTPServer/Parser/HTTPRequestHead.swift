/// How a request's content is delimited (RFC 9112 6.3).
enum BodyFraming: Sendable, Equatable {
    case none
    case length(Int)
    case chunked
}

/// The shape of a request target (RFC 9112 3.2).
public enum HTTPTargetForm: Sendable {
    /// `/path?query`
    case origin
    /// `http://authority/path?query`
    case absolute
    /// `host:port`, for CONNECT only.
    case authority
    /// `*`, for OPTIONS only.
    case asterisk
}

/// Request line and field lines of a request that has been checked against RFC 9112.
/// Immutable, and a reference because it is handed from hand to hand on the way to the handler.
public final class HTTPRequestHead: Sendable {
    /// The method.
    public let method: HTTPMethod
    /// 0 for HTTP/1.0; 1 for HTTP/1.1 and every later minor version.
    public let minorVersion: Int
    /// The target's shape.
    public let targetForm: HTTPTargetForm
    /// Whether the client lets the connection stay open after the response (RFC 9112 9.3).
    public let keepsAlive: Bool
    /// Field lines.
    public let fields: HTTPFields

    let targetRange: Range<Int>
    let pathRange: Range<Int>
    let queryRange: Range<Int>?
    let requestIDRange: Range<Int>?
    let framing: BodyFraming
    let expectsContinue: Bool

    init(
        method: HTTPMethod, minorVersion: Int, target: RequestTarget, targetRange: Range<Int>,
        keepsAlive: Bool,
        expectsContinue: Bool, framing: BodyFraming, requestIDRange: Range<Int>?, fields: HTTPFields
    ) {
        self.method = method
        self.minorVersion = minorVersion
        self.targetRange = targetRange
        (targetForm, pathRange, queryRange) = (target.form, target.path, target.query)
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
        self.framing = framing
        self.requestIDRange = requestIDRange
        self.fields = fields
    }

    /// The request target as sent.
    public var target: String { fields.text(targetRange) }

    /// The path as sent; "/" where an absolute-form target has none, empty for the other two forms.
    public var path: String {
        if pathRange.isEmpty { return targetForm == .absolute ? "/" : "" }
        return fields.text(pathRange)
    }

    /// What follows "?", as sent; nil without one.
    public var query: String? { queryRange.map { fields.text($0) } }

    var clientRequestID: String? { requestIDRange.map { fields.text($0) } }

    func pathSegments() throws(HTTPTargetError) -> [String] {
        guard pathRange.count > 1 else { return [""] }
        let bytes = fields.bytes
        var segments: [String] = []
        segments.reserveCapacity(8)
        var start = pathRange.lowerBound + 1
        while true {
            var end = bytes.span.firstIndex(of: 0x2F, from: start) ?? pathRange.upperBound
            end = min(end, pathRange.upperBound)
            segments.append(try PercentDecoding.decode(bytes.span, start..<end))
            if end == pathRange.upperBound { return segments }
            start = end + 1
        }
    }
}
