import JSON

/// One validation instance with the student's response. An open-ended environment shows no skill labels.
public struct Example: Sendable, Equatable {
    /// The instance's id; a plan's `like` may name it.
    public let id: String
    /// What was asked.
    public let instruction: String
    /// The right answer, where the environment shows it.
    public let answer: String?
    /// What the student responded.
    public let response: String
    /// Whether that is right.
    public let isCorrect: Bool

    /// An example from its parts.
    public init(id: String, instruction: String, answer: String?, response: String, isCorrect: Bool) {
        self.id = id
        self.instruction = instruction
        self.answer = answer
        self.response = response
        self.isCorrect = isCorrect
    }

    init?(_ object: inout ObjectReader) {
        let instance = object.required("instance") { reader in
            reader.tolerantObject { instance -> (id: String, instruction: String, answer: String?)? in
                guard let id = instance.string("id") else { return nil }
                let instruction = instance.string("instruction", default: "")
                return (id, instruction, instance.optionalString("answer"))
            }
        }
        let response = object.string("response", default: "")
        let isCorrect = object.bool("correct")
        guard let instance, let isCorrect else { return nil }
        self.init(
            id: instance.id, instruction: instance.instruction, answer: instance.answer, response: response,
            isCorrect: isCorrect)
    }
}

/// The state that the environment shows an agent.
public struct Observation: Sendable {
    /// The environment's kind, such as `open_ended`.
    public let environment: String
    /// The iteration after which this is the state; 0 for the untrained student.
    public let iteration: Int
    /// The session's status; `nil` in an observation that came with feedback.
    public let status: String?
    /// The student's performance on the validation split, 0 to 1; `nil` before iteration 0 is done.
    public let performance: Double?
    /// What is left of the session's limits; `nil` in an observation that came with feedback.
    public let remaining: SessionAmounts?
    /// The validation instances with the student's responses; in `skill_list` those of all skills.
    public let examples: [Example]
    /// The skills with what the environment shows of each; empty in `open_ended`.
    public let skills: [SkillView]

    /// An observation from its parts.
    public init(
        environment: String, iteration: Int, status: String?, performance: Double?,
        remaining: SessionAmounts? = nil, examples: [Example], skills: [SkillView] = []
    ) {
        self.environment = environment
        self.iteration = iteration
        self.status = status
        self.performance = performance
        self.remaining = remaining
        self.examples = examples
        self.skills = skills
    }

    init?(_ object: inout ObjectReader) {
        let iteration = object.integer("iteration", in: 0...Int.max)
        let examples = object.optionalList("examples", Example.init)
        let skills = object.optionalList("skills", SkillView.init) ?? []
        guard let iteration else { return nil }
        self.init(
            environment: object.string("environment", default: ""), iteration: iteration,
            status: object.optionalString("status"), performance: object.optionalDouble("performance"),
            remaining: object.optionalTolerant("remaining", SessionAmounts.init),
            examples: examples ?? skills.flatMap(\.examples), skills: skills)
    }
}
