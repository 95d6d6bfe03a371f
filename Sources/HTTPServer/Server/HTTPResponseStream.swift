import Synchronization

/// The content of a streamed response. May be used from any thread; writes of one thread keep their order.
///
/// What the client has not taken yet is buffered. A writer has to stop when more than ``highWaterMark``
/// bytes are, and to go on when ``onDrain(_:)`` says so; one that doesn't loses the connection at
/// `HTTPLimits.streamOverflowBytes`.
public final class HTTPResponseStream: Sendable {
    /// What became of a write.
    public enum WriteResult: Sendable, Equatable {
        /// Taken; so many bytes are buffered now.
        case accepted(bufferedBytes: Int)
        /// The client has gone, or the stream was finished.
        case closed
    }

    /// Buffered bytes beyond which the writer should wait.
    public let highWaterMark: Int
    let key: ExchangeKey
    private let loop: LoopHandle
    private let overflow: Int
    /// Bytes on their way to the loop, and bytes that the loop has not got rid of.
    private let posted = Atomic<Int>(0)
    private let unsent = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)
    /// Whether the writer has been told to wait and not yet to go on.
    private let isWaiting = Atomic<Bool>(false)
    private let drained = Mutex<(@Sendable () -> Void)?>(nil)

    init(loop: LoopHandle, key: ExchangeKey, highWaterMark: Int, overflow: Int) {
        self.loop = loop
        self.key = key
        self.highWaterMark = highWaterMark
        self.overflow = overflow
    }

    /// Bytes written and not yet taken by the client's side of the network.
    public var bufferedBytes: Int {
        posted.load(ordering: .acquiring) + unsent.load(ordering: .acquiring)
    }

    /// Queues content. Nothing is sent for an empty array.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> WriteResult {
        guard !isClosed.load(ordering: .acquiring) else { return .closed }
        guard !bytes.isEmpty else { return .accepted(bufferedBytes: bufferedBytes) }
        if bufferedBytes + bytes.count > overflow, bufferedBytes > 0 {
            abort()
            return .closed
        }
        posted.add(bytes.count, ordering: .acquiringAndReleasing)
        loop.post(.write(self, bytes))
        let buffered = bufferedBytes
        guard buffered > highWaterMark else { return .accepted(bufferedBytes: buffered) }
        isWaiting.store(true, ordering: .sequentiallyConsistent)
        // The loop may have sent it all before it could see the flag: then there is nothing to wait for.
        if bufferedBytes <= highWaterMark / 2, isWaiting.exchange(false, ordering: .sequentiallyConsistent) {
            return .accepted(bufferedBytes: bufferedBytes)
        }
        return .accepted(bufferedBytes: buffered)
    }

    /// Sets what is called, on the loop's thread, each time that a writer who was told to wait may go on
    /// (half of the high-water mark is free). Must not block.
    public func onDrain(_ closure: @escaping @Sendable () -> Void) {
        drained.withLock { $0 = closure }
    }

    /// Ends the content. Later calls do nothing.
    public func finish() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        loop.post(.finish(self))
    }

    /// Ends the connection without ending the content, so that the client sees that something is missing.
    public func abort() {
        if !isClosed.exchange(true, ordering: .acquiringAndReleasing) { loop.post(.abort(self)) }
    }

    // MARK: For the loop

    func arrived(_ count: Int) { posted.subtract(count, ordering: .acquiringAndReleasing) }

    func setUnsent(_ count: Int) {
        unsent.store(count, ordering: .sequentiallyConsistent)
        guard isWaiting.load(ordering: .sequentiallyConsistent), bufferedBytes <= highWaterMark / 2,
            isWaiting.exchange(false, ordering: .sequentiallyConsistent)
        else { return }
        drained.withLock { $0 }?()
    }

    func close() {
        isClosed.store(true, ordering: .releasing)
        drained.withLock { $0 = nil }
    }
}
