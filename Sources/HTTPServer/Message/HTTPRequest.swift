/// One whole request, as handlers see it. Immutable apart from what the router adds; cheap to copy.
public struct HTTPRequest: Sendable {
    /// Request line and field lines.
    public let head: HTTPRequestHead
    /// The content, chunked coding removed; empty when there is none.
    public let body: [UInt8]
    /// Who sent it.
    public let remoteAddress: HTTPSocketAddress
    /// Values of the route template's parameters, by name, decoded; filled in by ``Router``.
    public internal(set) var pathParameters = HTTPPathParameters()
    let id: RequestID

    init(head: HTTPRequestHead, body: [UInt8], remoteAddress: HTTPSocketAddress, id: RequestID) {
        self.head = head
        self.body = body
        self.remoteAddress = remoteAddress
        self.id = id
    }

    /// A request that didn't come from a socket, for testing handlers: `target` in origin-form, fields as
    /// given.
    /// - Throws: ``HTTPParseError`` where a real request of that text would be refused.
    public init(
        _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) throws(HTTPParseError) {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        let bytes = Array((text + "\r\n").utf8) + body
        var parser = HTTPRequestParser(limits: HTTPLimits())
        switch parser.consume(bytes.span).step {
        case .needMore: throw HTTPParseError(.badRequest, "the request is incomplete")
        case .failed(let error): throw error
        case .request(let head, let body):
            var ids = RequestIDGenerator()
            let id = head.clientRequestID.map { RequestID.client($0) } ?? ids.next(milliseconds: 0)
            self.init(head: head, body: body, remoteAddress: .unknown, id: id)
        }
    }

    /// The method.
    public var method: HTTPMethod { head.method }
    /// The request target as sent.
    public var target: String { head.target }
    /// The path as sent, percent escapes kept; "/" when an absolute-form target has none.
    public var path: String { head.path }
    /// Field lines.
    public var headers: HTTPFields { head.fields }
    /// Whether the request is of HTTP/1.0 (no chunked responses, no persistence unless asked for).
    public var isHTTP10: Bool { head.minorVersion == 0 }
    /// The client's X-Request-Id when it is 1...128 of [A-Za-z0-9._-], else a generated 26-character id.
    /// The response carries the same.
    public var requestID: String { id.text }

    /// The path's segments, decoded: `/a/b%20c` is `["a", "b c"]`, `/` is `[""]`, `/a/` is `["a", ""]`.
    /// Dot segments are segments like any other: nothing is normalised.
    /// - Throws: ``HTTPTargetError`` for an encoded NUL or text that isn't UTF-8; ``Router`` answers those
    ///   with 400.
    public func pathSegments() throws(HTTPTargetError) -> [String] {
        try head.pathSegments()
    }

    /// The query's items. Empty when it can't be decoded: ``Router`` has answered such a request with 400
    /// before any handler of it runs. Decoded at each call; keep the result.
    public var query: HTTPQuery {
        guard let text = head.query, let query = try? HTTPQuery(parsing: text) else { return HTTPQuery() }
        return query
    }

    /// A problem about this request: instance and request id are filled in.
    public func problem(
        _ status: HTTPStatus, type: String? = nil, title: String? = nil, detail: String? = nil,
        extensions: [(name: String, json: [UInt8])] = []
    ) -> HTTPResponse {
        .problem(
            Problem(
                status, type: type, title: title, detail: detail, instance: path, requestID: requestID,
                extensions: extensions))
    }
}

/// Values of a route template's parameters.
public struct HTTPPathParameters: Sendable {
    var pairs: [(name: String, value: String)] = []

    /// The decoded value of the parameter; nil when the route has none of that name.
    public subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }
}
