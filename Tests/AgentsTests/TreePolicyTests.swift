import Agents
import Gym
import Testing

private func agents(seed: UInt64) -> [any Agent] {
    [
        RandomTreeAgent(seed: seed), AlternateAgent(), FillBalancedAgent(), ThresholdAgent(),
        AlternateAgent(subskillsPerExploration: 7, maximumPerSkill: 40),
        FillBalancedAgent(subskillsPerSkill: 1),
        ThresholdAgent(threshold: -1, subskillsPerExploration: 1), ErrorMemoryAgent(seed: seed),
    ]
}

private func moves(_ action: Action) -> [SkillMove] {
    if case .skillTree(let moves) = action { moves } else { [] }
}

private func isExploration(_ move: SkillMove) -> Bool {
    if case .explore = move.action { true } else { false }
}

/// A state of trees, each given as the subskills' allocations (and as many data).
private func state(
    _ trees: [[Int]], exhausted: Bool = false, iteration: Int = 0, rewards: [Double?] = []
) -> Observation {
    let skills = trees.enumerated().map { place, allocations in
        SkillView(
            name: "s\(place)", reward: place < rewards.count ? rewards[place] : nil, isExhausted: exhausted,
            subskills: allocations.enumerated().map {
                SubskillView(name: "u\($0)", allocation: $1, trainingData: $1)
            })
    }
    return Observation(
        environment: "skill_tree", iteration: iteration, status: "ready", performance: 0, examples: [],
        skills: skills)
}

@Suite("Agents: policies for skill trees")
struct TreePolicyTests {
    @Test(
        "every action can be made and asks for exactly the budget, whatever the trees are like",
        arguments: 0..<8)
    func valid(kind: Int) throws {
        for seed in 0..<500 as Range<UInt64> {
            var world = RandomForest(seed: seed)
            var agent = agents(seed: seed)[kind]
            var same = agents(seed: seed)[kind]
            for step in 0..<6 as Range<UInt64> {
                let state = world.observation(results: seed &* 31 &+ step)
                let budget = world.budget()
                let action = agent.act(observation: state, budget: budget)
                #expect(action == same.act(observation: state, budget: budget))
                let moves = moves(action)
                try world.forest.check(moves)
                guard !moves.isEmpty, action.requestedCount(world.forest) == budget else {
                    Issue.record(
                        "\(agent.name), seed \(seed), step \(step): \(budget) data, \(world.forest) \(moves)")
                    return
                }
                world.make(moves)
            }
        }
    }

    @Test("every move of an action brings data")
    func useful() throws {
        for seed in 0..<200 as Range<UInt64> {
            var world = RandomForest(seed: seed)
            for var agent in agents(seed: seed) {
                let moves = moves(
                    agent.act(observation: world.observation(results: seed), budget: world.budget()))
                #expect(moves.allSatisfy { world.forest.requestedCount([$0]) > 0 })
            }
        }
    }

    @Test("without skills there is no move")
    func noSkills() {
        for var agent in agents(seed: 1) {
            #expect(agent.act(observation: state([]), budget: 10) == .skillTree([]))
        }
    }

