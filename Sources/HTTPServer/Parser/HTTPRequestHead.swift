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
public struct HTTPRequestHead: Sendable {
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

    /// The request target as sent.
    public var target: String { fields.bytes.span.string(targetRange) }

    /// The path as sent; "/" where an absolute-form target has none, empty for the other two forms.
    public var path: String {
        if pathRange.isEmpty { return targetForm == .absolute ? "/" : "" }
        return fields.bytes.span.string(pathRange)
    }

    /// What follows "?", as sent; nil without one.
    public var query: String? { queryRange.map { fields.bytes.span.string($0) } }

    var clientRequestID: String? { requestIDRange.map { fields.bytes.span.string($0) } }

    func pathSegments() throws(HTTPTargetError) -> [String] {
        guard pathRange.count > 1 else { return [""] }
        var segments: [String] = []
        segments.reserveCapacity(8)
        var start = pathRange.lowerBound + 1
        while true {
            var end = fields.bytes.span.firstIndex(of: 0x2F, from: start) ?? pathRange.upperBound
            end = min(end, pathRange.upperBound)
            segments.append(try PercentDecoding.decode(fields.bytes.span, start..<end))
            if end == pathRange.upperBound { return segments }
            start = end + 1
        }
    }
}
