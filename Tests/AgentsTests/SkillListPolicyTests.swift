import Agents
import Gym
import Testing

private func state(_ performances: [Double?], data: [Int] = []) -> Observation {
    let skills = performances.enumerated().map { place, performance in
        SkillView(
            name: "s\(place)", performance: performance, count: performance == nil ? 0 : 10,
            trainingData: place < data.count ? data[place] : 0,
            examples: (0..<4).map { number in
                Example(
                    id: "e\(place).\(number)", instruction: "?", answer: nil, response: "",
                    isCorrect: number > 0)
            })
    }
    return Observation(
        environment: "skill_list", iteration: 1, status: "ready", performance: 0.5,
        examples: skills.flatMap(\.examples), skills: skills)
}

/// How many data an action asks for, for each skill named.
private func counts(_ action: Action) -> [String: Int] {
    guard case .plan(let specs) = action else { return [:] }
    var counts: [String: Int] = [:]
    for spec in specs {
        if case .skill(let skill, nil, nil) = spec.kind { counts[skill, default: 0] += spec.count }
    }
    return counts
}

@Suite("Agents: policies for lists of skills")
struct SkillListPolicyTests {
    @Test("weak_skills shares the budget by weakness, and all of it")
    func weakness() {
        var agent = WeakSkillsAgent()
        let action = agent.act(observation: state([0.9, 0.5, 1, 0.6]), budget: 100)
        #expect(counts(action) == ["s0": 10, "s1": 50, "s3": 40])
        #expect(counts(agent.act(observation: state([0.5, 0.5, 0.5]), budget: 100)).values.max() == 34)
    }

    @Test("weak_skills shares evenly when all is mastered, and nothing with skills that are not measured")
    func mastered() {
        var agent = WeakSkillsAgent()
        #expect(counts(agent.act(observation: state([1, 1]), budget: 9)) == ["s0": 5, "s1": 4])
        #expect(counts(agent.act(observation: state([nil, 0.5]), budget: 9)) == ["s1": 9])
        #expect(counts(agent.act(observation: state([nil, nil]), budget: 4)) == ["s0": 2, "s1": 2])
    }

    @Test(
        "weak_skills gives a budget smaller than the number of skills to the weakest, then to those with fewer data"
    )
    func smallBudget() {
        var agent = WeakSkillsAgent()
        #expect(
            counts(agent.act(observation: state([0.9, 0.1, 0.8, 0.2]), budget: 2)) == ["s1": 1, "s3": 1])
        #expect(
            counts(agent.act(observation: state([0.5, 0.5, 0.5], data: [3, 1, 2]), budget: 1)) == ["s1": 1])
    }

    @Test("policies for lists of skills spend the budget exactly, by their seed alone")
    func spends() {
        var generator = SeededGenerator(seed: 11)
        for seed in 0..<1_000 as Range<UInt64> {
            let performances = (0..<generator.integer(below: 12)).map { _ in
                generator.integer(below: 6) == 0 ? nil : generator.unit()
            }
            let observation = state(performances)
            let budget = generator.integer(in: 1...300)
            func agents() -> [any Agent] {
                [WeakSkillsAgent(), RandomAgent(skills: [], seed: seed), ErrorConditionedAgent(seed: seed)]
            }
            for (var agent, var same) in zip(agents(), agents()) {
                let action = agent.act(observation: observation, budget: budget)
                #expect(action.requestedCount(nil) == budget)
                #expect(action == same.act(observation: observation, budget: budget))
                guard case .plan(let specs) = action else {
                    Issue.record("\(agent.name): no plan")
                    return
                }
                #expect(specs.allSatisfy { $0.count > 0 })
            }
        }
    }

    @Test("random takes the skills that the environment names, and looks at nothing else")
    func random() {
        var agent = RandomAgent(skills: ["of", "task"], seed: 1)
        var same = RandomAgent(skills: [], seed: 1)
        let action = agent.act(observation: state([0, 1, nil]), budget: 50)
        #expect(Set(counts(action).keys) == ["s0", "s1", "s2"])
        #expect(action == same.act(observation: state([1, nil, 0.5]), budget: 50))
    }
}

@Suite("Agents: the built-in ones")
struct BuiltInAgentTests {
    @Test("each agent can be made for its environments, under its name, and for no other")
    func making() async throws {
        for agent in BuiltInAgent.allCases {
            for environment in EnvironmentKind.allCases {
                let gym = FakeGym()
                func make() async throws -> any Agent {
                    try await agent.make(
                        task: "math-pocket", environment: environment, seed: 1, api: gym.api())
                }
                if agent.environments.contains(environment) {
                    #expect(try await make().name == agent.rawValue)
                } else {
                    await #expect(throws: BuiltInAgentError.self) { try await make() }
                    #expect(gym.calls.isEmpty)
                }
            }
        }
    }

    @Test("every environment has a baseline that does not use the state, and an agent that does")
    func coverage() {
        for environment in EnvironmentKind.allCases {
            let agents = BuiltInAgent.allCases.filter { $0.environments.contains(environment) }
            #expect(Set(agents.map(\.usesState)) == [true, false])
        }
    }

    @Test("the error for a wrong environment says where the agent acts, and which agents act here")
    func wrongEnvironment() {
        let error = BuiltInAgentError.wrongEnvironment(agent: .weakSkills, environment: .skillTree)
        #expect(
            "\(error)"
                == "the agent weak_skills acts in skill_list, not in skill_tree; agents for skill_tree: "
                + "random_tree, alternate, fill_balanced, threshold, error_memory")
    }
}

@Suite("Agents: parting numbers")
struct ApportionmentTests {
    @Test("parts add up, whatever the weights")
    func sums() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let amount = generator.integer(in: 0...10_000)
            let count = generator.integer(in: 1...40)
            let odd: [Double] = [0, -1, .infinity, .nan, 1e-300, 1e300, 1]
            let weights = (0..<count).map { _ in
                generator.integer(below: 3) == 0 ? odd[generator.integer(below: odd.count)] : generator.unit()
            }
            let parts = Apportionment.proportional(amount, to: weights)
            #expect(parts.count == count && parts.reduce(0, +) == amount && parts.allSatisfy { $0 >= 0 })
            let bases = (0..<count).map { _ in generator.integer(below: 200) }
            let raises = Apportionment.levelling(amount, onto: bases)
            #expect(raises.count == count && raises.reduce(0, +) == amount && raises.allSatisfy { $0 >= 0 })
            // What was raised stands within one of the lowest; what stands higher was not raised.
            let levels = zip(bases, raises).map { $0 + $1 }
            let lowest = levels.min() ?? 0
            #expect(zip(levels, raises).allSatisfy { $0 <= lowest + 1 || $1 == 0 })
        }
        #expect(Apportionment.even(7, over: 3) == [3, 2, 2])
        #expect(Apportionment.even(7, over: 0).isEmpty && Apportionment.levelling(7, onto: []).isEmpty)
        #expect(Apportionment.proportional(10, to: [1, 1, 2]) == [3, 2, 5])
    }
}
