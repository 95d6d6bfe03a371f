import Gym
import JSON

/// What an environment with skills shows of one of them. What its kind does not show is empty or `nil`.
public struct SkillView: Sendable, Equatable {
    /// The name by which plans and moves name it.
    public let name: String
    /// What it is, in a sentence; may be empty.
    public let description: String
    /// The student's performance on its validation instances, 0 to 1; `nil` if there are none.
    public let performance: Double?
    /// How many validation instances it has.
    public let count: Int
    /// The change of performance that the latest training caused; `nil` if there was none.
    public let reward: Double?
    /// How many data of the skill the student has been trained on so far.
    public let trainingData: Int
    /// `skill_list`: its validation instances with the student's responses.
    public let examples: [Example]
    /// `skill_tree`: whether no more subskills will be proposed for it.
    public let isExhausted: Bool
    /// `skill_tree`: its tree, in the order in which it grew.
    public let subskills: [SubskillView]
    /// `skill_tree`: what came of the latest iterations, oldest first.
    public let history: [Experience]

    /// A skill from its parts.
    public init(
        name: String, description: String = "", performance: Double? = nil, count: Int = 0,
        reward: Double? = nil, trainingData: Int = 0, examples: [Example] = [], isExhausted: Bool = false,
        subskills: [SubskillView] = [], history: [Experience] = []
    ) {
        self.name = name
        self.description = description
        self.performance = performance
        self.count = count
        self.reward = reward
        self.trainingData = trainingData
        self.examples = examples
        self.isExhausted = isExhausted
        self.subskills = subskills
        self.history = history
    }

    init?(_ object: inout ObjectReader) {
        let name = object.string("name")
        let examples = object.optionalList("examples", Example.init)
        let subskills = object.optionalList("subskills", SubskillView.init)
        let history = object.optionalList("history", Experience.read)
        guard let name else { return nil }
        self.init(
            name: name, description: object.string("description", default: ""),
            performance: object.optionalDouble("performance"),
            count: object.integer("count", in: 0...Int.max, default: 0),
            reward: object.optionalDouble("reward"),
            trainingData: object.integer("training_data", in: SubskillView.amounts, default: 0),
            examples: examples ?? [], isExhausted: object.bool("exhausted", default: false),
            subskills: subskills ?? [], history: history ?? [])
    }
}

/// A node of a skill's tree.
public struct SubskillView: Sendable, Equatable {
    /// Its name, unique within the tree.
    public let name: String
    /// How many data it is to have in all.
    public let allocation: Int
    /// How many data it has.
    public let trainingData: Int
    /// The share of its latest data whose answers the student knew before it was trained on them, 0 to 1; `nil`
    /// before it has any.
    public let accuracyBeforeTraining: Double?

    /// What an answer's amounts can be: far more than a session can have, and sums of them cannot overflow.
    static let amounts = 0...1_000_000_000

    /// A subskill from its parts.
    public init(
        name: String, allocation: Int, trainingData: Int = 0, accuracyBeforeTraining: Double? = nil
    ) {
        self.name = name
        self.allocation = allocation
        self.trainingData = trainingData
        self.accuracyBeforeTraining = accuracyBeforeTraining
    }

    init?(_ object: inout ObjectReader) {
        guard let name = object.string("name") else { return nil }
        self.init(
            name: name, allocation: object.integer("data_allocation", in: Self.amounts, default: 0),
            trainingData: object.integer("training_data", in: Self.amounts, default: 0),
            accuracyBeforeTraining: object.optionalDouble("accuracy_before_training"))
    }

    /// How many data it lacks; they are made, and count, whenever an action names its skill.
    public var shortfall: Int { max(0, allocation - trainingData) }
}

extension Experience {
    static func read(_ object: inout ObjectReader) -> Experience? {
        let iteration = object.integer("iteration", in: 0...Int.max)
        let action = object.optionalTolerant("action", SkillAction.read) ?? nil
        let performance = object.optionalDouble("performance")
        let reward = object.optionalDouble("reward")
        return iteration.map {
            Experience(iteration: $0, action: action, performance: performance, reward: reward)
        }
    }
}
