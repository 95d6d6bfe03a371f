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
    /// Shares the budget by the skills' weakness (`WeakSkillsAgent`).
    case weakSkills = "weak_skills"
    /// Does random things to random trees (`RandomTreeAgent`).
    case randomTree = "random_tree"
    /// Grows trees and fills them in turn (`AlternateAgent`).
    case alternate
    /// Grows trees to a fixed number of subskills and fills them evenly (`FillBalancedAgent`).
    case fillBalanced = "fill_balanced"
    /// Fills trees whose reward was good, grows the others (`ThresholdAgent`).
    case threshold
    /// Remembers errors over iterations and asks for more like them (`ErrorMemoryAgent`).
    case errorMemory = "error_memory"

    /// What the policy does, in a line.
    public var summary: String {
        switch self {
        case .random: "plans data of random skills; does not look at the state"
        case .errorConditioned: "plans data like the validation instances that the student got wrong"
        case .selectRandom: "sends random examples of the train split, or of a file"
        case .weakSkills: "plans more data of the skills that the student is worse at"
        case .randomTree:
            "grows and rebalances random skill trees by random amounts; does not look at results"
        case .alternate: "grows all skill trees in odd iterations, raises all allocations in even ones"
        case .fillBalanced:
            "grows every skill tree to the same number of subskills, then fills the smallest first"
        case .errorMemory:
            "remembers what the student gets wrong, by instance or subskill, and asks for data in proportion"
        case .threshold: "raises the allocations of skills whose last reward was good, grows the other trees"
        }
    }

    /// The environments in which it can act, the one that it is made for first.
    public var environments: [EnvironmentKind] {
        switch self {
        case .random, .errorConditioned: [.openEnded, .skillList]
        case .errorMemory: [.openEnded, .skillList, .skillTree]
        case .selectRandom: [.openEnded]
        case .weakSkills: [.skillList]
        case .randomTree, .alternate, .fillBalanced, .threshold: [.skillTree]
        }
    }

    /// Whether the state makes a difference to it: what the student gets wrong, its performances and rewards, or how the
    /// trees have grown. The others are the baselines.
    public var usesState: Bool {
        switch self {
        case .random, .selectRandom, .randomTree: false
        case .errorConditioned, .weakSkills, .alternate, .fillBalanced, .threshold, .errorMemory: true
        }
    }

    /// The agent, with what it needs to know from the service.
    /// - Parameters:
    ///   - task: the task's name.
    ///   - environment: the session's environment.
    ///   - seed: the only source of its randomness.
    ///   - data: for `selectRandom`, examples to use in place of the train split.
    ///   - api: the service.
    /// - Throws: `wrongEnvironment` before any call when it cannot act there, `api` with what a call throws, and
    ///   `nothingToSelect` when there is no example.
    public func make(
        task: String, environment: EnvironmentKind, seed: UInt64, data: [TrainingDatum]? = nil, api: GymAPI
    ) async throws(BuiltInAgentError) -> any Agent {
        guard environments.contains(environment) else {
            throw .wrongEnvironment(agent: self, environment: environment)
        }
        switch self {
        case .random: return RandomAgent(skills: try await skills(of: task, environment, api), seed: seed)
        case .errorConditioned: return ErrorConditionedAgent(seed: seed)
        case .selectRandom:
            let pool = try await pool(data, task: task, api)
            guard let agent = SelectRandomAgent(pool: pool, seed: seed) else {
                throw .nothingToSelect(task: task)
            }
            return agent
        case .weakSkills: return WeakSkillsAgent()
        case .randomTree: return RandomTreeAgent(seed: seed)
        case .alternate: return AlternateAgent()
        case .fillBalanced: return FillBalancedAgent()
        case .threshold: return ThresholdAgent()
        case .errorMemory: return ErrorMemoryAgent(seed: seed)
        }
    }

    /// The task's own skills; an environment with skills names them itself.
    private func skills(
        of task: String, _ environment: EnvironmentKind, _ api: GymAPI
    ) async throws(BuiltInAgentError) -> [String] {
        guard !environment.hasSkills else { return [] }
        do throws(GymAPIError) {
            return try await api.task(task).skills.map(\.name)
        } catch {
            throw .api(error)
        }
    }

    private func pool(
        _ data: [TrainingDatum]?, task: String, _ api: GymAPI
    ) async throws(BuiltInAgentError) -> [TrainingDatum] {
        if let data { return data }
        do throws(GymAPIError) {
            return try await api.allInstances(of: task).compactMap(\.datum)
        } catch {
            throw .api(error)
        }
    }
}

/// Why a built-in agent could not be made.
public enum BuiltInAgentError: Error, Sendable, CustomStringConvertible {
    /// It cannot act in that environment.
    case wrongEnvironment(agent: BuiltInAgent, environment: EnvironmentKind)
    /// The task has no train instance with a response.
    case nothingToSelect(task: String)
    /// A call of the API failed.
    case api(GymAPIError)

    /// What is wrong and what to do, in one line.
    public var description: String {
        switch self {
        case .wrongEnvironment(let agent, let environment):
            let allowed = agent.environments.map(\.rawValue).joined(separator: " or ")
            let others = BuiltInAgent.allCases.filter { $0.environments.contains(environment) }
            let names = others.map(\.rawValue).joined(separator: ", ")
            return "the agent \(agent.rawValue) acts in \(allowed), not in \(environment.rawValue); "
                + "agents for \(environment.rawValue): \(names)"
        case .nothingToSelect(let task):
            return "task \(task) has no train instance with a response to select"
        case .api(let error):
            return "\(error)"
        }
    }
}
