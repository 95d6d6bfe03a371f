import Gym
import Testing

@Suite("Session state machine")
struct SessionStateTests {
    private let rules = SessionRules(limits: SessionLimits(iterations: 3, trainingData: 50))

    /// An agent's own data.
    private func acted(_ count: Int) -> SessionEvent { .acted(requested: count, needsTeacher: false) }

    /// A session whose iteration 0 is evaluated.
    private func ready(performance: Double = 0.25) throws -> SessionState {
        try SessionState().starting(with: nil)
            .applying(.evaluated(performance: performance), rules: rules).state
    }

    @Test("iteration 0 goes straight to evaluating and has no reward")
    func iterationZero() throws {
        let evaluating = try SessionState().starting(with: nil)
        #expect(evaluating.phase == .evaluating)
        let (state, reward) = try evaluating.applying(.evaluated(performance: 0.25), rules: rules)
        #expect(reward == nil)
        #expect(state.status == .ready)
        #expect(state.performance == 0.25)
        #expect(state.completedIterations == 0)
    }

    @Test("a plan passes through all phases; the reward is the change of performance")
    func planIteration() throws {
        var state = try ready().applying(.acted(requested: 20, needsTeacher: true), rules: rules).state
        #expect(state.status == .busy)
        #expect(state.phase == .queued)
        state = try state.starting(with: .plan)
        #expect(state.phase == .generating)
        state = try state.applying(.generated, rules: rules).state
        state = try state.applying(.checked(accepted: 18), rules: rules).state
        state = try state.applying(.trained, rules: rules).state
        let (done, reward) = try state.applying(.evaluated(performance: 0.75), rules: rules)
        #expect(reward == 0.5)
        #expect(done.status == .ready)
        #expect(done.trainingData == 18)
        #expect(done.completedIterations == 1)
    }

    @Test("the agent's own data skip generating")
    func dataIteration() throws {
        let state = try ready().applying(acted(5), rules: rules).state.starting(with: .data)
        #expect(state.phase == .checking)
    }

