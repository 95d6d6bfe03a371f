import Gym

/// Asks for more data of the skills that the student is worse at.
///
/// Sees each skill's validation performance. The budget is shared in proportion to 1 - performance, by the
/// largest-remainder method; of equally weak skills the one with fewer data goes first. A skill without validation
/// instances gives no sign of weakness and gets nothing. When every skill is mastered, the budget is shared evenly.
public struct WeakSkillsAgent: Agent {
    /// The policy's name.
    public let name = "weak_skills"

    /// An agent; nothing in it is random.
    public init() {}

    /// A plan that names skills.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        let skills = observation.skills.enumerated().sorted {
            ($0.element.trainingData, $0.offset) < ($1.element.trainingData, $1.offset)
        }
        let weights = skills.map { 1 - min(max($0.element.performance ?? 1, 0), 1) }
        let counts = Apportionment.proportional(budget, to: weights)
        let wanted = zip(skills, counts).filter { $0.1 > 0 }.sorted { $0.0.offset < $1.0.offset }
        let specs = wanted.map { skill, count in
            DataSpec(kind: .skill(skill.element.name, subskill: nil, hint: nil), count: count)
        }
        guard !specs.isEmpty else {
            return .plan([DataSpec(kind: .instruction("problems of this task"), count: budget)])
        }
        return .plan(specs)
    }
}
