/// Where a session stands: a pure state machine over `SessionEvent`s.
///
/// Whoever runs a session stores each event's outcome before it acts on it; after a crash the stored state says which
/// phase's result is missing, and the session goes on there.
public struct SessionState: Sendable, Equatable {
    /// What a session can do next.
    public enum Status: String, Sendable, CaseIterable {
        /// An iteration is in flight.
        case busy
        /// Waiting for an action.
        case ready
        /// A limit is reached; no more actions.
        case finished
        /// Stopped by its owner.
        case cancelled
        /// Iteration 0 failed, so that there is nothing to go on from.
        case failed
    }

    /// What the session can do next.
    public private(set) var status: Status
    /// The number of the latest iteration, in flight or not; 0 is the untrained student's evaluation.
    public private(set) var iteration: Int
    /// The latest iteration's phase.
    public private(set) var phase: IterationPhase
    /// The succeeded iterations, iteration 0 not counted.
    public private(set) var completedIterations: Int
    /// The accepted data of the succeeded iterations.
    public private(set) var trainingData: Int
    /// Validation performance after the latest succeeded iteration, 0 to 1.
    public private(set) var performance: Double?
    /// The accepted data of the iteration in flight, once they are checked.
    public private(set) var pendingData: Int

    /// A new session: iteration 0 is queued.
    public init() {
        self.init(
            status: .busy, iteration: 0, phase: .queued, completedIterations: 0, trainingData: 0,
            performance: nil, pendingData: 0)
    }

    /// A state from its stored parts.
    public init(
        status: Status, iteration: Int, phase: IterationPhase, completedIterations: Int, trainingData: Int,
        performance: Double?, pendingData: Int
    ) {
        self.status = status
        self.iteration = iteration
        self.phase = phase
        self.completedIterations = completedIterations
        self.trainingData = trainingData
        self.performance = performance
        self.pendingData = pendingData
    }

    /// How many more data the limits allow.
    public func remainingData(_ limits: SessionLimits) -> Int {
        max(0, limits.trainingData - trainingData)
    }

    /// The state after an event.
    ///
    /// - Returns: the new state, and for `.evaluated` the reward: the change of validation performance, `nil` in iteration 0.
    /// - Throws: `TransitionError` when the event cannot happen in this state; nothing is changed then.
    public func applying(
        _ event: SessionEvent, limits: SessionLimits
    ) throws(TransitionError) -> (state: SessionState, reward: Double?) {
        var next = self
        var reward: Double?
        switch event {
        case .acted(let action):
            try next.begin(action, limits: limits)
        case .generated:
            try next.advance(from: .generating, to: .checking)
        case .checked(let accepted):
            try next.advance(from: .checking, to: .training)
            next.pendingData = accepted
        case .trained:
            try next.advance(from: .training, to: .evaluating)
        case .evaluated(let performance):
            reward = try next.succeed(performance, limits: limits)
        case .failed:
            guard status == .busy else { throw .impossible(event: "failed", in: self) }
            next.phase = .failed
            next.pendingData = 0
            next.status = iteration == 0 ? .failed : .ready
        case .cancelled:
            guard status == .busy || status == .ready else { throw .over(status) }
            if status == .busy { next.phase = .cancelled }
            next.pendingData = 0
            next.status = .cancelled
        }
        return (next, reward)
    }

    private mutating func begin(_ action: Action, limits: SessionLimits) throws(TransitionError) {
        switch status {
        case .ready: break
        case .busy: throw .busy(iteration: iteration)
        case .finished, .cancelled, .failed: throw .over(status)
        }
        let requested = action.requestedCount
        guard requested >= 1 else { throw .empty }
        guard requested <= remainingData(limits) else {
            throw .overLimit(requested: requested, remaining: remainingData(limits))
        }
        iteration += 1
        status = .busy
        phase = .queued
    }

    /// Leaves `queued` for the first phase: `generating` for a plan, `checking` for data, `evaluating` in iteration 0.
    ///
    /// - Parameter action: the iteration's action, of which only the kind counts; `nil` in iteration 0 and only there.
    /// - Throws: `TransitionError.impossible` unless the iteration is queued.
    public func starting(with action: Action?) throws(TransitionError) -> SessionState {
        let isFitting = (iteration == 0) == (action == nil)
        guard status == .busy, phase == .queued, isFitting else {
            throw .impossible(event: "started", in: self)
        }
        var next = self
        switch action {
        case nil: next.phase = .evaluating
        case .plan: next.phase = .generating
        case .data: next.phase = .checking
        }
        return next
    }

    private mutating func advance(
        from expected: IterationPhase, to next: IterationPhase
    ) throws(TransitionError) {
        guard status == .busy, phase == expected else { throw .impossible(event: next.rawValue, in: self) }
        phase = next
    }

    private mutating func succeed(
        _ value: Double, limits: SessionLimits
    ) throws(TransitionError) -> Double? {
        guard status == .busy, phase == .evaluating else { throw .impossible(event: "evaluated", in: self) }
        let reward = performance.map { value - $0 }
        performance = value
        phase = .succeeded
        trainingData += pendingData
        pendingData = 0
        if iteration > 0 { completedIterations += 1 }
        let isOver = completedIterations >= limits.iterations || trainingData >= limits.trainingData
        status = isOver ? .finished : .ready
        return reward
    }
}

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

/// What can happen to a session.
public enum SessionEvent: Sendable, Equatable {
    /// The agent acted: the next iteration is queued.
    case acted(Action)
    /// The teacher has made the plan's data.
    case generated
    /// The data are checked; so many were accepted.
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
    /// A phase's result came out of turn: a fault of the program, not of a user.
    case impossible(event: String, in: SessionState)
}
