/// Where an iteration stands.
public enum IterationPhase: String, Sendable, CaseIterable {
    /// Waiting for a training slot.
    case queued
    /// The teacher turns the plan into data.
    case generating
    /// The data are checked.
    case checking
    /// The student learns.
    case training
    /// The student is evaluated.
    case evaluating
    /// Done: its feedback is complete.
    case succeeded
    /// Given up; the student and the budget are as before it.
    case failed
    /// Stopped with its session.
    case cancelled

    /// Whether nothing more happens in the iteration.
    public var isOver: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .queued, .generating, .checking, .training, .evaluating: false
        }
    }
}