    @Test("a tree for which nothing was ever proposed gets the skill itself, once")
    func nothingProposed() {
        for var agent in agents(seed: 1) {
            let action = agent.act(observation: state([[]], exhausted: true), budget: 17)
            let supplied = [SuppliedSubskill(name: "s0")]
            #expect(
                moves(action) == [
                    SkillMove(
                        skill: "s0",
                        action: .explore(Exploration(count: 1, allocation: 17, subskills: supplied)))
                ])
        }
    }

    @Test("full trees are exploited only")
    func fullTrees() throws {
        let full = [Int](repeating: 1, count: SkillForest.maximumSubskills)
        for var agent in agents(seed: 1) {
            for budget in [1, 5_000] {
                let moves = moves(agent.act(observation: state([full]), budget: budget))
                #expect(moves.count == 1 && !moves.contains(where: isExploration))
            }
        }
    }

    @Test("random_tree does the same whatever the accuracies, performances and rewards are")
    func blind() {
        for seed in 0..<100 as Range<UInt64> {
            var world = RandomForest(seed: seed)
            var (first, second) = (RandomTreeAgent(seed: seed), RandomTreeAgent(seed: seed))
            let budget = world.budget()
            #expect(
                first.act(observation: world.observation(results: 1), budget: budget)
                    == second.act(observation: world.observation(results: 2), budget: budget))
        }
    }

    @Test("random_tree does different things, and spends alike on all skills in the long run")
    func varied() {
        var agent = RandomTreeAgent(seed: 5)
        let trees = state([[9, 9], [9, 9], [9, 9], [9, 9]])
        var (explored, total) = (0, 0)
        var spent: [String: Int] = [:]
        for _ in 0..<2_000 {
            for move in moves(agent.act(observation: trees, budget: 60)) {
                total += 1
                switch move.action {
                case .explore(let growth):
                    explored += 1
                    spent[move.skill, default: 0] += growth.count * growth.allocation
                case .exploit(let changes):
                    spent[move.skill, default: 0] += changes.reduce(0) { $0 + $1.delta }
                }
            }
        }
        #expect((0.45...0.55).contains(Double(explored) / Double(total)))
        #expect(spent.values.reduce(0, +) == 120_000)
        #expect(spent.count == 4 && spent.values.allSatisfy { (27_000...33_000).contains($0) })
    }

    @Test("alternate grows in odd iterations and fills in even ones")
    func alternates() {
        var agent = AlternateAgent()
        let trees = [[10, 10], [10]]
        #expect(
            moves(agent.act(observation: state(trees, iteration: 2), budget: 40)) == [
                SkillMove(skill: "s0", action: .explore(Exploration(count: 2, allocation: 10))),
                SkillMove(skill: "s1", action: .explore(Exploration(count: 2, allocation: 10))),
            ])
        let raise = { (name: String) in AllocationChange(subskill: name, delta: 10) }
        #expect(
            moves(agent.act(observation: state(trees, iteration: 3), budget: 30)) == [
                SkillMove(skill: "s0", action: .exploit([raise("u0"), raise("u1")])),
                SkillMove(skill: "s1", action: .exploit([raise("u0")])),
            ])
        let full = moves(agent.act(observation: state(trees, exhausted: true, iteration: 2), budget: 30))
        #expect(full.count == 2 && !full.contains(where: isExploration))
        let empty = moves(agent.act(observation: state([[], []], iteration: 1), budget: 30))
        #expect(empty.count == 2 && empty.allSatisfy(isExploration))
    }

    @Test("alternate leaves skills at the cap out while others are below it")
    func capped() {
        var agent = AlternateAgent(maximumPerSkill: 20)
        #expect(
            moves(agent.act(observation: state([[20], [5], [19]]), budget: 8)).map(\.skill) == ["s1", "s2"])
        #expect(moves(agent.act(observation: state([[20], [25], [20]]), budget: 6)).count == 3)
    }

    @Test("a budget smaller than the number of skills goes to the smallest trees")
    func smallBudget() {
        var alternate = AlternateAgent()
        var threshold = ThresholdAgent()
        let trees = state([[9], [3], [5], [1]])
        #expect(moves(alternate.act(observation: trees, budget: 2)).map(\.skill) == ["s1", "s3"])
        #expect(moves(threshold.act(observation: trees, budget: 2)).map(\.skill) == ["s1", "s3"])
    }

    @Test("an exploration whose budget cannot be divided changes the number of subskills of one tree")
    func division() {
        var agent = AlternateAgent()
        let odd = moves(agent.act(observation: state([[], [], []]), budget: 31))
        let growths = odd.compactMap { move -> Exploration? in
            if case .explore(let growth) = move.action { growth } else { nil }
        }
        #expect(growths.map { $0.count * $0.allocation }.reduce(0, +) == 31)
        #expect(growths.count == 3 && growths.allSatisfy { (1...3).contains($0.count) })
        let one = moves(agent.act(observation: state([[]]), budget: 31))
        #expect(one == [SkillMove(skill: "s0", action: .explore(Exploration(count: 1, allocation: 31)))])
    }

    @Test("what trees lack from earlier counts towards the budget and is made first")
    func shortfalls() {
        let skill = SkillView(
            name: "s0", isExhausted: true,
            subskills: [
                SubskillView(name: "u0", allocation: 30, trainingData: 10),
                SubskillView(name: "u1", allocation: 10, trainingData: 10),
            ])
        let state = Observation(
            environment: "skill_tree", iteration: 1, status: nil, performance: nil, examples: [],
            skills: [skill])
        var agent = AlternateAgent()
        func deltas(_ budget: Int) -> [Int] {
            guard
                case .exploit(let changes) = moves(agent.act(observation: state, budget: budget)).first?
                    .action
            else { return [] }
            return changes.map(\.delta)
        }
        #expect(deltas(30) == [5, 5])
        #expect(deltas(20) == [0])
        #expect(deltas(5) == [-15])
    }

    @Test("fill_balanced grows trees to the number of subskills, then raises the smallest")
    func balanced() {
        var agent = FillBalancedAgent()
        let start = moves(agent.act(observation: state([[], []]), budget: 60))
        #expect(
            start.map(\.action)
                == Array(repeating: .explore(Exploration(count: 3, allocation: 10)), count: 2))
        let filling = moves(agent.act(observation: state([[10, 4, 10], [6, 12, 12]]), budget: 10))
        #expect(
            filling == [
                SkillMove(skill: "s0", action: .exploit([AllocationChange(subskill: "u1", delta: 6)])),
                SkillMove(skill: "s1", action: .exploit([AllocationChange(subskill: "u0", delta: 4)])),
            ])
        // The missing subskill counts as an empty one: it comes up to the others before they grow.
        let mixed = moves(agent.act(observation: state([[10, 10], [10, 10, 10]]), budget: 14))
        #expect(
            mixed == [
                SkillMove(skill: "s0", action: .explore(Exploration(count: 1, allocation: 11))),
                SkillMove(
                    skill: "s1",
                    action: .exploit((0..<3).map { AllocationChange(subskill: "u\($0)", delta: 1) })),
            ])
    }

    @Test("threshold fills trees whose reward exceeds it and grows the others")
    func threshold() {
        var agent = ThresholdAgent()
        let trees = [[5, 5, 5, 5, 5], [5], []]
        let good = moves(
            agent.act(observation: state(trees, rewards: [0.02, 0.01, 0.5]), budget: 150))
        #expect(good.map(isExploration) == [false, true, true])
        #expect(good[1].action == .explore(Exploration(count: 5, allocation: 10)))
        let raises = (0..<5).map { AllocationChange(subskill: "u\($0)", delta: 10) }
        #expect(good[0].action == .exploit(raises))
        let exhausted = moves(
            agent.act(observation: state([[5], [5]], exhausted: true, rewards: [0, nil]), budget: 6))
        #expect(exhausted.map(isExploration) == [false, false])
    }

    @Test("threshold looks at the latest iteration that was trained and evaluated")
    func latestReward() {
        let subskills = [SubskillView(name: "u", allocation: 5, trainingData: 5)]
        func isExplored(_ rewards: [Double?]) -> Bool {
            let history = rewards.enumerated().map {
                Experience(iteration: $0 + 1, action: nil, performance: nil, reward: $1)
            }
            let state = Observation(
                environment: "skill_tree", iteration: rewards.count, status: nil, performance: nil,
                examples: [], skills: [SkillView(name: "s", subskills: subskills, history: history)])
            var agent = ThresholdAgent()
            return moves(agent.act(observation: state, budget: 10)).contains(where: isExploration)
        }
        #expect(!isExplored([-0.1, 0.2, nil]))
        #expect(isExplored([0.2, -0.1, nil]))
        #expect(isExplored([nil]))
    }
}
