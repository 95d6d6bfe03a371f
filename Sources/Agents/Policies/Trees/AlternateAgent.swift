import Gym

/// Grows all trees in odd iterations and fills them in even ones (the reference's alternating explore/exploit policy).
///
/// Sees the trees' sizes, and nothing of how the student does. An odd iteration adds subskills to every tree that can grow,
/// with an even part of the budget for each tree; an even one raises the allocations of all subskills alike. When no tree
/// can grow, it fills; when there is nothing to fill, it grows. Trees that have as many data as the cap are left out while
/// others have fewer; once all have, the cap is lifted, because the budget is to be spent. What earlier actions asked
/// for and did not get counts towards the budget and is made first.
public struct AlternateAgent: Agent {
    /// The policy's name.
    public let name = "alternate"
    private let count: Int
    private let cap: Int

    /// An agent; the defaults are those of the reference's experiments.
    ///
    /// - Parameters:
    ///   - subskillsPerExploration: how many subskills an odd iteration adds to a tree, at least 1. If their allocations
    ///     cannot be equal and add up to the budget, one tree gets another number.
    ///   - maximumPerSkill: the data of one skill from which on the others go first.
    public init(subskillsPerExploration: Int = 2, maximumPerSkill: Int = 200) {
        count = max(1, subskillsPerExploration)
        cap = maximumPerSkill
    }

    /// Moves that explore if the next iteration's number is odd, and exploit otherwise.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let small = observation.skills.filter { $0.size < cap }
        let skills = (small.isEmpty ? observation.skills : small).smallestFirst
        let growing = skills.filter(\.canExplore)
        let filling = skills.filter(\.canExploit)
        let isOdd = (observation.iteration + 1) % 2 == 1
        guard filling.isEmpty || (isOdd && !growing.isEmpty) else {
            return TreePlan.action(
                .exploiting(filling, budget: budget, spread: .even), in: observation.skills)
        }
        let amounts = Apportionment.even(budget, over: growing.count)
        let wishes = zip(growing, amounts).map { TreeWish(skill: $0, amount: $1, kind: .explore(count)) }
        return TreePlan.action(wishes, in: observation.skills)
    }
}
