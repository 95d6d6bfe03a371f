import JSON

// What the environment shows: observations, feedback, the report.

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
    /// The validation instances with the student's responses.
    public let examples: [Example]

    /// An observation from its parts.
    public init(
        environment: String, iteration: Int, status: String?, performance: Double?, examples: [Example]
    ) {
        self.environment = environment
        self.iteration = iteration
        self.status = status
        self.performance = performance
        self.examples = examples
    }

    init?(_ object: inout ObjectReader) {
        let iteration = object.integer("iteration", in: 0...Int.max)
        let examples = object.optionalList("examples", Example.init)
        guard let iteration else { return nil }
        self.init(
            environment: object.string("environment", default: ""), iteration: iteration,
            status: object.optionalString("status"), performance: object.optionalDouble("performance"),
            examples: examples ?? [])
    }
}

/// How far a running iteration has come.
public struct IterationProgress: Sendable, Equatable {
    /// `queued`, `generating`, `checking`, `training` or `evaluating`.
    public let phase: String
    /// The phase's share that is done, 0 to 1.
    public let fraction: Double
    /// The same in words, such as `step 24 of 60`; may be empty.
    public let detail: String

    /// Progress from its parts.
    public init(phase: String, fraction: Double, detail: String) {
        self.phase = phase
        self.fraction = fraction
        self.detail = detail
    }

    init?(_ object: inout ObjectReader) {
        guard let phase = object.string("phase") else { return nil }
        let fraction = object.double("fraction", default: 0)
        self.init(
            phase: phase, fraction: min(max(fraction, 0), 1), detail: object.string("detail", default: ""))
    }
}

/// What became of an iteration.
public struct Feedback: Sendable {
    /// Why an iteration failed.
    public struct Failure: Sendable, Equatable {
        /// What failed.
        public let title: String
        /// Why.
        public let detail: String
    }

    /// How many data an iteration brought.
    public struct Data: Sendable, Equatable {
        /// Sent by the agent or made for it.
        public let received: Int
        /// Trained on.
        public let accepted: Int
        /// Refused by the quality check.
        public let rejected: Int
        /// Trained on in all iterations so far.
        public let accumulated: Int
    }

    /// The iteration's number.
    public let iteration: Int
    /// `queued`, `generating`, `checking`, `training`, `evaluating`, `succeeded`, `failed` or `cancelled`.
    public let status: String
    /// How far it has come, while it runs.
    public let progress: IterationProgress?
    /// The change of validation performance; `nil` for iteration 0 and before the end.
    public let reward: Double?
    /// The validation performance, 0 to 1, once it is known.
    public let performance: Double?
    /// How many data there were, once it has succeeded.
    public let data: Data?
    /// The last training loss, if the student tells.
    public let loss: Double?
    /// The seconds of each phase, by the API's names (`training_s`); phases that did not happen are left out.
    public let timing: [String: Double]
    /// Why it failed, if it did.
    public let failure: Failure?

    /// Whether the iteration has ended, well or not.
    public var isOver: Bool { ["succeeded", "failed", "cancelled"].contains(status) }

    init?(_ object: inout ObjectReader) {
        let iteration = object.integer("iteration", in: 0...Int.max)
        let status = object.string("status")
        progress = object.optionalTolerant("progress", IterationProgress.init)
        reward = object.optionalDouble("reward")
        let reports = object.optionalList("reports") { report -> (split: String, value: Double)? in
            guard let value = report.double("value") else { return nil }
            return (report.string("split", default: "validation"), value)
        }
        performance = reports?.first { $0.split == "validation" }?.value
        data = object.optionalTolerant("data", Data.init)
        loss = object.optionalDouble("loss")
        let seconds = object.optionalMap("timing") { reader -> Double?? in
            reader.value.isNull ? .some(nil) : reader.double()
        }
        timing = Dictionary(
            (seconds ?? []).compactMap { phase in phase.value.map { (phase.key, $0) } },
            uniquingKeysWith: { $1 })
        failure = object.optionalTolerant("error") { error in
            Failure(title: error.string("title", default: ""), detail: error.string("detail", default: ""))
        }
        guard let iteration, let status else { return nil }
        self.iteration = iteration
        self.status = status
    }
}

extension Feedback.Data {
    init?(_ object: inout ObjectReader) {
        received = object.integer("received", in: 0...Int.max, default: 0)
        accepted = object.integer("accepted", in: 0...Int.max, default: 0)
        rejected = object.integer("rejected", in: 0...Int.max, default: 0)
        accumulated = object.integer("accumulated", in: 0...Int.max, default: 0)
    }
}

/// A session's result.
public struct SessionReport: Sendable {
    /// One point of the learning curve. Performances are 0 to 1.
    public struct Point: Sendable, Equatable {
        /// The iteration; 0 for the untrained student.
        public let iteration: Int
        /// How many data the student had been trained on.
        public let trainingData: Int
        /// Performance on the validation split.
        public let validation: Double?
        /// Performance on the test split, which only the session's owner sees.
        public let test: Double?
        /// The change of validation performance.
        public let reward: Double?
    }

    /// The session's id.
    public let session: String
    /// The learning curve, from iteration 0.
    public let curve: [Point]
    /// The whole report as the service gave it, with what this version does not know.
    public let json: JSONValue

    init?(_ object: inout ObjectReader) {
        let session = object.string("session")
        let curve = object.list("curve") { point -> Point? in
            guard let iteration = point.integer("iteration", in: 0...Int.max) else { return nil }
            return Point(
                iteration: iteration, trainingData: point.integer("training_data", default: 0),
                validation: point.optionalDouble("validation"), test: point.optionalDouble("test"),
                reward: point.optionalDouble("reward"))
        }
        guard let session, let curve else { return nil }
        self.session = session
        self.curve = curve
        json = .object(object.object)
    }
}
