import Agents
import Gym
import Testing

@Suite("Agents: error_memory")
struct ErrorMemoryTests {
    private func observation(_ correct: [Bool]) -> Observation {
        Observation(
            environment: "open_ended", iteration: 0, status: "ready", performance: nil,
            examples: correct.enumerated().map {
                Example(id: "v\($0)", instruction: "", answer: nil, response: "", isCorrect: $1)
            })
    }

    /// How many data an action asks for like each instance.
    private func counts(_ action: Action) -> [String: Int] {
        guard case .plan(let specs) = action else { return [:] }
        return Dictionary(
            specs.compactMap { spec in
                guard case .like(let ids) = spec.kind, let id = ids.first else { return nil }
                return (id, spec.count)
            }, uniquingKeysWith: +)
    }

    @Test("what is wrong for longer gets more; what was right twice gets nothing; the budget is used up")
    func memory() {
        var agent = ErrorMemoryAgent(seed: 1)
        #expect(
            counts(agent.act(observation: observation([false, false, true]), budget: 40)) == [
                "v0": 20, "v1": 20,
            ])
        // v0 is right now: its memory is 0.5; v1 is still wrong: 1; v2 is wrong for the first time: 0.5.
        #expect(
            counts(agent.act(observation: observation([true, false, false]), budget: 40))
                == ["v0": 10, "v1": 20, "v2": 10])
        let third = counts(agent.act(observation: observation([true, true, false]), budget: 100))
        // 0.25, 0.5 and 0.75.
        #expect(third == ["v0": 17, "v1": 33, "v2": 50])
        // v0 falls to 0.125: forgotten.
        #expect(counts(agent.act(observation: observation([true, true, true]), budget: 100))["v0"] == nil)
    }

    @Test(
        "an action asks for exactly the budget and depends on seed and observations alone", arguments: 0..<50)
    func budget(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var agent = ErrorMemoryAgent(seed: seed)
        var same = ErrorMemoryAgent(seed: seed)
        for _ in 0..<10 {
            let state = observation((0..<30).map { _ in random.integer(below: 3) > 0 })
            let budget = random.integer(in: 1...120)
            let action = agent.act(observation: state, budget: budget)
            #expect(action.requestedCount(nil) == budget)
            #expect(action == same.act(observation: state, budget: budget))
        }
    }

    @Test("without examples, or once nothing is remembered as wrong, it asks for problems of the task")
    func nothing() {
        var agent = ErrorMemoryAgent(seed: 1)
        #expect(agent.act(observation: observation([]), budget: 7).requestedCount(nil) == 7)
        #expect(agent.act(observation: observation([true, true]), budget: 7).requestedCount(nil) == 7)
    }

    @Test(
        "in skill_tree, trees are grown first; then the larger gap gets more, and a mastered subskill hardly any"
    )
    func trees() {
        func skill(_ name: String, _ accuracies: [Double], exhausted: Bool, performance: Double) -> SkillView
        {
            SkillView(
                name: name, performance: performance, count: 20, isExhausted: exhausted,
                subskills: accuracies.enumerated().map {
                    SubskillView(
                        name: "u\($0)", allocation: 10, trainingData: 10, accuracyBeforeTraining: $1)
                })
        }
        func act(_ skills: [SkillView]) -> [SkillMove] {
            var agent = ErrorMemoryAgent(seed: 1)
            let observation = Observation(
                environment: "skill_tree", iteration: 1, status: "ready", performance: 0.5, examples: [],
                skills: skills)
            guard case .skillTree(let moves) = agent.act(observation: observation, budget: 60) else {
                return []
            }
            return moves
        }
        let weak = skill("weak", [0.0, 1.0], exhausted: true, performance: 0.2)
        let strong = skill("strong", [1.0], exhausted: true, performance: 1.0)
        guard case .explore = act([weak, skill("new", [], exhausted: false, performance: 0)]).first?.action
        else {
            Issue.record("did not explore first")
            return
        }
        let moves = act([weak, strong])
        var deltas: [String: Int] = [:]
        for move in moves {
            guard case .exploit(let changes) = move.action else { continue }
            for change in changes { deltas["\(move.skill)/\(change.subskill)"] = change.delta }
        }
        // By examination and validation together: far from mastered, nearer, mastered.
        #expect(deltas["weak/u0", default: 0] > deltas["weak/u1", default: 0])
        #expect(deltas["weak/u1", default: 0] > deltas["strong/u0", default: 0])
    }
}
