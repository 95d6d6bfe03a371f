/// A data-generation engine: turns a plan into training data. Behind every teacher stands one.
public protocol DataEngine: Sendable {
    /// The name users choose it by, for example `templates`.
    var name: String { get }
    /// What it is, in a sentence.
    var summary: String { get }

    /// Whether it can make data for a task; `nil` if it can, else the reason why not, in a sentence.
    func unsupportedReason(for task: BenchmarkTask) -> String?

    /// Checks a plan before anything is stored, so that a mistake is the client's error and not a failed iteration.
    ///
    /// - Throws: the first spec that cannot be carried out.
    func validate(_ plan: [DataSpec], for task: BenchmarkTask) throws(DataEngineError)

    /// Makes the data of a plan: `spec.count` for each spec, in the specs' order, or fewer when it can make no more.
    ///
    /// The same request gives the same data. Nothing that it makes is an instance of validation or test.
    ///
    /// - Throws: `DataEngineError`, or `CancellationError` when the surrounding task is cancelled.
    func generate(_ request: DataRequest) async throws -> GeneratedData

    /// Proposes new subskills for a skill's tree; the same request gives the same proposals.
    ///
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    func proposeSubskills(_ request: SubskillRequest) async throws -> SubskillProposals
}

/// What a data-generation engine is asked for.
public struct DataRequest: Sendable {
    /// The task whose student is taught.
    public let task: BenchmarkTask
    /// The plan: in total at most a session's training-data limit.
    public let plan: [DataSpec]
    /// The instructions of the data used in the session so far, so that nothing is made twice.
    public let usedInstructions: Set<String>
    /// The only source of randomness.
    public let seed: UInt64
    /// How many tokens of the teacher's model may be used; `nil` sets no limit.
    public let tokenAllowance: Int?

    /// A request from its parts.
    public init(
        task: BenchmarkTask, plan: [DataSpec], usedInstructions: Set<String>, seed: UInt64,
        tokenAllowance: Int? = nil
    ) {
        self.task = task
        self.plan = plan
        self.usedInstructions = usedInstructions
        self.seed = seed
        self.tokenAllowance = tokenAllowance
    }
}

/// What an engine made for a plan.
public struct GeneratedData: Sendable, Equatable {
    /// The data, in the plan's order.
    public let items: [Item]
    /// What they cost, in tokens of the teacher's model; 0 for one that needs none.
    public let tokens: Int

    /// A datum and the spec that it was made for.
    public struct Item: Sendable, Equatable {
        /// The position in the plan of the spec.
        public let spec: Int
        /// The datum.
        public let datum: TrainingDatum

        /// An item from its parts.
        public init(spec: Int, datum: TrainingDatum) {
            self.spec = spec
            self.datum = datum
        }
    }

    /// Generated data from their parts.
    public init(items: [Item], tokens: Int = 0) {
        self.items = items
        self.tokens = tokens
    }
}

/// Why an engine cannot carry out a plan.
public struct DataEngineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The position in the plan of the spec at fault; `nil` if it is the plan as a whole.
    public let specIndex: Int?
    /// The member of the spec at fault: `skill`, `subskill`, `instruction`, `like`, `like/2`, `count`.
    public let member: String?
    /// What is wrong and what to do, in a sentence.
    public let description: String

    /// An error from its parts.
    public init(specIndex: Int?, member: String?, description: String) {
        self.specIndex = specIndex
        self.member = member
        self.description = description
    }
}
