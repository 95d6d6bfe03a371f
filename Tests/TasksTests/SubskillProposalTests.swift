import Gym
import Tasks
import Testing

@Suite("Subskills that the templates propose")
struct SubskillProposalTests {
    private let engine = TemplatesEngine()
    private let task: BenchmarkTask

    init() throws { task = try MathPocket.task() }

    private func propose(
        _ skill: String, _ instances: [TaskInstance], existing: [String] = [], count: Int = 100,
        seed: UInt64 = 1
    ) async throws -> SubskillProposals {
        try await engine.proposeSubskills(
            SubskillRequest(
                task: task, skill: TaskSkill(name: skill, summary: "", subskills: []), instances: instances,
                existing: existing, count: count, seed: seed))
    }

    /// The train instances of a subskill.
    private func instances(_ skill: String, _ subskill: String) -> [TaskInstance] {
        task.instances(.train).filter { $0.skill == skill && $0.subskill == subskill }
    }

    private func instances(of skill: String) -> [TaskInstance] {
        task.instances(.train).filter { $0.skill == skill }
    }

    @Test("a gold skill grows its own three subskills, by their own names", arguments: MathPocket.skills)
    func goldSkill(skill: TaskSkill) async throws {
        let answer = try await propose(skill.name, instances(of: skill.name))
        #expect(Set(answer.items.map(\.name)) == Set(skill.subskills))
        #expect(answer.items.count == 3)
        #expect(answer.isLast)
        #expect(answer.tokens == 0)
        for item in answer.items {
            #expect(item.kind == .skill(skill.name, subskill: item.name, hint: nil))
        }
    }

    @Test("the commonest kinds come first")
    func commonestFirst() async throws {
        let mixed =
            instances("rect", "border").prefix(3) + instances("gcd", "euclid").prefix(9)
            + instances("left", "once").prefix(6)
        let answer = try await propose("mix", Array(mixed))
        #expect(answer.items.map(\.name) == ["gcd_euclid", "left_once", "rect_border"])
    }

    @Test("kinds that are as common come in an order that the seed decides, the same each time")
    func ties() async throws {
        let even = MathPocket.subskills.flatMap { instances($0.skill, $0.name).prefix(2) }
        let first = try await propose("mix", even, seed: 1)
        #expect(try await propose("mix", even, seed: 1) == first)
        let other = try await propose("mix", even, seed: 2)
        #expect(other.items.map(\.name) != first.items.map(\.name))
        #expect(Set(other.items.map(\.name)) == Set(first.items.map(\.name)))
        #expect(Set(first.items.map(\.name)).count == 42)
    }

    @Test("the order of the instances does not matter")
    func instanceOrder() async throws {
        let own = instances(of: "travel") + instances(of: "share").prefix(40)
        #expect(try await propose("x", own) == propose("x", own.reversed()))
    }

    @Test("growing one by one comes to each kind once, and says when it was the last")
    func oneByOne() async throws {
        let mixed = instances(of: "travel") + instances(of: "share").prefix(40)
        var names: [String] = []
        for round in 1...6 {
            let answer = try await propose(
                "travel", mixed, existing: names, count: 1, seed: UInt64(round))
            #expect(answer.items.count == 1)
            names += answer.items.map(\.name)
            #expect(answer.isLast == (round == 6))
        }
        #expect(Set(names).count == 6)
        #expect(Set(names.filter { !$0.hasPrefix("share_") }) == Set(subskills(of: "travel")))
        #expect(names.filter { $0.hasPrefix("share_") }.count == 3)
        let none = try await propose("travel", mixed, existing: names)
        #expect(none.items.isEmpty)
        #expect(none.isLast)
    }

    private func subskills(of skill: String) -> [String] {
        MathPocket.subskills.filter { $0.skill == skill }.map(\.name)
    }

    @Test("a client's own subskills among the existing ones take nobody's place")
    func clientsSubskills() async throws {
        let answer = try await propose(
            "gcd", instances(of: "gcd"), existing: ["mine", "gcd", "euclid "], count: 3)
        #expect(Set(answer.items.map(\.name)) == Set(subskills(of: "gcd")))
    }

    @Test("without instances that the templates know there is nothing to propose")
    func nothingKnown() async throws {
        let strange = (0..<20).map {
            TaskInstance(id: "\($0)", instruction: "prove theorem \($0)", answer: "")
        }
        for instances in [[], strange] {
            let answer = try await propose("logic", instances)
            #expect(answer.items.isEmpty)
            #expect(answer.isLast)
        }
    }

    @Test("every proposal can be carried out, also for discovered skills that mix kinds of several")
    func discoveredSkills() async throws {
        let seen = task.instances(.train) + task.instances(.validation)
        let found = InstructionClustering(categories: 6, seed: 4).discover(seen.map(\.instruction))
        for (place, category) in found.categories.enumerated() {
            let own = zip(seen, found.assignment).filter { $0.1 == place }.map(\.0)
            let answer = try await propose(category.name, own)
            #expect(!answer.items.isEmpty)
            let names = answer.items.map(\.name)
            #expect(Set(names).count == names.count)
            let plan = answer.items.map { DataSpec(kind: $0.kind, count: 2) }
            #expect(throws: Never.self) { try engine.validate(plan, for: task) }
            let made = try await engine.generate(
                DataRequest(task: task, plan: plan, usedInstructions: [], seed: 1))
            #expect(made.items.map(\.spec) == plan.indices.flatMap { [$0, $0] })
            for (item, wanted) in zip(made.items, answer.items.flatMap { [$0, $0] }) {
                let kind = DataSpec.Kind.skill(
                    item.datum.skill ?? "", subskill: item.datum.subskill, hint: nil)
                #expect(kind == wanted.kind)
            }
        }
    }
}
