/// Why there is no response. Texts name hosts and ports, never header values, bodies or whole URLs.
public enum HTTPClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The request cannot be sent as it is: bad URL, method, header or limit. Nothing was sent.
    case invalidRequest(String)
    /// The host has no address, or nobody answers there. Nothing was sent.
    case unreachable(String)
    /// The certificate cannot be verified, or TLS could not be agreed on. Nothing was sent.
    case secureConnectionFailed(String)
    /// The connection broke, or the peer does not speak HTTP. The request may have been carried out.
    case connectionLost(String)
    /// The time was over, in connecting or later. The request may have been carried out.
    case timedOut(String)
    /// The response is larger than the request allows.
    case responseTooLarge(limit: Int)
    /// The task was cancelled. The request may have been carried out.
    case cancelled
    /// The client is closed.
    case closed
    /// Anything else that libcurl reports.
    case failed(String)

    /// What happened, in words.
    public var description: String {
        switch self {
        case .invalidRequest(let why): "the request cannot be sent: \(why)"
        case .unreachable(let why): "the host cannot be reached: \(why)"
        case .secureConnectionFailed(let why): "no secure connection: \(why)"
        case .connectionLost(let why): "the connection was lost: \(why)"
        case .timedOut(let why): "the time was over: \(why)"
        case .responseTooLarge(let limit): "the response is larger than \(limit) bytes"
        case .cancelled: "the request was cancelled"
        case .closed: "the client is closed"
        case .failed(let why): "the request failed: \(why)"
        }
    }

    /// Whether it is certain that the server saw nothing of the request, so that repeating it does nothing twice.
    public var nothingWasSent: Bool {
        switch self {
        case .invalidRequest, .unreachable, .secureConnectionFailed: true
        default: false
        }
    }
}
