/// The four kinds of benchmark task.
public enum Domain: String, Sendable, CaseIterable {
    /// Problems with a final mathematical answer.
    case math
    /// Programs judged by tests.
    case code
    /// Visual question answering.
    case vqa
    /// Plans over a set of tools.
    case toolUse = "tool_use"
}

/// The parts of a benchmark task.
public enum SplitName: String, Sendable, CaseIterable, Codable {
    /// Instances that an agent may train on.
    case train
    /// Instances whose results are the agent's feedback.
    case validation
    /// Instances whose results an agent never sees; for the session's owner only.
    case test
}
