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
    /// The succeeded iterations since the last training, whose data the student has not been trained on.
    public private(set) var untrainedIterations: Int
    /// The succeeded iterations that trained.
    public private(set) var trainings: Int
    /// The tokens of the teacher's model that the session has used; those of failed iterations count too, as they are spent.
    public private(set) var teacherTokens: Int

    /// A new session: iteration 0 is queued.
    public init() {
        self.init(
            status: .busy, iteration: 0, phase: .queued, completedIterations: 0, trainingData: 0,
            performance: nil, pendingData: 0, untrainedIterations: 0, trainings: 0, teacherTokens: 0)
    }

    /// A state from its stored parts.
    public init(
        status: Status, iteration: Int, phase: IterationPhase, completedIterations: Int, trainingData: Int,
        performance: Double?, pendingData: Int, untrainedIterations: Int, trainings: Int, teacherTokens: Int
    ) {
        self.status = status
        self.iteration = iteration
        self.phase = phase
        self.completedIterations = completedIterations
        self.trainingData = trainingData
        self.performance = performance
        self.pendingData = pendingData
        self.untrainedIterations = untrainedIterations
        self.trainings = trainings
        self.teacherTokens = teacherTokens
    }

    /// How many more data the limits allow.
    public func remainingData(_ limits: SessionLimits) -> Int {
        max(0, limits.trainingData - trainingData)
    }

    /// How many more tokens of the teacher's model the limits allow; `nil` without a limit.
    public func remainingTokens(_ limits: SessionLimits) -> Int? {
        limits.teacherTokens.map { max(0, $0 - teacherTokens) }
    }

    /// Whether the iteration in flight is the last that the limits allow, as far as its data are checked.
    public func isLast(_ limits: SessionLimits) -> Bool {
        completedIterations + 1 >= limits.iterations || trainingData + pendingData >= limits.trainingData
    }

    /// Whether the training in flight is one after which the student is evaluated on test.
    public func isTestDue(_ rules: SessionRules) -> Bool {
        iteration == 0 || (trainings + 1).isMultiple(of: rules.schedule.testEvery) || isLast(rules.limits)
    }

    /// The state after an event.
    ///
    /// - Returns: the new state, and for `.evaluated` the reward: the change of validation performance, `nil` in iteration 0.
    /// - Throws: `TransitionError` when the event cannot happen in this state; nothing is changed then.
    public func applying(
        _ event: SessionEvent, rules: SessionRules
    ) throws(TransitionError) -> (state: SessionState, reward: Double?) {
        var next = self
        var reward: Double?
        switch event {
        case .acted(let requested, let needsTeacher):
            try next.begin(requested, needsTeacher: needsTeacher, limits: rules.limits)
        case .spentTokens(let tokens):
            guard status == .busy, phase == .generating else {
                throw .impossible(event: "spentTokens", in: self)
            }
            next.teacherTokens += max(0, tokens)
        case .generated:
            try next.advance(from: .generating, to: .checking)
        case .checked(let accepted):
            try next.finishChecking(accepted, rules: rules)
        case .trained:
            try next.advance(from: .training, to: .evaluating)
        case .evaluated(let performance):
            reward = try next.succeed(performance, limits: rules.limits)
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

    private mutating func begin(
        _ requested: Int, needsTeacher: Bool, limits: SessionLimits
    ) throws(TransitionError) {
        switch status {
        case .ready: break
        case .busy: throw .busy(iteration: iteration)
        case .finished, .cancelled, .failed: throw .over(status)
        }
        // Moves may come to nothing new; then the student is trained once more on what there is.
        guard requested >= 1 || trainingData >= 1 else { throw .empty }
        guard requested <= remainingData(limits) else {
            throw .overLimit(requested: requested, remaining: remainingData(limits))
        }
        if needsTeacher, remainingTokens(limits) == 0 { throw .tokensSpent(teacherTokens) }
        iteration += 1
        status = .busy
        phase = .queued
    }

    /// Leaves `queued` for the first phase: `generating` when the teacher is needed, `checking` for data, `evaluating` in iteration 0.
    ///
    /// - Parameter action: the kind of the iteration's action; `nil` in iteration 0 and only there.
    /// - Throws: `TransitionError.impossible` unless the iteration is queued.
    public func starting(with action: ActionKind?) throws(TransitionError) -> SessionState {
        let isFitting = (iteration == 0) == (action == nil)
        guard status == .busy, phase == .queued, isFitting else {
            throw .impossible(event: "started", in: self)
        }
        var next = self
        switch action {
        case nil: next.phase = .evaluating
        case .plan, .skillTree: next.phase = .generating
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

    /// Goes on to the training, or completes an iteration that only makes data.
    private mutating func finishChecking(_ accepted: Int, rules: SessionRules) throws(TransitionError) {
        try advance(from: .checking, to: .training)
        pendingData = accepted
        let isDue = untrainedIterations + 1 >= rules.schedule.iterationsPerTraining
        guard !isDue, !isLast(rules.limits) else { return }
        phase = .succeeded
        status = .ready
        untrainedIterations += 1
        complete()
    }

    private mutating func complete() {
        trainingData += pendingData
        pendingData = 0
        completedIterations += 1
    }

    private mutating func succeed(
        _ value: Double, limits: SessionLimits
    ) throws(TransitionError) -> Double? {
        guard status == .busy, phase == .evaluating else { throw .impossible(event: "evaluated", in: self) }
        let reward = performance.map { value - $0 }
        performance = value
        phase = .succeeded
        if iteration > 0 {
            complete()
            trainings += 1
            untrainedIterations = 0
        }
        let isOver = completedIterations >= limits.iterations || trainingData >= limits.trainingData
        status = isOver ? .finished : .ready
        return reward
    }
}
