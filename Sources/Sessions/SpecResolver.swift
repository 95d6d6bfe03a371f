import Gym

/// Turns what an agent plans in the session's skills into what the teacher understands.
///
/// A teacher knows a data set's own skills by name. Of a discovered one it knows nothing, so it is shown the skill's train instances to make
/// data like them; where a skill has none there, its validation instances.
public struct SpecResolver: Sendable {
    private let isResolving: Bool
    private let skills: SkillSet
    private let task: BenchmarkTask
    private let labels: Bool

    /// A resolver for a session's plans.
    public init(_ configuration: SessionConfiguration, skills: SkillSet, task: BenchmarkTask) {
        labels = configuration.environment.hasSkills
        isResolving = labels && skills.id != SkillSet.gold
        self.skills = skills
        self.task = task
    }

    /// The spec as the teacher gets it.
    public func resolve(_ spec: DataSpec) -> DataSpec {
        guard isResolving, case .skill(let skill, _, _) = spec.kind else { return spec }
        return DataSpec(kind: .like(instances(of: skill)), count: spec.count)
    }

    /// The skill that data made for a spec are labelled with; `nil` leaves the teacher's label.
    func label(_ spec: DataSpec) -> String? {
        guard labels else { return nil }
        switch spec.kind {
        case .skill(let skill, _, _): return skill
        case .like(let ids): return ids.first.flatMap { skills.skill(ofInstance: $0) }
        case .instruction: return nil
        }
    }

    /// What the teacher is to make for a subskill that a client supplied.
    public func kind(of subskill: SuppliedSubskill, skill: String) -> DataSpec.Kind {
        guard isResolving else { return .skill(skill, subskill: subskill.name, hint: subskill.hint) }
        return .instruction(subskill.hint ?? subskill.name)
    }

    private func instances(of skill: String) -> [String] {
        let train = skills.instances(of: skill, in: .train, of: task)
        let found = train.isEmpty ? skills.instances(of: skill, in: .validation, of: task) : train
        return found.map(\.id)
    }
}
