import Gym
import JSON

/// The built-in policies by name.
public enum BuiltInAgent: String, Sendable, CaseIterable {
    /// Does not look at the state (`RandomAgent`).
    case random
    /// Sees errors, no skills (`ErrorConditionedAgent`).
    case errorConditioned = "error_conditioned"
    /// Selects existing data at random (`SelectRandomAgent`).
    case selectRandom = "select_random"

    /// What the policy does, in a line.
    public var summary: String {
        switch self {
        case .random: "plans data of random skills; does not look at the state"
        case .errorConditioned: "plans data like the validation instances that the student got wrong"
        case .selectRandom: "sends random examples of the train split, or of a file"
        }
    }

    /// The agent, with what it needs to know from the service.
    /// - Parameters:
    ///   - task: the task's name.
    ///   - seed: the only source of its randomness.
    ///   - data: for `selectRandom`, examples to use in place of the train split.
    ///   - api: the service.
    /// - Throws: what the calls throw; `unexpected` when there is no example to select from.
    public func make(
        task: String, seed: UInt64, data: [TrainingDatum]? = nil, api: GymAPI
    ) async throws(GymAPIError) -> any Agent {
        switch self {
        case .random:
            return RandomAgent(skills: try await api.task(task).skills.map(\.name), seed: seed)
        case .errorConditioned:
            return ErrorConditionedAgent(seed: seed)
        case .selectRandom:
            var pool = data ?? []
            if data == nil { pool = try await api.allInstances(of: task).compactMap(\.datum) }
            guard let agent = SelectRandomAgent(pool: pool, seed: seed) else {
                throw .unexpected("task \(task) has no train instance with a response to select")
            }
            return agent
        }
    }
}
