import Gym

/// This project's own policy, for every environment: remembers what the student gets wrong over the iterations, at the finest grain
/// that the environment shows, and shares the budget in proportion to these memories.
///
/// A memory is the exponentially weighted share of answers that were wrong; the latest evaluation counts half. In `open_ended` and
/// `skill_list` each validation instance has one, in `skill_tree` each subskill (`TreeMemory`). Why that beats a policy that looks at the last
/// evaluation alone, such as `error_conditioned` or `weak_skills`:
/// - one evaluation is one noisy answer to each instance; a memory averages several;
/// - what has just been learnt keeps part of its weight for another iteration, so that it is practised until it holds;
/// - nothing is set aside for what was right: what is forgotten comes back by itself.
public struct ErrorMemoryAgent: Agent {
    /// The policy's name.
    public let name = "error_memory"
    private var generator: SeededGenerator
    private var instances: [String: Double] = [:]
    private var trees = TreeMemory()

    /// How much of a memory stays at each evaluation.
    static let persistence = 0.5
    /// An instance whose memory is below this asks for nothing: it was right at least twice in a row.
    private static let forgotten = 0.2

    /// An agent whose choices depend on the seed where memories are equal.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, purpose: "agent error_memory")
    }

    /// A plan that names instances by `like`, or moves for the trees.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        observation.environment == EnvironmentKind.skillTree.rawValue
            ? trees.act(on: observation.skills, budget: budget) : plan(observation.examples, budget: budget)
    }

    private mutating func plan(_ examples: [Example], budget: Int) -> Action {
        let examples = generator.shuffled(examples)
        for example in examples {
            let wrong = example.isCorrect ? 0.0 : 1.0
            let before = instances[example.id] ?? wrong
            instances[example.id] = Self.persistence * before + (1 - Self.persistence) * wrong
        }
        let weights = examples.map { example in
            instances[example.id].map { $0 > Self.forgotten ? $0 : 0 } ?? 0
        }
        let counts = Apportionment.proportional(budget, to: weights)
        let specs = zip(examples, counts).filter { $0.1 > 0 }.map { example, count in
            DataSpec(kind: .like([example.id]), count: count)
        }
        guard !specs.isEmpty else {
            return .plan([DataSpec(kind: .instruction("problems of this task"), count: budget)])
        }
        return .plan(specs)
    }
}
