/// The skills of a task as a session sees them: categories that exclude each other, and the category of every instance.
///
/// Where they come from is skill discovery's business: the data set's own labels (`gold`), or a discovery that was stored.
public struct SkillSet: Sendable, Equatable {
    /// `gold`, or the id of a stored discovery.
    public let id: String
    /// The categories, in the order in which they are shown; names are unique.
    public let skills: [TaskSkill]
    private let categories: [String: Int]
    private let positions: [String: Int]

    /// The id of the data set's own labels.
    public static let gold = "gold"

    /// A skill set from its parts.
    ///
    /// - Parameters:
    ///   - id: `gold`, or the id of a stored discovery.
    ///   - skills: the categories with unique names.
    ///   - categories: the position in `skills` of each instance's category, by the instance's id.
    public init(id: String, skills: [TaskSkill], categories: [String: Int]) {
        self.id = id
        self.skills = skills
        self.categories = categories
        positions = Dictionary(
            skills.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The data set's own labels; no skill at all where it has none. Labels that the task does not describe come last.
    public init(goldOf task: BenchmarkTask) {
        var skills = task.skills
        var positions = Dictionary(
            skills.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var categories: [String: Int] = [:]
        for split in SplitName.allCases {
            for instance in task.instances(split) {
                guard let label = instance.skill else { continue }
                let position = positions[label] ?? skills.count
                if position == skills.count {
                    positions[label] = position
                    skills.append(TaskSkill(name: label, summary: "", subskills: []))
                }
                categories[instance.id] = position
            }
        }
        self.init(id: Self.gold, skills: skills, categories: categories)
    }

    /// The names of the skills, in their order.
    public var names: [String] { skills.map(\.name) }

    /// Whether there is a skill of this name.
    public func contains(_ skill: String) -> Bool { positions[skill] != nil }

    /// The skill of an instance, `nil` if it has none.
    public func skill(ofInstance id: String) -> String? {
        categories[id].map { skills[$0].name }
    }

    /// The instances of a skill in a split, in the split's order.
    public func instances(of skill: String, in split: SplitName, of task: BenchmarkTask) -> [TaskInstance] {
        guard let position = positions[skill] else { return [] }
        return task.instances(split).filter { categories[$0.id] == position }
    }

    /// How many instances of a split each skill has, in the skills' order.
    public func counts(in split: SplitName, of task: BenchmarkTask) -> [Int] {
        var counts = [Int](repeating: 0, count: skills.count)
        for instance in task.instances(split) {
            if let category = categories[instance.id] { counts[category] += 1 }
        }
        return counts
    }
}
