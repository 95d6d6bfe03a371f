import Gym

/// Asks for data of random skills and does not look at the state, but for the skills' names: the baseline that every
/// other policy has to beat.
///
/// The skill of each datum is drawn alone, each as likely as the next. So the counts are random and add up to the
/// budget, and over a session no skill is preferred: a more lopsided draw would only make the baseline weaker.
public struct RandomAgent: Agent {
    /// The policy's name.
    public let name = "random"
    private let skills: [String]
    private var generator: SeededGenerator

    /// An agent for a task with the given skills; without any it asks for data on the task as a whole. An environment
    /// with skills names its own, which count then: they may be discovered ones.
    public init(skills: [String], seed: UInt64) {
        self.skills = skills
        generator = SeededGenerator(seed: seed, purpose: "agent random")
    }

    /// A plan that names skills.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let skills = observation.skills.isEmpty ? skills : observation.skills.map(\.name)
        guard !skills.isEmpty else {
            return .plan([DataSpec(kind: .instruction("problems of this task"), count: budget)])
        }
        var counts = [Int](repeating: 0, count: skills.count)
        for _ in 0..<budget { counts[generator.integer(below: skills.count)] += 1 }
        let specs = zip(skills, counts).filter { $0.1 > 0 }.map { skill, count in
            DataSpec(kind: .skill(skill, subskill: nil, hint: nil), count: count)
        }
        return .plan(specs)
    }
}
