/// The kinds of environment that a session can run.
public enum EnvironmentKind: String, Sendable, CaseIterable, Codable {
    /// The state is every validation example with the student's response, right or wrong.
    case openEnded = "open_ended"

    /// What it shows and takes, in a sentence or two.
    public var summary: String {
        switch self {
        case .openEnded:
            "The state is every validation example with the student's response, right or wrong. An action is "
                + "training data, or a plan that the data-generation engine turns into data. The reward is the change "
                + "in validation performance."
        }
    }
}
