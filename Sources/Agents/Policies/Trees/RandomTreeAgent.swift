import Gym

/// Explores and exploits random trees by random amounts: the baseline for skill trees.
///
/// Does not see how the student does: of the state it uses what a valid action that spends the budget needs, which is
/// the names, whether a tree can grow, and what subskills lack already. A random number of skills shares the budget by
/// random weights. Each of their trees grows by one to three subskills or has its allocations raised by random
/// amounts, either as likely where both are possible.
public struct RandomTreeAgent: Agent {
    /// The policy's name.
    public let name = "random_tree"
    private var generator: SeededGenerator

    /// The most subskills that a tree grows by at once.
    private static let mostSubskills = 3
    /// The largest of the random weights, which begin at 1.
    private static let largestWeight = 100

    /// An agent whose choices depend on the seed.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, purpose: "agent random_tree")
    }

    /// Moves for a random choice of skills.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        guard !observation.skills.isEmpty else { return .skillTree([]) }
        let count = generator.integer(in: 1...min(observation.skills.count, max(1, budget)))
        let skills = generator.shuffled(observation.skills).prefix(count)
        let amounts = Apportionment.proportional(budget, to: weights(count))
        let wishes = zip(skills, amounts).map { skill, amount in
            TreeWish(skill: skill, amount: amount, kind: kind(for: skill))
        }
        return TreePlan.action(wishes, in: observation.skills)
    }

    private mutating func kind(for skill: SkillView) -> TreeWish.Kind {
        let prefersGrowth = generator.integer(below: 2) == 0
        if skill.canExplore && (prefersGrowth || !skill.canExploit) {
            return .explore(generator.integer(in: 1...Self.mostSubskills))
        }
        return .exploit(.weighted(weights(skill.subskills.count)))
    }

    private mutating func weights(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double(generator.integer(in: 1...Self.largestWeight)) }
    }
}
