/// A new subskill for a skill's tree.
public struct SubskillProposal: Sendable, Equatable {
    /// Its name, unique within the tree.
    public let name: String
    /// What the engine is to make for it.
    public let kind: DataSpec.Kind

    /// A proposal from its parts.
    public init(name: String, kind: DataSpec.Kind) {
        self.name = name
        self.kind = kind
    }
}

/// The answer to a `SubskillRequest`.
public struct SubskillProposals: Sendable, Equatable {
    /// The new subskills, at most as many as asked for; fewer when there are no more.
    public let items: [SubskillProposal]
    /// Whether there are none beyond these.
    public let isLast: Bool
    /// What they cost, in tokens of the teacher's model; 0 for one that needs none.
    public let tokens: Int

    /// An answer from its parts.
    public init(items: [SubskillProposal], isLast: Bool, tokens: Int = 0) {
        self.items = items
        self.isLast = isLast
        self.tokens = tokens
    }
}

/// What a teacher is asked for when a tree is to grow.
public struct SubskillRequest: Sendable {
    /// The task whose student is taught.
    public let task: BenchmarkTask
    /// The skill whose tree is to grow.
    public let skill: TaskSkill
    /// Train instances of the skill.
    public let instances: [TaskInstance]
    /// The names of the subskills that are there.
    public let existing: [String]
    /// How many new ones are wanted, at least 1.
    public let count: Int
    /// The only source of randomness.
    public let seed: UInt64
    /// How many tokens of the teacher's model may be used; `nil` sets no limit.
    public let tokenAllowance: Int?

    /// A request from its parts.
    public init(
        task: BenchmarkTask, skill: TaskSkill, instances: [TaskInstance], existing: [String], count: Int,
        seed: UInt64, tokenAllowance: Int? = nil
    ) {
        self.task = task
        self.skill = skill
        self.instances = instances
        self.existing = existing
        self.count = count
        self.seed = seed
        self.tokenAllowance = tokenAllowance
    }
}

/// Where the new subskills of an exploration come from, unless the client supplies them.
public enum ProposalSource: String, Sendable, CaseIterable, Codable {
    /// The teacher proposes them.
    case teacher
    /// The task's own list of the skill's subskills, in its order.
    case fixed
}
