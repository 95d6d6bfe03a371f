import Experiments
import Glibc

/// Made-up runs: nothing random, so that every test can say what it expects.
enum Samples {
    /// A deterministic number in -1...1 for these whole numbers.
    static func wobble(_ parts: Int...) -> Double {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for part in parts {
            state = (state ^ UInt64(bitPattern: Int64(part))) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        return Double(state >> 11) * 0x1p-52 - 1
    }

    static func plan(arms: [ExperimentPlan.Arm], iterations: Int = 10, seeds: Int = 5) -> ExperimentPlan {
        ExperimentPlan(
            name: "sample", tasks: ["math-pocket"], iterations: iterations, budget: 100,
            seeds: Array(1...seeds), arms: arms)
    }

    static let openEnded = ExperimentPlan.Arm(
        environment: .openEnded, agents: ["random", "error_conditioned"], baseline: "random")
    static let tree = ExperimentPlan.Arm(
        environment: .skillTree, agents: ["random_tree", "fill_balanced", "greedy"], baseline: "random_tree",
        skills: [.gold, .discovered, .shuffled])

    /// How much better an agent gets, in points; the rest is noise.
    private static func slope(_ cell: ExperimentCell) -> Double {
        let agent = ["error_conditioned": 0.28, "fill_balanced": 0.3, "greedy": 0.24][cell.agent] ?? 0.2
        return agent - (cell.skills == .discovered ? 0.03 : cell.skills == .shuffled ? 0.08 : 0)
    }

    static func record(_ cell: ExperimentCell) -> RunRecord {
        let slope = slope(cell)
        let noise = cell.agent.utf8.reduce(0) { $0 &* 31 &+ Int($1) } &+ cell.skills.rawValue.utf8.count
        let curve = (0...cell.iterations).map { iteration in
            let share = 1 - exp(-3 * Double(iteration) / Double(cell.iterations))
            let late = max(0, Double(iteration) / Double(cell.iterations) - 0.7) * 0.1
            let luck = iteration == 0 ? 0 : wobble(noise, cell.seed, iteration) * 0.03
            let test = 0.32 + 0.01 * Double(cell.seed) + slope * share - late + luck
            return RunRecord.CurvePoint(
                iteration: iteration, trainingData: iteration * cell.budget, validation: test + 0.01,
                test: test, reward: iteration == 0 ? nil : slope / Double(cell.iterations))
        }
        return RunRecord(
            cell: cell, session: "01J\(cell.seed)", seconds: 90.5, curve: curve,
            skillGains: gains(slope, noise: noise &+ cell.seed),
            trees: cell.environment == .skillTree ? trees(cell) : [])
    }

    static func records(_ plan: ExperimentPlan) -> [RunRecord] { plan.cells.map(record) }

    private static func gains(_ slope: Double, noise: Int) -> [RunRecord.SkillGain] {
        (0..<18).map { index in
            let first = min(max(0.05 + 0.05 * Double(index) + wobble(noise, index) * 0.02, 0), 1)
            let gain = slope * (1.4 - first) * (0.6 + 0.4 * abs(wobble(noise, index, 7)))
            return RunRecord.SkillGain(
                name: "skill \(index)", count: 20, frequency: 0.02 + 0.11 * abs(wobble(index, 3)),
                trainingData: 55, first: first, last: min(1, first + gain))
        }
    }

    private static func trees(_ cell: ExperimentCell) -> [RunRecord.Tree] {
        let skills = ["addition", "fractions & shares", "geometry <area>", "word problems"]
        return (0...cell.iterations).map { iteration in
            RunRecord.Tree(
                iteration: iteration,
                skills: skills.enumerated().map { place, name in
                    let count = max(0, min(4, (iteration + 2 - place) / 2))
                    return RunRecord.Tree.Skill(
                        name: name,
                        subskills: (0..<count).map { index in
                            let age = max(0, iteration - 2 * index - place)
                            return RunRecord.Tree.Subskill(
                                name: "\(name) of kind \(index + 1)", dataAllocation: 10,
                                trainingData: age * (10 + 5 * ((index + place) % 3)))
                        })
                })
        }
    }
}
