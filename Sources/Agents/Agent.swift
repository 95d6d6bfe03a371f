import Gym

/// A policy: looks at the state and decides what training data is made next.
///
/// A value with a state of its own. Given the same seed and the same observations it acts the same.
public protocol Agent: Sendable {
    /// The name by which users choose it, such as `error_conditioned`.
    var name: String { get }

    /// What to do in the next iteration.
    /// - Parameters:
    ///   - observation: the state after the last iteration.
    ///   - budget: how many data the action may bring, at least 1.
    /// - Returns: an action that brings `budget` data, or fewer where the policy has no more to ask for; never more, and at
    ///   least 1 if the environment has anything to act on. In `skill_tree` what the named trees lack from earlier counts.
    mutating func act(observation: Observation, budget: Int) -> Action
}
