import Synchronization

/// An HTTP client for many concurrent requests: libcurl's multi interface on one thread.
///
/// Connections are kept and reused. Certificates are always verified. Redirects are not followed, so that a header
/// with a token never goes where the caller did not send it. A proxy named in the environment (`http_proxy`,
/// `https_proxy`, `no_proxy`) is used, except for loopback addresses.
public final class HTTPClient: Sendable {
    /// What holds for all requests of a client.
    public struct Configuration: Sendable {
        /// A PEM file of the certification authorities to trust, in place of the system's.
        public var authorityFile: String?
        /// The most connections at a time; further requests wait for one.
        public var maximumConnections: Int
        /// The `User-Agent` of requests that set none.
        public var userAgent: String

        /// A configuration; the defaults trust the system's authorities.
        public init(
            authorityFile: String? = nil, maximumConnections: Int = 128, userAgent: String = "dataenvgym"
        ) {
            self.authorityFile = authorityFile
            self.maximumConnections = maximumConnections
            self.userAgent = userAgent
        }
    }

    private let loop: CurlLoop
    private let nextID = Atomic<UInt64>(1)

    /// Starts a client and its thread.
    /// - Throws: `HTTPClientError.failed` when the thread or libcurl cannot be started.
    public init(configuration: Configuration = Configuration()) throws(HTTPClientError) {
        loop = try CurlLoop(configuration: configuration)
    }

    deinit {
        loop.close()
    }

    /// Sends a request and waits for the whole response.
    ///
    /// Cancelling the task abandons the exchange at once. When a kept connection turns out to be closed before a
    /// byte of the response came, libcurl repeats the request once on a new one: requests that must not be carried
    /// out twice need an idempotency key.
    /// - Throws: `HTTPClientError`; a response with an error status is none.
    public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        let id = nextID.add(1, ordering: .relaxed).oldValue
        let loop = loop
        defer { loop.forget(id) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.submit(CurlLoop.Submission(id: id, request: request, continuation: continuation))
            }
        } onCancel: {
            loop.cancel(id)
        }
        return try result.get()
    }

    /// Abandons all requests under way with `HTTPClientError.closed`, refuses later ones, and waits for the thread
    /// to end. Closing twice does nothing.
    public func close() {
        loop.close()
    }
}
