import Gym
import Tasks
import Testing

/// Floors a little under what was measured for seeds 1 to 5: normalised mutual information (NMI) 0.60 to
/// 0.64 with the 14 gold skills, 0.70 to 0.73 with the 42 subskills, 0.61 to 0.65 with a free number of
/// categories (14 to 16).
@Suite("Skill discovery on math-pocket")
struct DiscoveryQualityTests {
    let known: [TaskInstance]
    let heldOut: [TaskInstance]

    init() throws {
        let task = try MathPocket.task()
        known = task.instances(.train) + task.instances(.validation)
        heldOut = task.instances(.test)
    }

    /// Numbers for labels, the same number for the same label.
    private func numbered(_ labels: [String]) -> [Int] {
        var numbers: [String: Int] = [:]
        return labels.map { label in
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            return number
        }
    }

    private func skills(_ instances: [TaskInstance]) -> [Int] { numbered(instances.map { $0.skill ?? "" }) }

    private func discover(_ categories: Int?, seed: Int) -> DiscoveredSkills {
        InstructionClustering(categories: categories, seed: UInt64(seed)).discover(known.map(\.instruction))
    }

    @Test("finds the skills, also of instances not seen", arguments: [1, 2])
    func skills(seed: Int) {
        let found = discover(14, seed: seed)
        #expect(found.categories.count == 14)
        #expect(found.repaired == 0)
        #expect(ClusteringQuality.normalisedMutualInformation(found.assignment, skills(known)) > 0.57)
        #expect(ClusteringQuality.adjustedRandIndex(found.assignment, skills(known)) > 0.35)
        let others = heldOut.map { found.category(of: $0.instruction) }
        #expect(ClusteringQuality.normalisedMutualInformation(others, skills(heldOut)) > 0.57)
    }

    @Test("finds the subskills", arguments: [1, 2])
    func subskills(seed: Int) {
        let found = discover(42, seed: seed)
        let gold = numbered(known.map { "\($0.skill ?? "")/\($0.subskill ?? "")" })
        #expect(found.categories.count == 42)
        #expect(ClusteringQuality.normalisedMutualInformation(found.assignment, gold) > 0.68)
        #expect(ClusteringQuality.adjustedRandIndex(found.assignment, gold) > 0.32)
    }

    @Test("chooses a number of categories near that of the skills")
    func freeNumber() {
        let found = discover(nil, seed: 1)
        #expect((8...24).contains(found.categories.count))
        #expect(ClusteringQuality.normalisedMutualInformation(found.assignment, skills(known)) > 0.57)
    }

    @Test("labels are shared within skills and free of the names and nouns drawn at random")
    func labels() {
        let found = discover(14, seed: 1)
        #expect(Set(found.labels).count < 200)
        #expect(
            ClusteringQuality.normalisedMutualInformation(numbered(found.labels), skills(known)) > 0.65)
        let words = Set((found.labels + found.categories.map(\.name)).flatMap { $0.split(separator: "_") })
        #expect(
            words.isDisjoint(with: ["ana", "ben", "eva", "jon", "kim", "apples", "coins", "plums", "keys"]))
    }

    @Test("divides one skill into subskills")
    func insideOneSkill() {
        let part = known.filter { $0.skill == "travel" }
        let found = InstructionClustering(categories: 3, seed: 1).discover(part.map(\.instruction))
        #expect(found.categories.count == 3)
        let gold = numbered(part.map { $0.subskill ?? "" })
        #expect(ClusteringQuality.normalisedMutualInformation(found.assignment, gold) > 0.5)
    }
}
