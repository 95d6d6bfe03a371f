/// What an agent does in one iteration.
public enum Action: Sendable, Equatable {
    /// Training data that the agent made itself; not empty.
    case data([TrainingDatum])
    /// A plan for the session's teacher; not empty, every count at least 1.
    case plan([DataSpec])

    /// How many data the action brings.
    public var requestedCount: Int {
        switch self {
        case .data(let data): data.count
        case .plan(let specs): specs.reduce(0) { $0 + $1.count }
        }
    }
}
