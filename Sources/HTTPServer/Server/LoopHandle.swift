import CLinux
import Glibc
import Synchronization

/// Names one exchange of one loop: a token is used once in a loop's life, so that a slot that has gone to
/// another request or connection is never taken for the old one.
struct ExchangeKey: Sendable, Hashable {
    let slot: Int
    let token: UInt64
}

/// What other threads (and handlers) ask of a loop.
enum LoopCommand: Sendable {
    case respond(ExchangeKey, HTTPResponse)
    case park(ExchangeKey, deadline: UInt64, onTimeout: @Sendable () -> HTTPResponse?)
    case onClose(ExchangeKey, @Sendable () -> Void)
    case startStream(HTTPResponseStream, HTTPResponse)
    case write(HTTPResponseStream, [UInt8])
    case finish(HTTPResponseStream)
    case abort(HTTPResponseStream)
    /// Finish what is in flight, until the deadline.
    case drain(deadline: UInt64)

    /// Does what is left of the command when the loop is gone: those who wait or write are told.
    func discard() {
        switch self {
        case .onClose(_, let closure): closure()
        case .startStream(let stream, _), .write(let stream, _): stream.close()
        case .respond, .park, .finish, .abort, .drain: break
        }
    }
}

/// What the loop's thread shares with the rest of the process: its inbox, the state of its exchanges,
/// counters.
final class LoopHandle: Sendable {
    let counters = LoopCounters()
    let exchanges: ExchangeTable
    private let wakeFD: Int32
    private let thread = Atomic<UInt>(0)
    private let inbox = Mutex(Inbox())

    private struct Inbox {
        var commands: [LoopCommand] = []
        var isWaking = false
        var hasEnded = false
    }

    init(slots: Int) throws(HTTPServerError) {
        wakeFD = clinux_eventfd()
        guard wakeFD >= 0 else { throw .noResources(reason: SystemError.current.description) }
        exchanges = ExchangeTable(slots: slots)
    }

    /// Not before the last exchange that may still post: the descriptor's number must not go to someone else.
    deinit { close(wakeFD) }

    var wakeDescriptor: Int32 { wakeFD }

    /// Called by the loop's thread, once.
    func claimThread() { thread.store(UInt(pthread_self()), ordering: .relaxed) }

    private enum Posted { case queued, mustWake, ended }

    /// Queues a command and wakes the loop, with one write(2) for as many commands as gather before it looks.
    func post(_ command: LoopCommand) {
        // On its own thread the loop looks at the inbox before it sleeps.
        let isOwnThread = thread.load(ordering: .relaxed) == UInt(pthread_self())
        let posted = inbox.withLock { inbox -> Posted in
            if inbox.hasEnded { return .ended }
            inbox.commands.append(command)
            guard !isOwnThread, !inbox.isWaking else { return .queued }
            inbox.isWaking = true
            return .mustWake
        }
        switch posted {
        case .queued: break
        case .ended: command.discard()
        case .mustWake:
            var one: UInt64 = 1
            // EAGAIN would mean that the counter is full, and then the loop is about to wake anyway.
            _ = write(wakeFD, &one, 8)
        }
    }

    /// Called by the loop's thread as the last thing: what is in the inbox, or still comes, finds nobody.
    func end() {
        let rest = inbox.withLock { inbox in
            inbox.hasEnded = true
            var commands: [LoopCommand] = []
            swap(&commands, &inbox.commands)
            return commands
        }
        for command in rest { command.discard() }
    }

    /// Takes all commands; called by the loop's thread.
    func takeCommands() -> [LoopCommand] {
        inbox.withLock { inbox in
            var commands: [LoopCommand] = []
            swap(&commands, &inbox.commands)
            inbox.isWaking = false
            return commands
        }
    }

    /// Whether there are commands to take.
    var hasCommands: Bool { inbox.withLock { !$0.commands.isEmpty } }

    /// Empties the eventfd's counter.
    func clearWake() {
        var count: UInt64 = 0
        _ = read(wakeFD, &count, 8)
    }
}

/// For each slot of a loop the exchange that may still be answered: 0 for none, the token for one that
/// waits, the token plus one (tokens are even) for one that streams. Whoever swaps a word away from the
/// token has won the right to answer, from whatever thread, without allocating anything for requests that
/// are answered inline.
///
/// Unchecked because of the pointer: the memory is allocated and initialised before the object is shared, its
/// extent never changes, it is freed with the last reference, and every access is an atomic operation.
final class ExchangeTable: @unchecked Sendable {
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let slots: Int

    init(slots: Int) {
        self.slots = slots
        words = .allocate(capacity: slots)
        for slot in 0..<slots { (words + slot).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: slots)
        words.deallocate()
    }

    func open(_ key: ExchangeKey) {
        precondition(key.slot < slots)
        words[key.slot].store(key.token, ordering: .releasing)
    }

    /// Whether nobody has answered yet and the client is there.
    func isWaiting(_ key: ExchangeKey) -> Bool {
        precondition(key.slot < slots)
        return words[key.slot].load(ordering: .acquiring) == key.token
    }

    func isStreaming(_ key: ExchangeKey) -> Bool {
        precondition(key.slot < slots)
        return words[key.slot].load(ordering: .acquiring) == key.token | 1
    }

    /// Wins the right to answer; false for all but the first.
    func win(_ key: ExchangeKey) -> Bool { swap(key, key.token, 0) }

    /// Wins the right to stream.
    func winStream(_ key: ExchangeKey) -> Bool { swap(key, key.token, key.token | 1) }

    /// Ends the exchange, whatever state it is in.
    func end(_ key: ExchangeKey) {
        if !win(key) { _ = swap(key, key.token | 1, 0) }
    }

    private func swap(_ key: ExchangeKey, _ old: UInt64, _ new: UInt64) -> Bool {
        precondition(key.slot < slots)
        return words[key.slot].compareExchange(
            expected: old, desired: new, ordering: .acquiringAndReleasing
        ).exchanged
    }
}
