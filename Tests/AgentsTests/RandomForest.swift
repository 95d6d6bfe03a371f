import Agents
import Gym

/// A `skill_tree` session in small, with random trees and a teacher that may make too little: what agents for trees
/// are tried on. The moves are made by the gym's own `SkillForest`.
struct RandomForest {
    private(set) var forest: SkillForest
    private(set) var iteration: Int
    private let skills: [String]
    private let supply: [String: Int]
    private var generator: SeededGenerator

    /// A forest of up to nine skills, each with up to seven subskills to propose, some of them planted already.
    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, purpose: "random forest")
        let skills = (0..<generator.integer(in: 1...9)).map { "skill \($0)" }
        self.skills = skills
        iteration = generator.integer(below: 4)
        forest = SkillForest(skills: skills)
        var supply: [String: Int] = [:]
        for skill in skills { supply[skill] = generator.integer(below: 8) }
        self.supply = supply
        guard generator.integer(below: 4) > 0 else { return }
        for skill in skills where generator.integer(below: 3) > 0 { plant(skill) }
    }

    private mutating func plant(_ skill: String) {
        let count = generator.integer(in: 1...4)
        let allocation = generator.integer(in: 1...30)
        make([SkillMove(skill: skill, action: .explore(Exploration(count: count, allocation: allocation)))])
        guard generator.integer(below: 2) == 0 else { return }
        // Allocations above, at and below the data made.
        let changes = (forest.tree(skill)?.subskills ?? []).map { subskill in
            AllocationChange(
                subskill: subskill.name, delta: generator.integer(in: -subskill.allocation...20))
        }
        forest.apply([SkillMove(skill: skill, action: .exploit(changes))], proposals: [:])
    }

    /// Makes moves: proposes while there is something left, and makes the data or some of them.
    mutating func make(_ moves: [SkillMove]) {
        var proposals: [String: SubskillProposals] = [:]
        for move in moves {
            guard case .explore(let exploration) = move.action else { continue }
            proposals[move.skill] =
                exploration.subskills.map { Self.accept($0, for: move.skill) }
                ?? propose(move.skill, exploration.count)
        }
        forest.apply(moves, proposals: proposals)
        let isStingy = generator.integer(below: 2) == 0
        for order in forest.shortfall(of: moves.map(\.skill)) {
            let made = isStingy ? generator.integer(in: 0...order.spec.count) : order.spec.count
            let datum = TrainingDatum(
                instruction: "i", response: "r", skill: order.skill, subskill: order.subskill)
            forest.count(
                [TrainingDatum](repeating: datum, count: made), known: [Bool](repeating: false, count: made))
        }
        iteration += 1
    }

    private static func accept(_ supplied: [SuppliedSubskill], for skill: String) -> SubskillProposals {
        let items = supplied.map {
            SubskillProposal(name: $0.name, kind: .skill(skill, subskill: $0.name, hint: $0.hint))
        }
        return SubskillProposals(items: items, isLast: false)
    }

    private func propose(_ skill: String, _ count: Int) -> SubskillProposals {
        let planted = forest.tree(skill)?.subskills.count ?? 0
        let last = supply[skill] ?? 0
        let items = (planted..<max(planted, min(planted + count, last))).map { number in
            SubskillProposal(
                name: "\(skill), \(number)", kind: .skill(skill, subskill: "\(number)", hint: nil))
        }
        return SubskillProposals(items: items, isLast: planted + count >= last)
    }

    /// What an agent sees; rewards and accuracies are drawn from `results`.
    func observation(results: UInt64) -> Observation {
        var draw = SeededGenerator(seed: results, purpose: "results")
        let skills = forest.trees.map { tree in
            SkillView(
                name: tree.skill, performance: draw.unit(), count: 10,
                reward: draw.integer(below: 4) == 0 ? nil : draw.unit() - 0.5,
                trainingData: tree.subskills.reduce(0) { $0 + $1.made }, isExhausted: tree.isExhausted,
                subskills: tree.subskills.map { subskill in
                    SubskillView(
                        name: subskill.name, allocation: subskill.allocation, trainingData: subskill.made,
                        accuracyBeforeTraining: draw.unit())
                },
                history: [
                    Experience(iteration: 1, action: nil, performance: nil, reward: draw.unit() - 0.5)
                ])
        }
        return Observation(
            environment: "skill_tree", iteration: iteration, status: "ready", performance: draw.unit(),
            examples: [], skills: skills)
    }

    /// A budget of one to a few, of one to a hundred, or a large one.
    mutating func budget() -> Int {
        switch generator.integer(below: 4) {
        case 0: generator.integer(in: 1...8)
        case 1: generator.integer(in: 1...2_000)
        default: generator.integer(in: 1...120)
        }
    }
}
