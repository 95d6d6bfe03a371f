import Gym
import Sessions
import Store
import TestSupport

/// Draws configurations and actions, most of them valid.
struct RandomActions {
    private var random: SeededGenerator
    private var fresh = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func configuration() -> SessionConfiguration {
        let hasTokenLimit = random.integer(below: 3) == 0
        return Fixture.configuration(
            iterations: random.integer(in: 1...8),
            environment: EnvironmentKind.allCases[random.integer(below: 3)],
            schedule: Schedule(
                iterationsPerTraining: random.integer(in: 1...3), testEvery: random.integer(in: 1...3)),
            quality: random.integer(below: 2) == 0 ? .report : .filter,
            proposals: random.integer(below: 2) == 0 ? .teacher : .fixed,
            teacherTokens: hasTokenLimit ? random.integer(in: 1...20) : nil,
            trainingData: random.integer(in: 5...60))
    }

    mutating func action(_ environment: EnvironmentKind, forest: SkillForest?) -> Action {
        let wantsData = random.integer(below: 3) == 0
        if wantsData { return data() }
        guard environment == .skillTree, let forest else { return plan() }
        return .skillTree(moves(forest))
    }

    private mutating func skill() -> String { random.integer(below: 2) == 0 ? "common" : "rare" }

    /// Some new, some that came before, some stolen from test.
    private mutating func data() -> Action {
        .data(
            (0..<random.integer(in: 1...8)).map { _ in
                fresh += 1
                let instruction =
                    switch random.integer(below: 6) {
                    case 0: "test question \(random.integer(below: 20))"
                    case 1: "own \(random.integer(in: 1...fresh))"
                    default: "own \(fresh)"
                    }
                return TrainingDatum(
                    instruction: instruction, response: "right", skill: skill(),
                    subskill: ["sub1", "mine", "one"][random.integer(below: 3)])
            })
    }

    private mutating func plan() -> Action {
        .plan(
            (0..<random.integer(in: 1...3)).map { _ in
                let kind: DataSpec.Kind =
                    random.integer(below: 2) == 0
                    ? .skill(skill(), subskill: nil, hint: nil) : .instruction("words")
                return DataSpec(kind: kind, count: random.integer(in: 1...6))
            })
    }

    private mutating func moves(_ forest: SkillForest) -> [SkillMove] {
        let trees = random.shuffled(forest.trees).prefix(random.integer(in: 1...2))
        return trees.map { tree in
            if tree.subskills.isEmpty || random.integer(below: 3) == 0 { return exploration(tree) }
            return SkillMove(
                skill: tree.skill,
                action: .exploit(
                    random.shuffled(tree.subskills).prefix(random.integer(in: 1...2)).map {
                        AllocationChange(subskill: $0.name, delta: random.integer(in: -3...6))
                    }))
        }
    }

    private mutating func exploration(_ tree: SkillTree) -> SkillMove {
        let count = random.integer(in: 1...3)
        fresh += 1
        let names = (0..<count).map { "extra \(fresh) \($0)" }
        return Act.explore(
            tree.skill, count, each: random.integer(in: 1...5),
            names: random.integer(below: 3) == 0 ? names : nil)
    }
}
