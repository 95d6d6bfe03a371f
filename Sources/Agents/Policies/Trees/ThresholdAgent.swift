import Gym

/// Fills the trees whose last reward was good and grows the others (the reference's threshold policy).
///
/// Sees each skill's latest reward. Above the threshold the allocations of all its subskills are raised alike; otherwise,
/// and before there is any reward, the tree grows, unless no more subskills are proposed. The reference adds 10 data to
/// each subskill, or five subskills with 10 data each; here the budget is shared among the skills in proportion to those
/// numbers, the smallest trees first when it does not suffice for all. What earlier actions asked for and did not get counts
/// towards the budget and is made first.
public struct ThresholdAgent: Agent {
    /// The policy's name.
    public let name = "threshold"
    private let threshold: Double
    private let count: Int

    /// An agent; the defaults are the reference's.
    ///
    /// - Parameters:
    ///   - threshold: the reward above which a tree is filled, -1 to 1.
    ///   - subskillsPerExploration: how many subskills a tree grows by, at least 1; fewer when its part of the budget is
    ///     smaller.
    public init(threshold: Double = 0.01, subskillsPerExploration: Int = 5) {
        self.threshold = threshold
        count = max(1, subskillsPerExploration)
    }

    /// A move for every skill that the budget suffices for.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let skills = observation.skills.smallestFirst
        let isFilled = skills.map { !$0.canExplore || ($0.canExploit && isGood($0)) }
        let weights = zip(skills, isFilled).map { Double($1 ? $0.subskills.count : count) }
        let amounts = Apportionment.proportional(budget, to: weights)
        let wishes = skills.indices.map { place in
            TreeWish(
                skill: skills[place], amount: amounts[place],
                kind: isFilled[place] ? .exploit(.even) : .explore(count))
        }
        return TreePlan.action(wishes, in: observation.skills)
    }

    /// An iteration without training has no reward; the latest that has one counts.
    private func isGood(_ skill: SkillView) -> Bool {
        guard let reward = skill.reward ?? skill.history.last(where: { $0.reward != nil })?.reward else {
            return false
        }
        return reward > threshold
    }
}
