import Gym
import Testing

@Suite("Session state machine")
struct SessionStateTests {
    private let limits = SessionLimits(iterations: 3, trainingData: 50)

    private func action(_ count: Int) -> Action {
        .data((0..<count).map { TrainingDatum(instruction: "q\($0)", response: "a") })
    }

    /// A session whose iteration 0 is evaluated.
    private func ready(performance: Double = 0.25) throws -> SessionState {
        try SessionState().starting(with: nil)
            .applying(.evaluated(performance: performance), limits: limits).state
    }

    @Test("iteration 0 goes straight to evaluating and has no reward")
    func iterationZero() throws {
        let evaluating = try SessionState().starting(with: nil)
        #expect(evaluating.phase == .evaluating)
        let (state, reward) = try evaluating.applying(.evaluated(performance: 0.25), limits: limits)
        #expect(reward == nil)
        #expect(state.status == .ready)
        #expect(state.performance == 0.25)
        #expect(state.completedIterations == 0)
    }

    @Test("a plan passes through all phases; the reward is the change of performance")
    func planIteration() throws {
        let plan = Action.plan([DataSpec(kind: .instruction("x"), count: 20)])
        var state = try ready().applying(.acted(plan), limits: limits).state
        #expect(state.status == .busy)
        #expect(state.phase == .queued)
        state = try state.starting(with: plan)
        #expect(state.phase == .generating)
        state = try state.applying(.generated, limits: limits).state
        state = try state.applying(.checked(accepted: 18), limits: limits).state
        state = try state.applying(.trained, limits: limits).state
        let (done, reward) = try state.applying(.evaluated(performance: 0.75), limits: limits)
        #expect(reward == 0.5)
        #expect(done.status == .ready)
        #expect(done.trainingData == 18)
        #expect(done.completedIterations == 1)
    }

    @Test("the agent's own data skip generating")
    func dataIteration() throws {
        let state = try ready().applying(.acted(action(5)), limits: limits).state.starting(with: action(5))
        #expect(state.phase == .checking)
    }

    @Test("an action on a busy or ended session is refused")
    func refusals() throws {
        let busy = try ready().applying(.acted(action(5)), limits: limits).state
        #expect(throws: TransitionError.busy(iteration: 1)) {
            try busy.applying(.acted(action(5)), limits: limits)
        }
        let cancelled = try busy.applying(.cancelled, limits: limits).state
        #expect(throws: TransitionError.over(.cancelled)) {
            try cancelled.applying(.acted(action(5)), limits: limits)
        }
        #expect(throws: TransitionError.over(.cancelled)) {
            try cancelled.applying(.cancelled, limits: limits)
        }
    }

    @Test("an action beyond the data limit is refused with what is left")
    func dataLimit() throws {
        let state = try ready()
        #expect(throws: TransitionError.overLimit(requested: 51, remaining: 50)) {
            try state.applying(.acted(action(51)), limits: limits)
        }
        #expect(throws: TransitionError.empty) { try state.applying(.acted(action(0)), limits: limits) }
    }

    @Test("a failed iteration changes neither performance nor budget, and the session goes on")
    func failure() throws {
        let busy = try ready().applying(.acted(action(5)), limits: limits).state.starting(with: action(5))
        let checked = try busy.applying(.checked(accepted: 5), limits: limits).state
        let failed = try checked.applying(.failed, limits: limits).state
        #expect(failed.status == .ready)
        #expect(failed.trainingData == 0)
        #expect(failed.completedIterations == 0)
        #expect(failed.performance == 0.25)
        #expect(failed.iteration == 1)
    }

    @Test("a failed iteration 0 ends the session")
    func failureOfIterationZero() throws {
        let failed = try SessionState().applying(.failed, limits: limits).state
        #expect(failed.status == .failed)
    }

    @Test("thousands of random event sequences keep the invariants")
    func invariants() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let limits = SessionLimits(
                iterations: generator.integer(in: 1...5), trainingData: generator.integer(in: 1...60))
            var state = SessionState()
            for _ in 0..<40 {
                let before = state
                let next = randomStep(state, limits: limits, &generator)
                guard let next else { continue }
                state = next
                #expect(state.trainingData <= limits.trainingData)
                #expect(state.completedIterations <= limits.iterations)
                #expect(state.iteration >= before.iteration)
                #expect(state.phase.isOver == (state.status != .busy) || state.status == .cancelled)
                if state.completedIterations == before.completedIterations {
                    #expect(state.trainingData == before.trainingData)
                }
                if [.finished, .cancelled, .failed].contains(before.status) { #expect(state == before) }
            }
        }
    }

    /// The state after a random event, or `nil` if the event was refused.
    private func randomStep(
        _ state: SessionState, limits: SessionLimits, _ generator: inout SeededGenerator
    ) -> SessionState? {
        let count = generator.integer(in: 0...40)
        let plan = Action.plan([DataSpec(kind: .instruction("x"), count: max(1, count))])
        switch generator.integer(below: 9) {
        case 0: return try? state.starting(with: generator.integer(below: 2) == 0 ? nil : plan)
        case 1: return try? state.starting(with: action(1))
        case 2: return try? state.applying(.acted(action(count)), limits: limits).state
        case 3: return try? state.applying(.generated, limits: limits).state
        case 4:
            let accepted = min(count, state.remainingData(limits))
            return try? state.applying(.checked(accepted: accepted), limits: limits).state
        case 5: return try? state.applying(.trained, limits: limits).state
        case 6:
            return try? state.applying(.evaluated(performance: generator.unit()), limits: limits).state
        case 7: return try? state.applying(.failed, limits: limits).state
        default:
            return generator.integer(below: 10) == 0
                ? try? state.applying(.cancelled, limits: limits).state : nil
        }
    }
}
