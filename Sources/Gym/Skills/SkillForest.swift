/// The state of a `skill_tree` session: a tree of subskills for each skill.
///
/// A subskill's allocation is the number of data that it is to have in all. An action changes allocations; the engine then makes
/// what the subskills of the skills named in the action lack. Data that are made stay in the training set, as the reference
/// implementation trains on everything accumulated, so lowering an allocation only keeps later data from being made.
public struct SkillForest: Sendable, Equatable, Codable {
    /// A tree for each skill, in the order of the skill set.
    public private(set) var trees: [SkillTree]

    /// The largest allocation that a subskill can have.
    public static let maximumAllocation = SessionLimits.maximumTrainingData
    /// The most subskills that a tree can have.
    public static let maximumSubskills = 1_000

    /// Trees without subskills.
    public init(skills: [String]) {
        trees = skills.map { SkillTree(skill: $0) }
    }

    /// The tree of a skill.
    public func tree(_ skill: String) -> SkillTree? {
        trees.first { $0.skill == skill }
    }

    /// Whether moves can be made.
    ///
    /// - Throws: the first thing that is wrong: an unknown skill, two moves for one skill, an exploration of no subskill or of one
    ///   that is there, an unknown subskill, an allocation below zero.
    public func check(_ moves: [SkillMove]) throws(SkillMoveError) {
        var seen: Set<String> = []
        for move in moves {
            guard let tree = tree(move.skill) else {
                let known = trees.map(\.skill).joined(separator: ", ")
                throw SkillMoveError(
                    path: [move.skill], description: "there is no skill of this name; there is: \(known)")
            }
            guard seen.insert(move.skill).inserted else {
                throw SkillMoveError(
                    path: [move.skill], description: "a skill can have one action in an iteration, not two")
            }
            do throws(SkillMoveError) {
                switch move.action {
                case .explore(let exploration): try tree.check(exploration)
                case .exploit(let changes): try tree.check(changes)
                }
            } catch {
                throw SkillMoveError(path: [move.skill] + error.path, description: error.description)
            }
        }
    }

    /// How many data the engine will have to make for moves that `check` allows, if every subskill asked for is found.
    public func requestedCount(_ moves: [SkillMove]) -> Int {
        moves.reduce(0) { $0 + (tree($1.skill)?.requestedCount($1.action) ?? 0) }
    }

    /// Makes moves that `check` allows.
    ///
    /// - Parameters:
    ///   - moves: what the agent does.
    ///   - proposals: for each skill that is explored, the new subskills; those whose name is taken, and those beyond what was asked
    ///     for, are left out.
    public mutating func apply(_ moves: [SkillMove], proposals: [String: SubskillProposals]) {
        for move in moves {
            guard let place = trees.firstIndex(where: { $0.skill == move.skill }) else { continue }
            switch move.action {
            case .explore(let exploration):
                trees[place].grow(
                    exploration, proposals[move.skill] ?? SubskillProposals(items: [], isLast: false))
            case .exploit(let changes):
                trees[place].change(changes)
            }
        }
    }

    /// What the subskills of some skills lack: a plan with one spec for each subskill that has less than its allocation.
    public func shortfall(of skills: [String]) -> [SubskillOrder] {
        trees.filter { skills.contains($0.skill) }.flatMap { tree in
            tree.subskills.filter { $0.shortfall > 0 }.map { subskill in
                SubskillOrder(
                    skill: tree.skill, subskill: subskill.name,
                    spec: DataSpec(kind: subskill.kind, count: subskill.shortfall))
            }
        }
    }

    /// Takes account of checked data by their labels; a subskill that is not in the tree yet (the client's own data) is added.
    ///
    /// - Parameters:
    ///   - accepted: the accepted data of the iteration.
    ///   - known: for each of them whether the student knew the answer before training.
    ///   - kind: what an engine would have to make for a subskill that is added.
    public mutating func count(
        _ accepted: [TrainingDatum], known: [Bool],
        kind: (_ skill: String, _ subskill: String) -> DataSpec.Kind = {
            .skill($0, subskill: $1, hint: $1)
        }
    ) {
        var places: [[String]: Int] = [:]
        var tallies: [SubskillTally] = []
        for (datum, isKnown) in zip(accepted, known) {
            guard let skill = datum.skill, let subskill = datum.subskill else { continue }
            let place = places[[skill, subskill]] ?? tallies.count
            if place == tallies.count {
                places[[skill, subskill]] = place
                tallies.append(SubskillTally(skill: skill, subskill: subskill))
            }
            tallies[place].count(isKnown)
        }
        for tally in tallies {
            guard let place = trees.firstIndex(where: { $0.skill == tally.skill }) else { continue }
            trees[place].count(tally, kind: kind)
        }
    }

    /// Notes what came of an iteration for each skill.
    ///
    /// - Parameters:
    ///   - iteration: the iteration's number.
    ///   - moves: what the agent did; empty when it sent data.
    ///   - performances: each skill's validation performance after it; empty when nothing was evaluated.
    ///   - rewards: each skill's change of performance.
    public mutating func note(
        iteration: Int, moves: [SkillMove], performances: [String: Double], rewards: [String: Double]
    ) {
        for place in trees.indices {
            let skill = trees[place].skill
            trees[place].note(
                Experience(
                    iteration: iteration, action: moves.first { $0.skill == skill }?.action,
                    performance: performances[skill], reward: rewards[skill]))
        }
    }
}

/// One line of the plan that fills a forest's allocations.
public struct SubskillOrder: Sendable, Equatable {
    /// The skill that the data are for.
    public let skill: String
    /// The subskill that the data are for.
    public let subskill: String
    /// What the engine is to make.
    public let spec: DataSpec
}

/// How many data of a subskill came and how many of them the student knew.
struct SubskillTally {
    let skill: String
    let subskill: String
    var made = 0
    var known = 0

    init(skill: String, subskill: String) {
        self.skill = skill
        self.subskill = subskill
    }

    mutating func count(_ isKnown: Bool) {
        made += 1
        if isKnown { known += 1 }
    }
}
