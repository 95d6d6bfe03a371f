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
    /// The session and iteration that it was forked from, if it was.
    public let fork: ForkOrigin?
    /// Where it stands.
    public var state: SessionState
    /// When it was created, in milliseconds since 1970.
    public let createdAt: Int64
    /// When its state last changed, in milliseconds since 1970.
    public var updatedAt: Int64

    /// A record from its parts.
    public init(
        id: String, owner: String, configuration: SessionConfiguration, taskFingerprint: String,
        fork: ForkOrigin? = nil, state: SessionState, createdAt: Int64, updatedAt: Int64
    ) {
        self.id = id
        self.owner = owner
        self.configuration = configuration
        self.taskFingerprint = taskFingerprint
        self.fork = fork
        self.state = state
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What a session was forked from. The original may have been removed since.
public struct ForkOrigin: Sendable, Equatable {
    /// The id of the session.
    public let session: String
    /// The number of its iteration that the fork goes on from.
    public let iteration: Int

    /// An origin from its parts.
    public init(session: String, iteration: Int) {
        self.session = session
        self.iteration = iteration
    }
}

/// A stored iteration: what was asked, and each phase's result as far as there is one.
public struct IterationRecord: Sendable {
    /// Its number; 0 is the untrained student's evaluation.
    public let number: Int
    /// Where it stands.
    public let phase: IterationPhase
    /// `nil` in iteration 0.
    public let actionKind: ActionKind?
    /// The plan, if the action was one.
    public let plan: [DataSpec]?
    /// The moves, if the action was some.
    public let moves: [SkillMove]?
    /// The trees of a `skill_tree` session after it, as far as its phases have come.
    public let forest: SkillForest?
    /// What the checks found out about its data.
    public let quality: QualityReport?
    /// The change of validation performance on each skill.
    public let skillRewards: [SkillReward]?
    /// What it cost in tokens of the teacher's model.
    public let teacherTokens: Int
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
    /// How the student did on validation; `nil` if the iteration only made data.
    public let validationReport: PerformanceReport?
    /// How the student did on test, where it was evaluated on it; for the owner only.
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
    /// What the checks found; `nil` before they are made.
    public let findings: [QualityFinding]?
    /// Why it is not trained on, if it is not.
    public let rejection: QualityFinding?
}

/// A stored result with its position in the split.
public struct StoredResult: Sendable {
    /// The position of the instance in its split, from 0.
    public let position: Int
    /// The student's response and the judgement.
    public let result: InstanceResult
}
