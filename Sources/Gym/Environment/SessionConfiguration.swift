/// What a session was created with; nothing in it changes afterwards.
public struct SessionConfiguration: Sendable, Equatable, Codable {
    /// The task's name.
    public let task: String
    /// The environment.
    public let environment: EnvironmentKind
    /// The student's name.
    public let student: String
    /// The teacher's name; `nil` when the agent sends its own data only.
    public let teacher: String?
    /// The only source of randomness of the session.
    public let seed: UInt64
    /// When the session ends.
    public let limits: SessionLimits
    /// How the student is trained.
    public let training: TrainingSettings
    /// The owner's name for it; may be empty.
    public let name: String
    /// The owner's labels.
    public let labels: [String: String]

    /// A configuration from its parts.
    public init(
        task: String, environment: EnvironmentKind, student: String, teacher: String?, seed: UInt64,
        limits: SessionLimits, training: TrainingSettings, name: String, labels: [String: String]
    ) {
        self.task = task
        self.environment = environment
        self.student = student
        self.teacher = teacher
        self.seed = seed
        self.limits = limits
        self.training = training
        self.name = name
        self.labels = labels
    }
}

/// When a session ends.
public struct SessionLimits: Sendable, Equatable, Codable {
    /// Iterations after iteration 0, 1 to `maximumIterations`.
    public let iterations: Int
    /// Training data in all, 1 to `maximumTrainingData`.
    public let trainingData: Int

    /// The most iterations a session can ask for.
    public static let maximumIterations = 1000
    /// The most training data a session can ask for.
    public static let maximumTrainingData = 100_000

    /// Limits from their parts.
    public init(iterations: Int, trainingData: Int) {
        self.iterations = iterations
        self.trainingData = trainingData
    }
}
