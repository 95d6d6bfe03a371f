import Gym
import Sessions
import Store
import TestSupport
import Testing

/// Sessions whose skills are not the task's own: `early` has the first half of each split, `late` the second, `unseen` no train instance.
@Suite("Sessions with discovered skills")
struct DiscoveredSkillsTests {
    private let directory: TemporaryDirectory
    private let requests = Recorder<DataRequest>()
    private let growths = Recorder<SubskillRequest>()
    private let sessions: Sessions
    private let task: BenchmarkTask

    init() throws {
        directory = try TemporaryDirectory()
        var teacher = NumberingTeacher()
        teacher.requests = requests
        teacher.growths = growths
        sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        task = try Fixture.task()
    }

    private func discovery() async throws -> String {
        let skills = ["early", "late", "unseen"].map { TaskSkill(name: $0, summary: "", subskills: []) }
        var categories: [String: Int] = [:]
        for split in [SplitName.train, .validation] {
            let instances = task.instances(split)
            for (place, instance) in instances.enumerated() {
                categories[instance.id] = place < instances.count / 2 ? 0 : 1
            }
        }
        categories["validation18"] = 2
        categories["validation19"] = 2
        return try await sessions.library.supply(task, skills: skills, categories: categories, owner: "me").id
    }

    private func begin(_ environment: EnvironmentKind) async throws -> String {
        try await sessions.begin(
            Fixture.configuration(environment: environment, skills: try await discovery()))
    }

    private func skill(_ name: String, _ count: Int) -> DataSpec {
        DataSpec(kind: .skill(name, subskill: nil, hint: nil), count: count)
    }

    private func labels(_ iteration: Int, of id: String) async throws -> [String?] {
        try await sessions.store.data(ofIteration: iteration, of: id).map(\.datum.skill)
    }

    @Test("reports and rewards are by the discovered skills")
    func reports() async throws {
        let id = try await begin(.skillList)
        _ = try await sessions.turn(id, Act.data(5))
        let iteration = try await sessions.store.iteration(1, of: id)
        let report = try #require(iteration.validationReport)
        #expect(report.slices.map(\.valueOf) == ["early", "late", "unseen"])
        #expect(report.slices.map(\.count) == [10, 8, 2])
        #expect(report.bySkill == ["early": 0.5, "late": 0, "unseen": 0])
        #expect(iteration.skillRewards?.map(\.reward) == [0.5, 0, 0])
    }

    @Test("the teacher is shown train instances of the skill; the data get the skill's name")
    func plansAreResolved() async throws {
        let id = try await begin(.skillList)
        _ = try await sessions.turn(id, .plan([skill("late", 2), skill("early", 1)]))
        let asked = try #require(requests.all.first).plan
        #expect(
            asked == [
                DataSpec(kind: .like((5..<10).map { "train\($0)" }), count: 2),
                DataSpec(kind: .like((0..<5).map { "train\($0)" }), count: 1),
            ])
        #expect(try await labels(1, of: id) == ["late", "late", "early"])
    }

    @Test("a skill without train instances is shown by its validation instances")
    func withoutTrainInstances() async throws {
        let id = try await begin(.skillList)
        _ = try await sessions.turn(id, .plan([skill("unseen", 1)]))
        #expect(requests.all.first?.plan[0].kind == .like(["validation18", "validation19"]))
    }

    @Test("data like given instances get their skill; data for an instruction keep the teacher's label")
    func otherSpecs() async throws {
        let id = try await begin(.skillList)
        let plan = [
            DataSpec(kind: .like(["validation12"]), count: 1), DataSpec(kind: .instruction("x"), count: 1),
        ]
        _ = try await sessions.turn(id, .plan(plan))
        #expect(requests.all.first?.plan == plan)
        #expect(try await labels(1, of: id) == ["late", nil])
    }

    @Test("with the task's own skills the teacher gets the plan as it is; the data are labelled all the same")
    func goldSkills() async throws {
        let id = try await sessions.begin(Fixture.configuration(environment: .skillList))
        _ = try await sessions.turn(id, .plan([skill("rare", 2)]))
        #expect(requests.all.first?.plan == [skill("rare", 2)])
        #expect(try await labels(1, of: id) == ["rare", "rare"])
    }

    @Test("in open_ended nothing is resolved or labelled: the agent sees no skills there")
    func openEnded() async throws {
        let id = try await begin(.openEnded)
        _ = try await sessions.turn(id, Act.plan(2))
        #expect(requests.all.first?.plan == [DataSpec(kind: .instruction("anything"), count: 2)])
        #expect(try await labels(1, of: id) == [nil, nil])
    }

    @Test("trees are of the discovered skills; the teacher proposes from their train instances")
    func trees() async throws {
        let id = try await begin(.skillTree)
        _ = try await sessions.turn(id, .skillTree([Act.explore("late", 1, each: 2)]))
        #expect(growths.all.first?.instances.map(\.id) == (5..<10).map { "train\($0)" })
        let data = try await sessions.store.data(ofIteration: 1, of: id).map(\.datum)
        #expect(data.allSatisfy { $0.skill == "late" && $0.subskill == "sub1" })
        #expect(try await sessions.tree("late", after: 1, of: id).made == [2])
        // A client's own subskill is what its hint says, as the teacher cannot know the skill by name.
        _ = try await sessions.turn(id, .skillTree([Act.explore("early", 1, each: 3, names: ["mine"])]))
        #expect(requests.all.last?.plan == [DataSpec(kind: .instruction("about mine"), count: 3)])
        #expect(try await sessions.tree("early", after: 2, of: id).made == [3])
    }

    @Test("a session whose discovery is not to be had fails and says so, instead of staying busy")
    func missingDiscovery() async throws {
        let id = try await sessions.begin(
            Fixture.configuration(environment: .skillList, skills: "skills-none"))
        #expect(try await sessions.store.session(id, owner: nil).state.status == .failed)
        let error = try #require(try await sessions.store.iteration(0, of: id).error)
        #expect(error.contains("skills-none"))
    }
}
