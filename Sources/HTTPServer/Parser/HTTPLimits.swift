/// Every bound that the server keeps, with what it answers when a client passes it. Sizes in bytes, times in
/// seconds. The defaults suit a public API of JSON bodies.
public struct HTTPLimits: Sendable {
    /// The request line without its line end: more is 414.
    public var requestLineBytes = 8 << 10
    /// All field lines of a request, line ends counted: more is 431. Trailers are bounded by it as well.
    public var headerBytes = 32 << 10
    /// Field lines of a request: more is 431.
    public var fieldCount = 100
    /// A request's content: more is 413, at once where Content-Length says so, before anything is read.
    public var bodyBytes = 32 << 20
    /// Chunk extensions of a request, all together (they carry nothing here): more is 400.
    public var chunkExtensionBytes = 128 << 10
    /// Input of incomplete requests held by one event loop, all connections together: more is 503.
    public var receivingBytes = 512 << 20

    /// Open connections of the whole server. At the bound the longest idle connection is closed for a new
    /// one; without an idle one, new ones wait in the kernel's queue.
    public var connections = 16_384
    /// Unsent response bytes of a connection beyond which no further pipelined request is read.
    public var pipelinedOutputBytes = 64 << 10
    /// Unsent bytes of a stream beyond which its writer is asked to wait.
    public var streamBufferBytes = 256 << 10
    /// Unsent bytes of a stream beyond which the connection is dropped: its writer did not wait.
    public var streamOverflowBytes = 8 << 20

    /// Time for a request's head, from its first byte (for a new connection, from its start): 408, or just
    /// a close if nothing has come.
    public var headerSeconds = 10.0
    /// Time for every 64 KiB of a body (or what is left of it): 408.
    public var bodySeconds = 30.0
    /// Time between two requests of a connection: close.
    public var idleSeconds = 75.0
    /// Time for the client to take every 64 KiB of output (or what is left of it): close.
    public var writeSeconds = 30.0
    /// Time for a handler that kept its exchange to answer, unless it parked it: 503.
    public var handlerSeconds = 120.0
    /// After the last response the server reads and drops what the client still sends, so that the client
    /// can read the response instead of a reset: for this long, at most.
    public var lingerSeconds = 10.0
    /// And at most this much.
    public var lingerBytes = 64 << 20

    /// The defaults.
    public init() {}
}
