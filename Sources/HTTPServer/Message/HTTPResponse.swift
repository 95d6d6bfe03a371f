/// A whole response. The server adds Date, X-Request-Id, Content-Length and, where due, Connection;
/// it leaves out the body for HEAD (the length stays) and for 204 and 304 (neither body nor length).
public struct HTTPResponse: Sendable {
    /// The status.
    public var status: HTTPStatus
    /// Field lines besides those that the server adds.
    public var headers: HTTPHeaders
    /// The content, any length. 32 KiB and more is sent without being copied.
    public var body: [UInt8]
    /// Whether the connection ends after this response.
    public var closesConnection = false

    /// A response of these parts.
    public init(_ status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// `application/json` of encoded bytes.
    public static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(status, headers: ["Content-Type": "application/json"], body: bytes)
    }

    /// `text/plain` in UTF-8.
    public static func text(_ text: String, status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    /// 204, or another status with nothing in the body.
    public static func empty(_ status: HTTPStatus = .noContent) -> HTTPResponse {
        HTTPResponse(status)
    }

    /// `application/problem+json` (RFC 9457) with the problem's status.
    public static func problem(_ problem: Problem) -> HTTPResponse {
        HTTPResponse(
            problem.status, headers: ["Content-Type": "application/problem+json"], body: problem.bytes)
    }
}
