/// The result of one cell: what a run cost and how its student fared.
///
/// Performances and shares are 0 to 1.
public struct RunRecord: Sendable, Equatable {
    /// One point of the learning curve.
    public struct CurvePoint: Sendable, Equatable {
        /// The iteration; 0 for the untrained student.
        public var iteration: Int
        /// How many data the student had been trained on until then.
        public var trainingData: Int
        /// Performance on the validation split.
        public var validation: Double?
        /// Performance on the test split.
        public var test: Double?
        /// The change of validation performance; `nil` at iteration 0.
        public var reward: Double?

        /// A point.
        public init(
            iteration: Int, trainingData: Int, validation: Double?, test: Double?, reward: Double?
        ) {
            self.iteration = iteration
            self.trainingData = trainingData
            self.validation = validation
            self.test = test
            self.reward = reward
        }
    }

    /// What one skill gained.
    public struct SkillGain: Sendable, Equatable {
        /// The skill.
        public var name: String
        /// How many test instances have it.
        public var count: Int
        /// The share of the validation instances that have it.
        public var frequency: Double
        /// How many data the agent spent on it.
        public var trainingData: Int
        /// Test performance at iteration 0.
        public var first: Double?
        /// Test performance at the end.
        public var last: Double?

        /// A skill's gain.
        public init(
            name: String, count: Int, frequency: Double, trainingData: Int, first: Double?, last: Double?
        ) {
            self.name = name
            self.count = count
            self.frequency = frequency
            self.trainingData = trainingData
            self.first = first
            self.last = last
        }
    }

    /// The skill tree as it was after an iteration.
    public struct Tree: Sendable, Equatable {
        /// A skill, a child of the root.
        public struct Skill: Sendable, Equatable {
            /// The skill.
            public var name: String
            /// Its subskills, in the order in which they were added.
            public var subskills: [Subskill]

            /// A skill.
            public init(name: String, subskills: [Subskill]) {
                self.name = name
                self.subskills = subskills
            }
        }

        /// A subskill, a leaf.
        public struct Subskill: Sendable, Equatable {
            /// The subskill.
            public var name: String
            /// How many data are made for it in each iteration.
            public var dataAllocation: Int
            /// How many data have been made for it until then.
            public var trainingData: Int

            /// A subskill.
            public init(name: String, dataAllocation: Int, trainingData: Int) {
                self.name = name
                self.dataAllocation = dataAllocation
                self.trainingData = trainingData
            }
        }

        /// The iteration.
        public var iteration: Int
        /// The skills.
        public var skills: [Skill]

        /// A tree.
        public init(iteration: Int, skills: [Skill]) {
            self.iteration = iteration
            self.skills = skills
        }
    }

    /// The cell's key.
    public var key: String
    /// The task's name.
    public var task: String
    /// The environment.
    public var environment: ExperimentCell.Environment
    /// The agent's name.
    public var agent: String
    /// Where the skills came from.
    public var skills: ExperimentCell.SkillSource
    /// The seed.
    public var seed: Int
    /// The session in which it ran.
    public var session: String
    /// How many iterations were planned.
    public var iterations: Int
    /// How many training data an iteration could bring.
    public var budget: Int
    /// How long the run took.
    public var seconds: Double
    /// The learning curve from iteration 0.
    public var curve: [CurvePoint]
    /// What each skill gained; empty where there are no skills.
    public var skillGains: [SkillGain]
    /// The skill tree after each iteration; empty in the other environments.
    public var trees: [Tree]

    /// A cell's result.
    public init(
        cell: ExperimentCell, session: String, seconds: Double, curve: [CurvePoint],
        skillGains: [SkillGain] = [], trees: [Tree] = []
    ) {
        key = cell.key
        task = cell.task
        environment = cell.environment
        agent = cell.agent
        skills = cell.skills
        seed = cell.seed
        iterations = cell.iterations
        budget = cell.budget
        self.session = session
        self.seconds = seconds
        self.curve = curve
        self.skillGains = skillGains
        self.trees = trees
    }
}
