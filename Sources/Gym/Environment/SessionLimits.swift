/// When a session ends.
public struct SessionLimits: Sendable, Equatable, Codable {
    /// Iterations after iteration 0, 1 to `maximumIterations`.
    public let iterations: Int
    /// Training data in all, 1 to `maximumTrainingData`.
    public let trainingData: Int
    /// Tokens of the teacher's model in all, at least 1; `nil` sets no limit. Once they are spent, the teacher is not asked again, and
    /// the agent's own data are still taken.
    public let teacherTokens: Int?

    /// The most iterations a session can ask for.
    public static let maximumIterations = 1000
    /// The most training data a session can ask for.
    public static let maximumTrainingData = 100_000

    /// Limits from their parts.
    public init(iterations: Int, trainingData: Int, teacherTokens: Int? = nil) {
        self.iterations = iterations
        self.trainingData = trainingData
        self.teacherTokens = teacherTokens
    }
}
