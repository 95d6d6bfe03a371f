/// One skill's tree: its subskills and what came of earlier iterations.
public struct SkillTree: Sendable, Equatable, Codable {
    /// The skill.
    public let skill: String
    /// The subskills, in the order in which they were added; names are unique.
    public private(set) var subskills: [Subskill] = []
    /// Whether the session's proposals have no more subskills for it.
    public private(set) var isExhausted = false
    /// What came of the latest iterations, oldest first; at most `historyLength`.
    public private(set) var history: [Experience] = []

    /// How many iterations a tree remembers.
    public static let historyLength = 20

    /// A tree without subskills.
    public init(skill: String) {
        self.skill = skill
    }

    /// The subskill with a name.
    public func subskill(_ name: String) -> Subskill? {
        subskills.first { $0.name == name }
    }

    func check(_ exploration: Exploration) throws(SkillMoveError) {
        let limit = SkillForest.maximumSubskills
        guard exploration.count >= 1 else {
            throw SkillMoveError(path: ["num_new_skills"], description: "must be at least 1")
        }
        guard subskills.count + exploration.count <= limit else {
            throw SkillMoveError(
                path: ["num_new_skills"],
                description: "the tree has \(subskills.count) subskills and can have \(limit) at most")
        }
        guard (1...SkillForest.maximumAllocation).contains(exploration.allocation) else {
            throw SkillMoveError(
                path: ["data_allocation_for_new_skills"],
                description: "must be between 1 and \(SkillForest.maximumAllocation)")
        }
        guard let supplied = exploration.subskills else {
            guard !isExhausted else {
                throw SkillMoveError(
                    path: ["type"],
                    description: "there are no more subskills to propose; exploit, or supply new_skills")
            }
            return
        }
        guard supplied.count == exploration.count else {
            throw SkillMoveError(
                path: ["num_new_skills"],
                description: "is \(exploration.count), but new_skills has \(supplied.count)")
        }
        var names = Set(subskills.map(\.name))
        for (place, subskill) in supplied.enumerated() {
            guard names.insert(subskill.name).inserted else {
                throw SkillMoveError(
                    path: ["new_skills", "\(place)", "name"],
                    description: "the tree would have two subskills of this name")
            }
        }
    }

    func check(_ changes: [AllocationChange]) throws(SkillMoveError) {
        var seen: Set<String> = []
        for change in changes {
            let path = ["data_allocation_delta", change.subskill]
            guard let subskill = subskill(change.subskill) else {
                let known = subskills.isEmpty ? "none" : subskills.map(\.name).joined(separator: ", ")
                throw SkillMoveError(
                    path: path, description: "the tree has no subskill of this name; there is: \(known)")
            }
            guard seen.insert(change.subskill).inserted else {
                throw SkillMoveError(path: path, description: "a subskill can have one change, not two")
            }
            let (sum, overflow) = subskill.allocation.addingReportingOverflow(change.delta)
            guard !overflow, sum >= 0 else {
                throw SkillMoveError(
                    path: path,
                    description: "would take the allocation of \(subskill.allocation) below zero")
            }
            guard sum <= SkillForest.maximumAllocation else {
                throw SkillMoveError(
                    path: path,
                    description: "would take the allocation above \(SkillForest.maximumAllocation)")
            }
        }
    }

    func requestedCount(_ action: SkillAction) -> Int {
        switch action {
        case .explore(let exploration):
            // Both factors are bounded by `check`, so the product is.
            return subskills.reduce(exploration.count * exploration.allocation) { $0 + $1.shortfall }
        case .exploit(let changes):
            var after = self
            after.change(changes)
            return after.subskills.reduce(0) { $0 + $1.shortfall }
        }
    }

    mutating func grow(_ exploration: Exploration, _ proposals: SubskillProposals) {
        var added = 0
        for proposal in proposals.items where added < exploration.count {
            guard subskill(proposal.name) == nil else { continue }
            subskills.append(
                Subskill(name: proposal.name, kind: proposal.kind, allocation: exploration.allocation))
            added += 1
        }
        if exploration.subskills == nil {
            isExhausted = proposals.isLast && added == proposals.items.count || added < exploration.count
        }
    }

    mutating func change(_ changes: [AllocationChange]) {
        for change in changes {
            guard let place = subskills.firstIndex(where: { $0.name == change.subskill }) else { continue }
            subskills[place].allocation += change.delta
        }
    }

    mutating func count(_ tally: SubskillTally, kind: (String, String) -> DataSpec.Kind) {
        let place: Int
        if let found = subskills.firstIndex(where: { $0.name == tally.subskill }) {
            place = found
        } else {
            subskills.append(
                Subskill(name: tally.subskill, kind: kind(skill, tally.subskill), allocation: 0))
            place = subskills.count - 1
        }
        subskills[place].made += tally.made
        // The client's own data are never more than its subskill is to have.
        subskills[place].allocation = max(subskills[place].allocation, subskills[place].made)
        subskills[place].accuracyBeforeTraining = Double(tally.known) / Double(tally.made)
    }

    mutating func note(_ experience: Experience) {
        history.append(experience)
        if history.count > Self.historyLength { history.removeFirst(history.count - Self.historyLength) }
    }
}

/// A node of a skill's tree.
public struct Subskill: Sendable, Equatable, Codable {
    /// Its name, unique within the tree.
    public let name: String
    /// What the engine is told to make for it.
    public let kind: DataSpec.Kind
    /// How many data it is to have in all; never below zero.
    public internal(set) var allocation: Int
    /// How many accepted data it has.
    public internal(set) var made: Int
    /// The share of its latest data whose answers the student knew before it was trained on them, 0 to 1; `nil` before it has any.
    public internal(set) var accuracyBeforeTraining: Double?

    /// A subskill without data.
    public init(name: String, kind: DataSpec.Kind, allocation: Int) {
        self.name = name
        self.kind = kind
        self.allocation = allocation
        made = 0
        accuracyBeforeTraining = nil
    }

    /// How many data it lacks.
    public var shortfall: Int { max(0, allocation - made) }
}

/// What one iteration was for a skill.
public struct Experience: Sendable, Equatable, Codable {
    /// The iteration.
    public let iteration: Int
    /// What the agent did to the skill's tree; `nil` if nothing.
    public let action: SkillAction?
    /// The skill's validation performance afterwards, 0 to 1; `nil` if nothing was evaluated.
    public let performance: Double?
    /// The change of that; `nil` if nothing was evaluated.
    public let reward: Double?

    /// An experience from its parts.
    public init(iteration: Int, action: SkillAction?, performance: Double?, reward: Double?) {
        self.iteration = iteration
        self.action = action
        self.performance = performance
        self.reward = reward
    }
}
