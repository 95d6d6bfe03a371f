/// What of a session's configuration its state machine goes by.
public struct SessionRules: Sendable, Equatable {
    /// When the session ends.
    public let limits: SessionLimits
    /// When the student is trained and evaluated on test.
    public let schedule: Schedule

    /// Rules from their parts.
    public init(limits: SessionLimits, schedule: Schedule = Schedule()) {
        self.limits = limits
        self.schedule = schedule
    }
}

extension SessionConfiguration {
    /// What the session's state machine goes by.
    public var rules: SessionRules { SessionRules(limits: limits, schedule: schedule) }
}

/// What can happen to a session.
public enum SessionEvent: Sendable, Equatable {
    /// The agent acted, which asks for so many data: the next iteration is queued.
    case acted(requested: Int, needsTeacher: Bool)
    /// The teacher's model has used so many tokens.
    case spentTokens(Int)
    /// The teacher has made the plan's data.
    case generated
    /// The data are checked; so many were accepted. The iteration is complete if no training is due.
    case checked(accepted: Int)
    /// The student is trained.
    case trained
    /// The student is evaluated: its validation performance, 0 to 1.
    case evaluated(performance: Double)
    /// The iteration cannot be completed.
    case failed
    /// The owner stops the session.
    case cancelled
}

/// Why an event cannot happen.
public enum TransitionError: Error, Sendable, Equatable {
    /// An iteration is in flight.
    case busy(iteration: Int)
    /// The session takes no more actions.
    case over(SessionState.Status)
    /// The action brings no data.
    case empty
    /// The action brings more data than the session's limit leaves.
    case overLimit(requested: Int, remaining: Int)
    /// The session's limit of teacher tokens is reached; so many are spent.
    case tokensSpent(Int)
    /// A phase's result came out of turn: a fault of the program, not of a user.
    case impossible(event: String, in: SessionState)
}
