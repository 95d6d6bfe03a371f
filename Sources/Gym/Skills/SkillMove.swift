/// What an agent does to one skill's tree in one iteration.
public enum SkillAction: Sendable, Equatable, Codable {
    /// Grows the tree by new subskills.
    case explore(Exploration)
    /// Changes the allocations of subskills that are there.
    case exploit([AllocationChange])
}

/// How a tree is to grow.
public struct Exploration: Sendable, Equatable, Codable {
    /// How many subskills to add, at least 1.
    public let count: Int
    /// The allocation of each of them, at least 1.
    public let allocation: Int
    /// The new subskills if the client supplies them, `count` of them; `nil` leaves them to the session's proposals.
    public let subskills: [SuppliedSubskill]?

    /// An exploration from its parts.
    public init(count: Int, allocation: Int, subskills: [SuppliedSubskill]? = nil) {
        self.count = count
        self.allocation = allocation
        self.subskills = subskills
    }
}

/// A subskill that a client supplies.
public struct SuppliedSubskill: Sendable, Equatable, Codable {
    /// Its name, unique within the tree.
    public let name: String
    /// What it is about, in words for the teacher.
    public let hint: String?

    /// A subskill from its parts.
    public init(name: String, hint: String? = nil) {
        self.name = name
        self.hint = hint
    }
}

/// The change of one subskill's allocation.
public struct AllocationChange: Sendable, Equatable, Codable {
    /// The subskill's name.
    public let subskill: String
    /// What is added to its allocation; may be negative, as far as the allocation reaches.
    public let delta: Int

    /// A change from its parts.
    public init(subskill: String, delta: Int) {
        self.subskill = subskill
        self.delta = delta
    }
}

/// One skill's part of a `skill_tree` action.
public struct SkillMove: Sendable, Equatable, Codable {
    /// The skill's name.
    public let skill: String
    /// What is done to its tree.
    public let action: SkillAction

    /// A move from its parts.
    public init(skill: String, action: SkillAction) {
        self.skill = skill
        self.action = action
    }
}

/// Why a move cannot be made.
public struct SkillMoveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The members on the way from the action's `actions` object to what is wrong, for example
    /// `["geometry", "data_allocation_delta", "angles"]`.
    public let path: [String]
    /// What is wrong and what to do, in a sentence.
    public let description: String

    /// An error from its parts.
    public init(path: [String], description: String) {
        self.path = path
        self.description = description
    }
}
