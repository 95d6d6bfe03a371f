/// One client connection. Belongs to its loop's thread.
///
/// Its variables do without the run-time exclusivity check, which would be a fifth of the work on a small
/// request: only the loop's thread touches them, and none is accessed within an access to itself (handlers
/// and other closures that the loop calls never see a connection).
final class Connection {
    enum Phase {
        /// Requests are read and answered.
        case reading
        /// A handler kept the exchange; nothing more is read until it is answered.
        case handling
        /// The answer is a stream that isn't finished.
        case streaming
        /// The last response is queued; when it is sent, the server's side is closed.
        case finishing
        /// The server's side is closed; what the client still sends is dropped, so that it gets no reset.
        case lingering
        case closed
    }

    let fd: Int32
    let slot: Int
    let generation: UInt32
    let remoteAddress: HTTPSocketAddress
    @exclusivity(unchecked) var parser: HTTPRequestParser
    /// Input that has been read and not yet taken in: the start of a head, or requests that have to wait.
    @exclusivity(unchecked) var pending: [UInt8] = []
    /// Whether `pending` has something that the parser has not been shown.
    @exclusivity(unchecked) var hasUnparsed = false
    @exclusivity(unchecked) var output = OutputQueue()
    @exclusivity(unchecked) var phase = Phase.reading
    @exclusivity(unchecked) var exchange: ActiveExchange?
    /// What epoll watches for.
    @exclusivity(unchecked) var interest: Readiness = [.input, .peerClosed]
    @exclusivity(unchecked) var hasBeenUsed = false
    /// Whether the client was seen to have closed its sending side while it waits for an answer.
    @exclusivity(unchecked) var peerHasClosed = false
    /// Whether the loop has it on its list of connections to flush.
    @exclusivity(unchecked) var isDirty = false
    @exclusivity(unchecked) var lingeredBytes = 0
    /// Counts steps forward; a timeout starts afresh only when there has been one since it was set.
    @exclusivity(unchecked) var progress: UInt32 = 0
    @exclusivity(unchecked) var timedProgress: UInt32 = 0
    /// Bytes moved since the last step forward, for timeouts that want a minimum rate.
    @exclusivity(unchecked) private var movedBytes = 0
    /// What this connection counts for in the loop's sum of input being received.
    @exclusivity(unchecked) var countedInput = 0

    init(fd: Int32, slot: Int, generation: UInt32, remoteAddress: HTTPSocketAddress, limits: HTTPLimits) {
        self.fd = fd
        self.slot = slot
        self.generation = generation
        self.remoteAddress = remoteAddress
        parser = HTTPRequestParser(limits: limits)
    }

    /// Slot and generation for epoll, so that an event for a descriptor's former owner is recognised.
    var datum: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(truncatingIfNeeded: slot)) }

    /// Notes moved body or output bytes; every 64 KiB is a step forward.
    func moved(_ bytes: Int) {
        movedBytes += bytes
        guard movedBytes >= 64 << 10 else { return }
        step()
    }

    func step() {
        movedBytes = 0
        progress &+= 1
    }

    /// Nothing received of a next request, nothing to send.
    var isIdle: Bool {
        phase == .reading && pending.isEmpty && output.isEmpty && !parser.isInHead && !parser.isInBody
    }
}

/// The request of a connection that is being answered.
struct ActiveExchange {
    let key: ExchangeKey
    let id: RequestID
    let isHead: Bool
    let isHTTP10: Bool
    let keepsAlive: Bool
    /// Monotonic nanoseconds; 0 without an observer.
    let started: UInt64
    /// Kept only for an observer.
    let request: HTTPRequest?
    var park: (deadline: UInt64, onTimeout: @Sendable () -> HTTPResponse?)?
    var onClose: [@Sendable () -> Void] = []
    var stream: HTTPResponseStream?
    var streamStatus = HTTPStatus.ok
    var streamBytes = 0
    var isChunked = false
    var closesAfterStream = false
}
