import Synchronization

/// Tells those who wait for a session that something about it has changed and is stored.
///
/// A watch is woken once; whoever still waits after looking watches again. To miss nothing: watch first, then look.
public final class SessionSignals: Sendable {
    /// Names a watch, to end it.
    public struct Watch: Sendable, Hashable {
        fileprivate let session: String
        fileprivate let number: UInt64
    }

    private struct State {
        var next: UInt64 = 0
        var watches: [String: [UInt64: @Sendable () -> Void]] = [:]
    }
    private let state = Mutex(State())

    /// Nobody waits.
    public init() {}

    /// Calls `wake` once, on any thread, after the next change of a session.
    public func watch(_ session: String, wake: @escaping @Sendable () -> Void) -> Watch {
        state.withLock { state in
            state.next += 1
            state.watches[session, default: [:]][state.next] = wake
            return Watch(session: session, number: state.next)
        }
    }

    /// Ends a watch that was not woken; a second time is no error.
    public func end(_ watch: Watch) {
        state.withLock { state in
            state.watches[watch.session]?[watch.number] = nil
            if state.watches[watch.session]?.isEmpty == true { state.watches[watch.session] = nil }
        }
    }

    /// Wakes all who watch a session.
    public func signal(_ session: String) {
        let woken = state.withLock { $0.watches.removeValue(forKey: session) ?? [:] }
        for wake in woken.values { wake() }
    }

    /// Wakes everybody: the service stops.
    public func signalAll() {
        let woken = state.withLock { state in
            defer { state.watches = [:] }
            return state.watches
        }
        for wake in woken.values.flatMap(\.values) { wake() }
    }

    /// How many watches there are.
    public var count: Int {
        state.withLock { $0.watches.values.reduce(0) { $0 + $1.count } }
    }
}
