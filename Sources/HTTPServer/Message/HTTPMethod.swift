/// A request method (RFC 9110 9): the registered ones by name, any other token as it was sent. Case matters.
public enum HTTPMethod: Sendable, Hashable, CustomStringConvertible {
    /// Transfer a representation (RFC 9110 9.3.1).
    case get
    /// As GET, without the content (RFC 9110 9.3.2).
    case head
    /// Process the request's content (RFC 9110 9.3.3).
    case post
    /// Replace the resource (RFC 9110 9.3.4).
    case put
    /// Change part of the resource (RFC 5789).
    case patch
    /// Remove the resource (RFC 9110 9.3.5).
    case delete
    /// Ask for communication options (RFC 9110 9.3.7).
    case options
    /// Loop-back test (RFC 9110 9.3.8).
    case trace
    /// Ask for a tunnel (RFC 9110 9.3.6); this server answers it with 501 itself.
    case connect
    /// Any other token.
    case other(String)

    /// Names the method of a token; nil when `token` isn't an RFC 9110 token.
    public init?(_ token: String) {
        let bytes = Array(token.utf8)
        guard !bytes.isEmpty, ByteClass.token.holdsAll(bytes.span, 0..<bytes.count) else { return nil }
        self.init(token: bytes.span, 0..<bytes.count)
    }

    /// The range must hold a valid token.
    init(token bytes: Span<UInt8>, _ range: Range<Int>) {
        var word: UInt64 = 0
        if range.count <= 8 {
            for index in range { word = word << 8 | UInt64(bytes[index]) }
        }
        switch word {
        case 0x47_4554: self = .get
        case 0x4845_4144: self = .head
        case 0x504F_5354: self = .post
        case 0x50_5554: self = .put
        case 0x50_4154_4348: self = .patch
        case 0x4445_4C45_5445: self = .delete
        case 0x4F_5054_494F_4E53: self = .options
        case 0x54_5241_4345: self = .trace
        case 0x43_4F4E_4E45_4354: self = .connect
        default: self = .other(bytes.string(range))
        }
    }

    /// The token as sent on the wire.
    public var description: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other(let token): token
        }
    }
}
