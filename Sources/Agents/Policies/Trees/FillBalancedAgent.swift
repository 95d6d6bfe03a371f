import Gym

/// Grows every tree to a fixed number of subskills and then keeps all subskills at one size (the reference's "fill
/// balanced tree").
///
/// Sees the trees' sizes, and nothing of how the student does. In each iteration trees with too few subskills get the missing
/// ones, and the rest of the budget raises the smallest allocations of the other trees; new subskills count as empty
/// ones, so that all come up to a common level. That level is what the budget comes to: one set beforehand would be reached
/// too early or never. What earlier actions asked for and did not get counts towards the budget and is made first.
public struct FillBalancedAgent: Agent {
    /// The policy's name.
    public let name = "fill_balanced"
    private let count: Int

    /// An agent.
    ///
    /// - Parameter subskillsPerSkill: how many subskills every tree is to have, at least 1; a tree that has more stays as it is,
    ///   and one for which no more are proposed makes do with fewer.
    public init(subskillsPerSkill: Int = 3) {
        count = max(1, subskillsPerSkill)
    }

    /// Moves that add missing subskills and raise the smallest allocations.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let skills = observation.skills
        let lacking = skills.reduce(0) { $0 + $1.shortfall }
        guard lacking < budget else {
            return TreePlan.action(
                .exploiting(skills.filter(\.canExploit), budget: budget, spread: .smallestFirst), in: skills)
        }
        let missing = skills.map { $0.canExplore ? max(0, count - $0.subskills.count) : 0 }
        // A tree that grows cannot change what it has, so only its new subskills take part.
        let bases = zip(skills, missing).map { skill, missing in
            missing > 0 ? [Int](repeating: 0, count: missing) : skill.subskills.map(\.size)
        }
        let raises = Apportionment.levelling(budget - lacking, onto: bases.flatMap { $0 })
        var next = raises.startIndex
        var wishes: [TreeWish] = []
        for (place, skill) in skills.enumerated() {
            let own = raises[next..<next + bases[place].count]
            next = own.endIndex
            let raise = own.reduce(0, +)
            let isGrowing = missing[place] > 0 && raise > 0
            wishes.append(
                TreeWish(
                    skill: skill, amount: skill.shortfall + raise,
                    kind: isGrowing ? .explore(missing[place]) : .exploit(.smallestFirst)))
        }
        return TreePlan.action(wishes, in: skills)
    }
}
