/// Why a request can't be read: the status to answer before the connection is closed, and what was wrong.
public struct HTTPParseError: Error, Sendable, Equatable {
    /// 400, 413, 414, 417, 421, 431, 501 or 505.
    public let status: HTTPStatus
    /// One sentence fragment for the client; never holds bytes of the request.
    public let reason: String

    init(_ status: HTTPStatus, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
