/// What an agent does in one iteration.
public enum Action: Sendable, Equatable {
    /// Training data that the agent made itself; not empty.
    case data([TrainingDatum])
    /// A plan for the session's teacher; not empty, every count at least 1.
    case plan([DataSpec])
    /// What is done to the trees of a `skill_tree` session; not empty, one move for a skill.
    case skillTree([SkillMove])

    /// Its kind.
    public var kind: ActionKind {
        switch self {
        case .data: .data
        case .plan: .plan
        case .skillTree: .skillTree
        }
    }

    /// How many data the action brings; that of moves depends on the trees (`SkillForest.requestedCount`).
    ///
    /// - Parameter forest: the state of a `skill_tree` session.
    public func requestedCount(_ forest: SkillForest?) -> Int {
        switch self {
        case .data(let data): data.count
        case .plan(let specs): specs.reduce(0) { $0 + $1.count }
        case .skillTree(let moves): forest?.requestedCount(moves) ?? 0
        }
    }
}

/// The kinds of action, as the API and the store name them.
public enum ActionKind: String, Sendable, CaseIterable {
    /// The agent's own data.
    case data
    /// A plan for the teacher.
    case plan
    /// Growing and rebalancing skill trees.
    case skillTree = "skill_tree"

    /// Whether the teacher has to make the data.
    public var needsTeacher: Bool { self != .data }
}