    @Test("an action on a busy or ended session is refused")
    func refusals() throws {
        let busy = try ready().applying(acted(5), rules: rules).state
        #expect(throws: TransitionError.busy(iteration: 1)) {
            try busy.applying(acted(5), rules: rules)
        }
        let cancelled = try busy.applying(.cancelled, rules: rules).state
        #expect(throws: TransitionError.over(.cancelled)) {
            try cancelled.applying(acted(5), rules: rules)
        }
        #expect(throws: TransitionError.over(.cancelled)) {
            try cancelled.applying(.cancelled, rules: rules)
        }
    }

    @Test("an action beyond the data limit is refused with what is left")
    func dataLimit() throws {
        let state = try ready()
        #expect(throws: TransitionError.overLimit(requested: 51, remaining: 50)) {
            try state.applying(acted(51), rules: rules)
        }
        #expect(throws: TransitionError.empty) { try state.applying(acted(0), rules: rules) }
    }

    @Test("a failed iteration changes neither performance nor budget, and the session goes on")
    func failure() throws {
        let busy = try ready().applying(acted(5), rules: rules).state.starting(with: .data)
        let checked = try busy.applying(.checked(accepted: 5), rules: rules).state
        let failed = try checked.applying(.failed, rules: rules).state
        #expect(failed.status == .ready)
        #expect(failed.trainingData == 0)
        #expect(failed.completedIterations == 0)
        #expect(failed.performance == 0.25)
        #expect(failed.iteration == 1)
    }

    @Test("a failed iteration 0 ends the session")
    func failureOfIterationZero() throws {
        let failed = try SessionState().applying(.failed, rules: rules).state
        #expect(failed.status == .failed)
    }

    @Test("iterations between trainings only make data; the last one that the limits allow trains")
    func iterationsPerTraining() throws {
        let rules = SessionRules(
            limits: SessionLimits(iterations: 5, trainingData: 500),
            schedule: Schedule(iterationsPerTraining: 3))
        var state = try ready()
        var trained: [Int] = []
        for number in 1...5 {
            state = try state.applying(acted(10), rules: rules).state.starting(with: .data)
            state = try state.applying(.checked(accepted: 10), rules: rules).state
            #expect(state.trainingData == (state.phase.isOver ? number : number - 1) * 10)
            guard !state.phase.isOver else { continue }
            trained.append(number)
            state = try state.applying(.trained, rules: rules).state
            state = try state.applying(.evaluated(performance: 0.5), rules: rules).state
        }
        #expect(trained == [3, 5])
        #expect(state.status == .finished)
    }

    @Test("test is due in iteration 0, in every so many trainings and at the end")
    func testSchedule() throws {
        let rules = SessionRules(
            limits: SessionLimits(iterations: 5, trainingData: 500), schedule: Schedule(testEvery: 2))
        #expect(SessionState().isTestDue(rules))
        var state = try ready()
        var due: [Int] = []
        for number in 1...5 {
            state = try state.applying(acted(10), rules: rules).state.starting(with: .data)
            state = try state.applying(.checked(accepted: 10), rules: rules).state
            state = try state.applying(.trained, rules: rules).state
            if state.isTestDue(rules) { due.append(number) }
            state = try state.applying(.evaluated(performance: 0.5), rules: rules).state
        }
        #expect(due == [2, 4, 5])
    }

    @Test(
        "once the teacher's tokens are spent it is asked no more, and own data are still taken; failures do not give tokens back"
    )
    func teacherTokens() throws {
        let rules = SessionRules(
            limits: SessionLimits(iterations: 9, trainingData: 500, teacherTokens: 100))
        var state = try ready().applying(.acted(requested: 5, needsTeacher: true), rules: rules).state
        state = try state.starting(with: .plan).applying(.spentTokens(120), rules: rules).state
        state = try state.applying(.failed, rules: rules).state
        #expect(state.teacherTokens == 120)
        #expect(throws: TransitionError.tokensSpent(120)) {
            try state.applying(.acted(requested: 5, needsTeacher: true), rules: rules)
        }
        #expect(try state.applying(acted(5), rules: rules).state.status == .busy)
    }

    @Test("thousands of random event sequences keep the invariants")
    func invariants() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let limits = SessionLimits(
                iterations: generator.integer(in: 1...5), trainingData: generator.integer(in: 1...60))
            let schedule = Schedule(iterationsPerTraining: generator.integer(in: 1...3))
            let rules = SessionRules(limits: limits, schedule: schedule)
            var state = SessionState()
            for _ in 0..<40 {
                let before = state
                guard let next = randomStep(state, rules: rules, &generator) else { continue }
                state = next
                #expect(state.trainingData <= limits.trainingData)
                #expect(state.completedIterations <= limits.iterations)
                #expect(state.untrainedIterations < schedule.iterationsPerTraining)
                #expect(state.trainings + state.untrainedIterations <= state.completedIterations)
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
        _ state: SessionState, rules: SessionRules, _ generator: inout SeededGenerator
    ) -> SessionState? {
        let count = generator.integer(in: 0...40)
        switch generator.integer(below: 9) {
        case 0: return try? state.starting(with: generator.integer(below: 2) == 0 ? nil : .skillTree)
        case 1: return try? state.starting(with: .data)
        case 2: return try? state.applying(acted(count), rules: rules).state
        case 3: return try? state.applying(.generated, rules: rules).state
        case 4:
            let accepted = min(count, state.remainingData(rules.limits))
            return try? state.applying(.checked(accepted: accepted), rules: rules).state
        case 5: return try? state.applying(.trained, rules: rules).state
        case 6: return try? state.applying(.evaluated(performance: generator.unit()), rules: rules).state
        case 7: return try? state.applying(.failed, rules: rules).state
        default:
            return generator.integer(below: 10) == 0
                ? try? state.applying(.cancelled, rules: rules).state : nil
        }
    }
}
