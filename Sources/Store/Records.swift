import GRDB
import Gym

/// A stored session.
public struct SessionRecord: Sendable {
    /// Its id, a ULID.
    public let id: String
    /// Whose it is.
    public let owner: String
    /// What it was created with.
    public let configuration: SessionConfiguration
    /// The fingerprint of its task's instances when it was created.
    public let taskFingerprint: String
    /// Where it stands.
    public var state: SessionState
    /// When it was created, in milliseconds since 1970.
    public let createdAt: Int64
    /// When its state last changed, in milliseconds since 1970.
    public var updatedAt: Int64

    /// A record from its parts.
    public init(
        id: String, owner: String, configuration: SessionConfiguration, taskFingerprint: String,
        state: SessionState, createdAt: Int64, updatedAt: Int64
    ) {
        self.id = id
        self.owner = owner
        self.configuration = configuration
        self.taskFingerprint = taskFingerprint
        self.state = state
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A stored iteration: what was asked, and each phase's result as far as there is one.
public struct IterationRecord: Sendable {
    /// Its number; 0 is the untrained student's evaluation.
    public let number: Int
    /// Where it stands.
    public let phase: IterationPhase
    /// `nil` in iteration 0.
    public let actionType: ActionType?
    /// The plan, if the action was one.
    public let plan: [DataSpec]?
    /// When it was submitted, in milliseconds since 1970.
    public let submittedAt: Int64
    /// How many data came.
    public let received: Int?
    /// How many of them the student is trained on.
    public let accepted: Int?
    /// The accepted data of the session, this iteration's included.
    public let accumulated: Int?
    /// How many accepted data the student could not use.
    public let skipped: Int?
    /// The training's last loss, in nats a token.
    public let loss: Double?
    /// The name of the student's state after it.
    public let checkpoint: String?
    /// How the student did on validation.
    public let validationReport: PerformanceReport?
    /// How the student did on test; for the owner only.
    public let testReport: PerformanceReport?
    /// The change of validation performance.
    public let reward: Double?
    /// Why it failed, for people.
    public let error: String?
    /// How long each phase took.
    public let timing: IterationTiming

    /// How many of the data were refused.
    public var rejected: Int? {
        guard let received, let accepted else { return nil }
        return received - accepted
    }
}

/// The kinds of action, as stored.
public enum ActionType: String, Sendable {
    /// The agent's own data.
    case data
    /// A plan for the teacher.
    case plan
}

/// How long an iteration's phases took, in seconds; `nil` where a phase has not ended or was not needed.
public struct IterationTiming: Sendable, Equatable {
    /// Waiting for a training slot.
    public var queued: Double?
    /// The teacher's work.
    public var generating: Double?
    /// Checking the data.
    public var checking: Double?
    /// Training.
    public var training: Double?
    /// Evaluating on validation and test.
    public var evaluating: Double?

    /// No phase has ended.
    public init() {}
}

/// A datum as it was used, with its place in the session.
public struct StoredDatum: Sendable {
    /// The iteration that it came in.
    public let iteration: Int
    /// Its position among that iteration's data, from 0.
    public let position: Int
    /// The datum.
    public let datum: TrainingDatum
    /// Why it is not trained on, if it is not.
    public let rejection: RejectionReason?
}

/// A stored result with its position in the split.
public struct StoredResult: Sendable {
    /// The position of the instance in its split, from 0.
    public let position: Int
    /// The student's response and the judgement.
    public let result: InstanceResult
}
