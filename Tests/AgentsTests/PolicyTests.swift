import Agents
import Gym
import Testing

private func observation(wrong: Int, right: Int) -> Observation {
    let examples = (0..<wrong + right).map { number in
        Example(
            id: number < wrong ? "w\(number)" : "r\(number)", instruction: "?", answer: nil, response: "",
            isCorrect: number >= wrong)
    }
    return Observation(
        environment: "open_ended", iteration: 0, status: "ready", performance: 0.5, examples: examples)
}

private func specs(_ action: Action) -> [DataSpec] {
    if case .plan(let specs) = action { specs } else { [] }
}

/// How many data an action asks for, for each instance named.
private func likes(_ action: Action) -> [String: Int] {
    var counts: [String: Int] = [:]
    for spec in specs(action) {
        if case .like(let ids) = spec.kind, ids.count == 1 { counts[ids[0], default: 0] += spec.count }
    }
    return counts
}

@Suite("Agents: policies")
struct PolicyTests {
    @Test("random names the task's skills, spends the whole budget, and does not look at the state")
    func random() {
        let skills = ["a", "b", "c"]
        var agent = RandomAgent(skills: skills, seed: 1)
        var other = RandomAgent(skills: skills, seed: 1)
        for budget in [1, 2, 10, 137] {
            let action = agent.act(observation: observation(wrong: 5, right: 5), budget: budget)
            #expect(action.requestedCount(nil) == budget)
            #expect(action == other.act(observation: observation(wrong: 0, right: 3), budget: budget))
            for spec in specs(action) {
                guard case .skill(let skill, nil, nil) = spec.kind else {
                    Issue.record("not a skill: \(spec)")
                    continue
                }
                #expect(skills.contains(skill) && spec.count > 0)
            }
        }
        var third = RandomAgent(skills: skills, seed: 2)
        let empty = observation(wrong: 0, right: 0)
        #expect(third.act(observation: empty, budget: 137) != agent.act(observation: empty, budget: 137))
    }

    @Test("random prefers no skill")
    func uniform() {
        var agent = RandomAgent(skills: ["a", "b", "c", "d"], seed: 3)
        var totals: [String: Int] = [:]
        for spec in specs(agent.act(observation: observation(wrong: 0, right: 0), budget: 40_000)) {
            if case .skill(let skill, _, _) = spec.kind { totals[skill, default: 0] += spec.count }
        }
        #expect(totals.values.allSatisfy { (9_500...10_500).contains($0) })
    }

    @Test("random asks for something even when the task has no skills")
    func noSkills() {
        var agent = RandomAgent(skills: [], seed: 1)
        #expect(agent.act(observation: observation(wrong: 1, right: 1), budget: 9).requestedCount(nil) == 9)
    }

    @Test("error_conditioned gives nine tenths to what was wrong, one tenth to what was right")
    func shares() {
        var agent = ErrorConditionedAgent(seed: 1)
        let counts = likes(agent.act(observation: observation(wrong: 20, right: 30), budget: 100))
        let wrong = counts.filter { $0.key.hasPrefix("w") }
        #expect(wrong.values.reduce(0, +) == 90)
        #expect(counts.values.reduce(0, +) == 100)
        #expect(wrong.count == 20 && wrong.values.allSatisfy { (4...5).contains($0) })
        #expect(counts.count == 30)
    }

    @Test(
        "error_conditioned spends the whole budget whatever is wrong",
        arguments: [
            (0, 5), (5, 0), (1, 1), (200, 80), (3, 300),
        ])
    func spends(wrong: Int, right: Int) {
        for budget in [1, 9, 10, 11, 250] {
            var agent = ErrorConditionedAgent(seed: 4)
            let counts = likes(
                agent.act(observation: observation(wrong: wrong, right: right), budget: budget))
            #expect(counts.values.reduce(0, +) == budget)
            let onWrong = counts.filter { $0.key.hasPrefix("w") }.values.reduce(0, +)
            #expect(onWrong == (wrong == 0 ? 0 : right == 0 ? budget : budget - budget / 10))
        }
    }

    @Test("error_conditioned samples at random when there is more wrong than budget, by its seed")
    func samples() {
        let state = observation(wrong: 200, right: 0)
        var first = ErrorConditionedAgent(seed: 1)
        var same = ErrorConditionedAgent(seed: 1)
        var other = ErrorConditionedAgent(seed: 2)
        let action = first.act(observation: state, budget: 50)
        #expect(likes(action).count == 50)
        #expect(same.act(observation: state, budget: 50) == action)
        #expect(other.act(observation: state, budget: 50) != action)
        #expect(first.act(observation: state, budget: 50) != action)
    }

    @Test("error_conditioned still acts on an empty observation")
    func nothingSeen() {
        var agent = ErrorConditionedAgent(seed: 1)
        #expect(agent.act(observation: observation(wrong: 0, right: 0), budget: 7).requestedCount(nil) == 7)
    }

    @Test("select_random sends every example once before any twice, in an order of its seed")
    func selection() throws {
        let pool = (0..<25).map { TrainingDatum(instruction: "i\($0)", response: "r\($0)") }
        var agent = try #require(SelectRandomAgent(pool: pool, seed: 1))
        var sent: [String] = []
        for expected in [10, 10, 5, 10] {
            guard case .data(let data) = agent.act(observation: observation(wrong: 0, right: 0), budget: 10)
            else {
                Issue.record("not data")
                return
            }
            #expect(data.count == expected)
            sent += data.map(\.instruction)
        }
        #expect(Set(sent.prefix(25)).count == 25)
        #expect(Array(sent.prefix(25)) != pool.map(\.instruction))
        var again = try #require(SelectRandomAgent(pool: pool, seed: 1))
        let first = again.act(observation: observation(wrong: 0, right: 0), budget: 10)
        guard case .data(let data) = first else { return }
        #expect(data.map(\.instruction) == Array(sent.prefix(10)))
        #expect(SelectRandomAgent(pool: [], seed: 1) == nil)
    }
}
