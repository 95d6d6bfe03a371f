import Gym
import Sessions
import Store
import TestSupport

/// Shorthand for actions.
enum Act {
    /// Adds subskills to a skill's tree; `names` are the client's own.
    static func explore(
        _ skill: String, _ count: Int, each allocation: Int, names: [String]? = nil
    ) -> SkillMove {
        let supplied = names?.map { SuppliedSubskill(name: $0, hint: "about \($0)") }
        return SkillMove(
            skill: skill,
            action: .explore(Exploration(count: count, allocation: allocation, subskills: supplied)))
    }

    /// Changes the allocations of a skill's subskills.
    static func exploit(_ skill: String, _ deltas: KeyValuePairs<String, Int>) -> SkillMove {
        SkillMove(
            skill: skill,
            action: .exploit(deltas.map { AllocationChange(subskill: $0.key, delta: $0.value) }))
    }

    /// The agent's own data; `from` numbers the first, so that they can be new or the same again.
    static func data(
        _ count: Int, from: Int = 0, skill: String? = nil, subskill: String? = nil
    ) -> Action {
        .data(
            (from..<from + count).map {
                TrainingDatum(instruction: "own \($0)", response: "right", skill: skill, subskill: subskill)
            })
    }

    /// A plan of one spec.
    static func plan(_ count: Int) -> Action {
        .plan([DataSpec(kind: .instruction("anything"), count: count)])
    }
}

extension Sessions {
    /// A skill's tree after an iteration; an empty one if there is none.
    func tree(_ skill: String, after iteration: Int, of id: String) async throws -> SkillTree {
        let forest = try await store.iteration(iteration, of: id).forest
        return forest?.tree(skill) ?? SkillTree(skill: skill)
    }
}

extension SkillTree {
    var names: [String] { subskills.map(\.name) }
    var made: [Int] { subskills.map(\.made) }
    var allocations: [Int] { subskills.map(\.allocation) }
}
