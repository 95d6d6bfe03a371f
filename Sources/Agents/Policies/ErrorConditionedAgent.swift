import Gym

/// Asks for data like the validation instances that the student got wrong.
///
/// It looks at no skill labels, in `skill_list` neither: what the instances have in common is for the teacher to find. A tenth of the budget goes
/// to instances that the student got right, so that it does not forget them. When nothing is wrong, the whole budget
/// is spread over all instances.
public struct ErrorConditionedAgent: Agent {
    /// The policy's name.
    public let name = "error_conditioned"
    private var generator: SeededGenerator

    /// The share of the budget for instances that were right: one part in so many.
    private static let partsForRight = 10

    /// An agent whose choices depend on the seed.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, purpose: "agent error_conditioned")
    }

    /// A plan that names instances by `like`.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let wrong = observation.examples.filter { !$0.isCorrect }.map(\.id)
        let right = observation.examples.filter(\.isCorrect).map(\.id)
        guard !wrong.isEmpty || !right.isEmpty else {
            return .plan([DataSpec(kind: .instruction("problems of this task"), count: budget)])
        }
        guard !wrong.isEmpty else { return .plan(specs(like: right, count: budget)) }
        let forRight = right.isEmpty ? 0 : budget / Self.partsForRight
        return .plan(specs(like: wrong, count: budget - forRight) + specs(like: right, count: forRight))
    }

    /// Spreads a count as evenly as it goes over a random sample of the instances.
    private mutating func specs(like ids: [String], count: Int) -> [DataSpec] {
        guard count > 0 else { return [] }
        let sample = generator.shuffled(ids).prefix(count)
        let (each, rest) = count.quotientAndRemainder(dividingBy: sample.count)
        return sample.enumerated().map { place, id in
            DataSpec(kind: .like([id]), count: each + (place < rest ? 1 : 0))
        }
    }
}
