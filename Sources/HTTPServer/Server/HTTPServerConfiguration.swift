/// How a server is set up.
public struct HTTPServerConfiguration: Sendable {
    /// Addresses to listen on: IPv4, IPv6 (without brackets) or a name. "0.0.0.0" and "::" are every
    /// interface of the family.
    public var hosts = ["127.0.0.1"]
    /// The port, 0 for a free one (all hosts share it).
    public var port = 8080
    /// Event loops, each on its own thread; 0 for one for each processor.
    public var threads = 0
    /// Bounds and timeouts.
    public var limits = HTTPLimits()
    /// Called on the loop's thread after each response, for access logs and metrics. Must not block.
    public var observer: (@Sendable (HTTPObservation) -> Void)?
    /// Called once, on the thread that calls ``HTTPServer/shutdown(gracePeriod:)``, before parked exchanges
    /// are answered with what their timeout answers: the service can answer them better here, and finish
    /// its streams.
    public var onShutdown: (@Sendable () -> Void)?

    /// The defaults: loopback, port 8080.
    public init() {}
}

/// What a server tells its observer about one response.
public struct HTTPObservation: Sendable {
    /// The request; nil when it could not be read.
    public let request: HTTPRequest?
    /// The status sent.
    public let status: HTTPStatus
    /// The id in the response's X-Request-Id.
    public let requestID: String
    /// Who asked.
    public let remoteAddress: HTTPSocketAddress
    /// Bytes of the response's content, as far as it was handed over for sending.
    public let responseBytes: Int
    /// From the request being complete to the response being handed over (for a stream: finished), in
    /// seconds.
    public let seconds: Double
    /// Whether the client went away before a stream was finished.
    public let wasCutShort: Bool
}
