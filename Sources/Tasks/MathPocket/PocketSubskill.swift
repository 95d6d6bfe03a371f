import Gym

/// One kind of problem: how its numbers are drawn, how it is solved and the ways to put it into words.
public struct PocketSubskill: Sendable {
    /// The skill that it belongs to, for example `groups`.
    public let skill: String
    /// Its name, unique within the skill, for example `loose`.
    public let name: String
    /// What it is about, in a few words.
    public let summary: String
    /// How many calculator steps the solution takes, 1 to 4.
    public var stepCount: Int { steps.count }
    /// In how many ways it is put into words, not counting the choice of nouns and names.
    public var wordingCount: Int { wordings.count }

    /// Which numbers may change places without making another problem.
    enum Symmetry: Sendable {
        case none
        /// The numbers at these positions are interchangeable.
        case within([Int])
        /// The pairs (0, 1) and (2, 3) are each interchangeable within.
        case insidePairs
        /// As `insidePairs`, and the two pairs may change places.
        case pairs
    }

    /// How the identities of its problems begin.
    let identityPrefix: String
    let symmetry: Symmetry
    let steps: WorkedSteps
    let wordings: [Wording]
    let draw: @Sendable (inout SeededGenerator) -> [Int]

    init(
        _ skill: String, _ name: String, _ summary: String, _ symmetry: Symmetry = .none, steps: [String],
        wordings: [String], draw: @escaping @Sendable (inout SeededGenerator) -> [Int]
    ) {
        self.skill = skill
        self.name = name
        self.summary = summary
        identityPrefix = "\(skill)/\(name):"
        self.symmetry = symmetry
        self.steps = WorkedSteps(steps)
        self.wordings = wordings.map { Wording($0) }
        self.draw = draw
    }

    /// The numbers in their canonical order, the same for every order in which a wording may give them.
    func canonical(_ numbers: [Int]) -> [Int] {
        switch symmetry {
        case .none: return numbers
        case .within(let positions):
            var result = numbers
            for (position, value) in zip(positions, positions.map { numbers[$0] }.sorted()) {
                result[position] = value
            }
            return result
        case .insidePairs: return numbers[..<2].sorted() + numbers[2...].sorted()
        case .pairs:
            let (first, second) = (numbers[..<2].sorted(), numbers[2...].sorted())
            return second.lexicographicallyPrecedes(first) ? second + first : first + second
        }
    }
}

/// A skill with its subskills.
struct PocketSkill: Sendable {
    let name: String
    let summary: String
    /// Other words by which people ask for it.
    let keywords: String
    let subskills: [PocketSubskill]
}
