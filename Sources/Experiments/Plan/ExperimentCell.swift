/// One run of an experiment: one agent, with one seed, in one environment of one task.
///
/// A cell holds everything that makes its run differ from others, so two equal cells ask for the same run.
public struct ExperimentCell: Sendable, Hashable {
    /// The environments that can be compared (DataEnvGym, section 3).
    public enum Environment: String, Sendable, Hashable, CaseIterable {
        /// The state is every validation example with the student's response.
        case openEnded = "open_ended"
        /// The state is the performance on each skill.
        case skillList = "skill_list"
        /// The state is a tree of skills and subskills that the agent lets grow.
        case skillTree = "skill_tree"
    }

    /// Where the environment's skills come from.
    public enum SkillSource: String, Sendable, Hashable, CaseIterable {
        /// The task's own skills.
        case gold
        /// Skills found by discovery.
        case discovered
        /// The task's own skills dealt out at random: a control.
        case shuffled
    }

    /// The task's name.
    public let task: String
    /// The environment.
    public let environment: Environment
    /// The agent's name.
    public let agent: String
    /// Where the skills come from.
    public let skills: SkillSource
    /// The only source of the run's randomness; at least 0.
    public let seed: Int
    /// How many iterations the run has, at least 1.
    public let iterations: Int
    /// How many training data an iteration may bring, at least 1.
    public let budget: Int
    /// What the arm sets beyond that.
    public let options: ExperimentOptions

    /// A cell.
    public init(
        task: String, environment: Environment, agent: String, skills: SkillSource = .gold, seed: Int,
        iterations: Int, budget: Int, options: ExperimentOptions = ExperimentOptions()
    ) {
        self.task = task
        self.environment = environment
        self.agent = agent
        self.skills = skills
        self.seed = seed
        self.iterations = iterations
        self.budget = budget
        self.options = options
    }

    /// A text that names the cell, the same in every run and version:
    /// `math-pocket/skill_tree/random_tree/gold/10x100/seed-3`, then the options where there are any.
    ///
    /// Size and options are part of it, so that a log is never mistaken for that of a plan changed since.
    public var key: String {
        let size = "\(iterations)x\(budget)"
        var parts = [task, environment.rawValue, agent, skills.rawValue, size, "seed-\(seed)"]
        if !options.isEmpty { parts.append(options.text) }
        return parts.joined(separator: "/")
    }
}

/// What an arm of an experiment may set besides its environment and agents; `nil` leaves the choice to the service.
public struct ExperimentOptions: Sendable, Hashable {
    /// What each iteration's training starts from.
    public enum Start: String, Sendable, Hashable, CaseIterable {
        /// The untrained student.
        case base
        /// The student as the last iteration left it.
        case `continue`
    }

    /// Who proposes subskills.
    public var proposals: String?
    /// The quality of the data that the teacher makes.
    public var quality: String?
    /// What each training starts from.
    public var start: Start?
    /// Optimiser steps of a training, at least 1.
    public var steps: Int?
    /// So many iterations share one training, at least 1.
    public var iterationsPerTraining: Int?

    /// No option set.
    public init() {}

    /// Whether nothing is set.
    public var isEmpty: Bool { self == ExperimentOptions() }

    /// What is set, in a fixed order: `proposals=teacher,steps=60`. Empty when nothing is.
    public var text: String {
        var parts: [String] = []
        if let proposals { parts.append("proposals=\(proposals)") }
        if let quality { parts.append("quality=\(quality)") }
        if let start { parts.append("start=\(start.rawValue)") }
        if let steps { parts.append("steps=\(steps)") }
        if let iterationsPerTraining { parts.append("iterations_per_training=\(iterationsPerTraining)") }
        return parts.joined(separator: ",")
    }
}
