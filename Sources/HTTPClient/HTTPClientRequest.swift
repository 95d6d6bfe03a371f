/// Header fields in order; names are compared without regard to case (RFC 9110, section 5.1).
public struct HTTPClientHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// The fields in order, repeated ones too.
    public private(set) var fields: [(name: String, value: String)] = []

    /// No fields.
    public init() {}

    /// Fields from a literal, in its order; repeated names stay repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { ($0.0, $0.1) }
    }

    /// The value of the first field of that name.
    public func first(_ name: String) -> String? {
        fields.first { Self.isSame($0.name, name) }?.value
    }

    /// The values of all fields of that name, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// Adds a field at the end.
    public mutating func add(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

/// One request. It is checked when it is sent: a bad URL, method or header is an error, never a different request.
public struct HTTPClientRequest: Sendable {
    /// The method, such as `GET`; any token of RFC 9110.
    public var method: String
    /// The absolute URL, `http` or `https`, without user and password (those belong into a header).
    public var url: String
    /// Header fields. `Host` and `Content-Length` are set by the client.
    public var headers: HTTPClientHeaders
    /// The body; `nil` for none, which an empty one is not.
    public var body: [UInt8]?
    /// The longest that the whole exchange may take, waiting for a connection included.
    public var timeout: Duration
    /// The longest that connecting may take, name resolution and TLS handshake included.
    public var connectTimeout: Duration
    /// The largest response body in bytes, counted after decompression; more is an error.
    public var maximumResponseBytes: Int

    /// A request.
    /// - Parameters:
    ///   - method: any token; `GET` unless said otherwise.
    ///   - url: absolute, `http` or `https`.
    ///   - headers: header fields.
    ///   - body: the body, if there is one.
    ///   - timeout: for the whole exchange; at least a millisecond.
    ///   - connectTimeout: for connecting; at least a millisecond.
    ///   - maximumResponseBytes: the largest response body to accept.
    public init(
        method: String = "GET", url: String, headers: HTTPClientHeaders = [:], body: [UInt8]? = nil,
        timeout: Duration = .seconds(60), connectTimeout: Duration = .seconds(10),
        maximumResponseBytes: Int = 64 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maximumResponseBytes = maximumResponseBytes
    }
}

/// A complete response, whatever its status: 404 and 500 are answers, not errors.
public struct HTTPClientResponse: Sendable {
    /// The status code, 200 to 599.
    public var status: Int
    /// The header fields of the final response (not of interim ones).
    public var headers: HTTPClientHeaders
    /// The body, decompressed.
    public var body: [UInt8]

    /// A response from its parts.
    public init(status: Int, headers: HTTPClientHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
