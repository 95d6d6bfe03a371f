/// One example to train a student on.
public struct TrainingDatum: Sendable, Equatable {
    /// What the student will be asked.
    public let instruction: String
    /// What it should respond, worked steps included.
    public let response: String
    /// The skill that the datum is meant to teach, if its maker says so.
    public let skill: String?
    /// A finer label under `skill`.
    public let subskill: String?

    /// A datum from its parts.
    public init(instruction: String, response: String, skill: String? = nil, subskill: String? = nil) {
        self.instruction = instruction
        self.response = response
        self.skill = skill
        self.subskill = subskill
    }

    /// The same datum with other labels.
    public func labelled(skill: String?, subskill: String?) -> TrainingDatum {
        TrainingDatum(instruction: instruction, response: response, skill: skill, subskill: subskill)
    }
}
