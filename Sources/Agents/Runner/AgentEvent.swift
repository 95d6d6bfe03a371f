/// What happens while an agent works, for whoever watches.
public enum AgentEvent: Sendable {
    /// The session is there, and iteration 0 under way.
    case started(SessionDescription)
    /// A running iteration has come so far. Comes about once a second.
    case progress(iteration: Int, IterationProgress)
    /// An iteration is over; a failed one too.
    case feedback(Feedback)
    /// The session is over.
    case finished(SessionReport)
}

/// Why a run ended before its session did.
public enum AgentRunError: Error, Sendable, CustomStringConvertible {
    /// A call of the API failed.
    case api(GymAPIError)
    /// Iteration 0 failed, or several iterations in a row did.
    case iterationFailed(iteration: Int, detail: String)
    /// Somebody else cancelled the session.
    case cancelled(session: String)

    /// What happened, in one line.
    public var description: String {
        switch self {
        case .api(let error): "\(error)"
        case .iterationFailed(let iteration, let detail): "iteration \(iteration) failed: \(detail)"
        case .cancelled(let session): "session \(session) was cancelled"
        }
    }
}
