import Gym
import JSON

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

    /// What the quality check found out about an iteration's data.
    public struct Quality: Sendable, Equatable {
        /// How many data were checked.
        public let checked: Int
        /// How many of them have no finding.
        public let passed: Int
        /// The share whose answers the student knew before it was trained on them, 0 to 1; `nil` without data.
        public let accuracyBeforeTraining: Double?
        /// What is wrong with how many data; a datum can have several findings.
        public let findings: [Finding]
    }

    /// How often a finding occurs.
    public struct Finding: Sendable, Equatable {
        /// What is wrong, such as `duplicate`.
        public let finding: String
        /// With how many data.
        public let count: Int
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
    /// The change of performance on each skill; empty in `open_ended`, for iteration 0 and before the end.
    public let skillRewards: [SkillReward]
    /// What the quality check found; `nil` before it is done.
    public let quality: Quality?
    /// The state after it, once it has succeeded.
    public let observation: Observation?
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
        skillRewards = (object.optionalList("skill_rewards", Self.skillReward) ?? []).compactMap { $0 }
        quality = object.optionalTolerant("quality", Quality.init)
        observation = object.optionalTolerant("observation", Observation.init)
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

extension Feedback.Quality {
    init?(_ object: inout ObjectReader) {
        checked = object.integer("checked", in: 0...Int.max, default: 0)
        passed = object.integer("passed", in: 0...Int.max, default: 0)
        accuracyBeforeTraining = object.optionalDouble("accuracy_before_training")
        findings = object.optionalList("findings", Feedback.Finding.init) ?? []
    }
}

extension Feedback.Finding {
    init?(_ object: inout ObjectReader) {
        guard let finding = object.string("finding") else { return nil }
        self.init(finding: finding, count: object.integer("count", in: 0...Int.max, default: 0))
    }
}

extension Feedback {
    /// A skill's reward; the inner `nil` is one that is not known, as after an iteration without training.
    private static func skillReward(_ object: inout ObjectReader) -> SkillReward?? {
        let reward = object.optionalDouble("reward")
        guard let skill = object.string("skill") else { return nil }
        return .some(reward.map { SkillReward(skill: skill, reward: $0) })
    }
}
