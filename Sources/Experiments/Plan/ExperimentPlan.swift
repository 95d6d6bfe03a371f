/// A comparison of agents: which of them run, where, how long and with which seeds.
///
/// Every agent gets the same budget and the same seeds, so that runs can be compared in pairs.
public struct ExperimentPlan: Sendable, Equatable {
    /// Agents that are compared with each other in one environment.
    public struct Arm: Sendable, Equatable {
        /// The environment.
        public var environment: ExperimentCell.Environment
        /// The agents, in the order of the report; at least one.
        public var agents: [String]
        /// The agent that the others are compared with; one of `agents`.
        public var baseline: String?
        /// Where the skills come from, in the order of the report; at least one.
        public var skills: [ExperimentCell.SkillSource]
        /// What else the arm sets.
        public var options: ExperimentOptions

        /// An arm.
        public init(
            environment: ExperimentCell.Environment, agents: [String], baseline: String? = nil,
            skills: [ExperimentCell.SkillSource] = [.gold], options: ExperimentOptions = ExperimentOptions()
        ) {
            self.environment = environment
            self.agents = agents
            self.baseline = baseline
            self.skills = skills
            self.options = options
        }
    }

    /// The experiment's name, of lower-case letters, digits and `-`.
    public var name: String
    /// The tasks, in the order of the report.
    public var tasks: [String]
    /// How many iterations each run has, 1 to 1,000.
    public var iterations: Int
    /// How many training data each iteration may bring, 1 to 10,000.
    public var budget: Int
    /// The seeds, in the order of the runs.
    public var seeds: [Int]
    /// What is compared.
    public var arms: [Arm]

    /// The most seeds of a plan.
    public static let mostSeeds = 100
    /// The most cells of a plan.
    public static let mostCells = 5_000

    /// A plan. Only one that `PlanReader` read is known to keep the bounds.
    public init(
        name: String, tasks: [String], iterations: Int, budget: Int, seeds: [Int], arms: [Arm]
    ) {
        self.name = name
        self.tasks = tasks
        self.iterations = iterations
        self.budget = budget
        self.seeds = seeds
        self.arms = arms
    }

    /// All runs in their fixed order: by task, arm, skills, agent, then seed.
    public var cells: [ExperimentCell] {
        tasks.flatMap { task in arms.flatMap { cells(of: $0, task: task) } }
    }

    /// The runs of one arm on one task, by skills, agent, then seed.
    public func cells(of arm: Arm, task: String) -> [ExperimentCell] {
        arm.skills.flatMap { skills in
            arm.agents.flatMap { agent in cells(of: arm, task: task, skills: skills, agent: agent) }
        }
    }

    /// The runs that differ in their seed only.
    func cells(
        of arm: Arm, task: String, skills: ExperimentCell.SkillSource, agent: String
    ) -> [ExperimentCell] {
        seeds.map { seed in
            ExperimentCell(
                task: task, environment: arm.environment, agent: agent, skills: skills, seed: seed,
                iterations: iterations, budget: budget, options: arm.options)
        }
    }
}
