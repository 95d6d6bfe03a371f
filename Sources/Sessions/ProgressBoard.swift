import Gym
import Synchronization

/// How far the iterations in flight have come. Kept in memory only: it is about now.
public final class ProgressBoard: Sendable {
    /// How far one iteration has come.
    public struct Entry: Sendable, Equatable {
        /// The phase at work.
        public let phase: IterationPhase
        /// Its steps, if it counts any.
        public let step: StepProgress?
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// An empty board.
    public init() {}

    /// How far a session's iteration in flight has come, or `nil` if no phase is at work.
    public func entry(_ session: String) -> Entry? {
        entries.withLock { $0[session] }
    }

    func set(_ session: String, phase: IterationPhase, step: StepProgress? = nil) {
        entries.withLock { $0[session] = Entry(phase: phase, step: step) }
    }

    func clear(_ session: String) {
        entries.withLock { $0[session] = nil }
    }
}
