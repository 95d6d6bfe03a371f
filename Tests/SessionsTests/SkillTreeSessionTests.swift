import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Sessions in skill_tree")
struct SkillTreeSessionTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func tree(
        iterations: Int = 9, proposals: ProposalSource = .teacher, schedule: Schedule = Schedule()
    ) -> SessionConfiguration {
        Fixture.configuration(
            iterations: iterations, environment: .skillTree, schedule: schedule, proposals: proposals)
    }

    @Test("iteration 0 gives an empty tree for each skill, with its performance noted")
    func emptyTrees() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        let forest = try #require(try await sessions.store.iteration(0, of: id).forest)
        #expect(forest.trees.map(\.skill) == ["common", "rare"])
        #expect(forest.trees.allSatisfy { $0.subskills.isEmpty && !$0.isExhausted })
        let start = Experience(iteration: 0, action: nil, performance: 0, reward: nil)
        #expect(forest.trees.allSatisfy { $0.history == [start] })
    }

    @Test("exploring grows the tree and the teacher fills it; the data are labelled with their place in it")
    func growsAndFills() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        let record = try await sessions.turn(
            id, .skillTree([Act.explore("rare", 2, each: 3), Act.explore("common", 1, each: 4)]))
        #expect(record.state.trainingData == 10)
        let rare = try await sessions.tree("rare", after: 1, of: id)
        #expect(rare.names == ["sub1", "sub2"])
        #expect(rare.made == [3, 3])
        #expect(try await sessions.tree("common", after: 1, of: id).made == [4])
        let labels = try await sessions.store.data(ofIteration: 1, of: id).map {
            "\($0.datum.skill ?? "")/\($0.datum.subskill ?? "")"
        }
        #expect(Set(labels) == ["rare/sub1", "rare/sub2", "common/sub1"])
        #expect(labels.count { $0 == "common/sub1" } == 4)
    }

    @Test("exploiting makes only what an allocation lacks; lowering one makes nothing and keeps what is made")
    func rebalances() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 5)]))
        _ = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub1": 2, "sub2": -4])]))
        let after = try await sessions.tree("rare", after: 2, of: id)
        #expect(after.allocations == [7, 1])
        #expect(after.made == [7, 5])
        #expect(try await sessions.store.iteration(2, of: id).received == 2)
        _ = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub2": 6])]))
        #expect(try await sessions.tree("rare", after: 3, of: id).made == [7, 7])
        #expect(try await sessions.store.session(id, owner: nil).state.trainingData == 14)
    }

    @Test("a subskill's accuracy is what the student knew of its latest data before it was trained on them")
    func accuracyBeforeTraining() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 5)]))
        let first = try await sessions.tree("rare", after: 1, of: id)
        #expect(first.subskill("sub1")?.accuracyBeforeTraining == 0)
        // The student has seen 5 data and so knows the first 5 of the 20 that it is asked.
        _ = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub1": 20])]))
        let second = try await sessions.tree("rare", after: 2, of: id)
        #expect(second.subskill("sub1")?.accuracyBeforeTraining == 0.25)
        #expect(try await sessions.store.iteration(2, of: id).quality?.accuracyBeforeTraining == 0.25)
    }

    @Test("each tree remembers its move, its skill's performance and the change of it")
    func historyAndRewards() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        let move = Act.explore("rare", 1, each: 5)
        _ = try await sessions.turn(id, .skillTree([move]))
        let iteration = try await sessions.store.iteration(1, of: id)
        // Validation examples 0 to 4 are right now: 0 and 4 are rare ones, of 5; 1 to 3 common ones, of 15.
        #expect(iteration.reward == 0.25)
        let rewards = Dictionary(
            uniqueKeysWithValues: (iteration.skillRewards ?? []).map { ($0.skill, $0.reward) })
        #expect(rewards == ["rare": 0.4, "common": 0.2])
        let rare = try await sessions.tree("rare", after: 1, of: id).history
        #expect(
            rare.last == Experience(iteration: 1, action: move.action, performance: 0.4, reward: 0.4))
        let common = try await sessions.tree("common", after: 1, of: id).history
        #expect(common.last == Experience(iteration: 1, action: nil, performance: 0.2, reward: 0.2))
    }

    @Test("fixed proposals are the task's own subskills in their order, and then there are no more")
    func fixedProposals() async throws {
        var teacher = NumberingTeacher()
        teacher.growths = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(tree(proposals: .fixed))
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2)]))
        let first = try await sessions.tree("rare", after: 1, of: id)
        #expect(first.names == ["one"])
        #expect(!first.isExhausted)
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2)]))
        let second = try await sessions.tree("rare", after: 2, of: id)
        #expect(second.names == ["one", "two"])
        #expect(second.isExhausted)
        #expect(teacher.growths?.all.isEmpty == true)
    }

    @Test("the teacher is shown the skill's train instances and the subskills that are there, never others")
    func teacherProposals() async throws {
        var teacher = NumberingTeacher()
        teacher.growths = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 1)]))
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 1)]))
        let asked = teacher.growths?.all ?? []
        #expect(asked.map(\.existing) == [[], ["sub1"]])
        #expect(asked.map(\.count) == [1, 2])
        #expect(asked.allSatisfy { $0.instances.map(\.id) == ["train0", "train4", "train8"] })
    }

    @Test("a tree that is exhausted is not explored again, but takes the client's own subskills")
    func exhausted() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        // Five are asked for; there are three.
        let record = try await sessions.turn(id, .skillTree([Act.explore("rare", 5, each: 2)]))
        #expect(record.state.trainingData == 6)
        #expect(try await sessions.tree("rare", after: 1, of: id).isExhausted)
        let refusal = await #expect(throws: SkillMoveError.self) {
            try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2)]))
        }
        #expect(refusal?.path == ["rare", "type"])
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2, names: ["mine"])]))
        let tree = try await sessions.tree("rare", after: 2, of: id)
        #expect(tree.names == ["sub1", "sub2", "sub3", "mine"])
        #expect(tree.isExhausted)
    }

    @Test("the client's own subskills reach the teacher with their hints")
    func suppliedSubskills() async throws {
        var teacher = NumberingTeacher()
        teacher.requests = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 3, names: ["a", "b"])]))
        let expected = ["a", "b"].map { (name: String) in
            DataSpec(kind: .skill("rare", subskill: name, hint: "about \(name)"), count: 3)
        }
        #expect(teacher.requests?.all.map(\.plan) == [expected])
        #expect(try await sessions.tree("rare", after: 1, of: id).made == [3, 3])
    }

    @Test("the client's own data are counted under the subskill that they name, which is added if it is new")
    func ownData() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2)]))
        _ = try await sessions.turn(id, Act.data(4, skill: "rare", subskill: "sub1"))
        _ = try await sessions.turn(id, Act.data(3, from: 10, skill: "rare", subskill: "new"))
        let tree = try await sessions.tree("rare", after: 3, of: id)
        #expect(tree.names == ["sub1", "new"])
        #expect(tree.made == [6, 3])
        #expect(tree.allocations == [6, 3])
        #expect(tree.history.map { $0.action == nil } == [true, false, true, true])
    }

    @Test("moves that come to no new data train the student once more on what there is")
    func nothingNew() async throws {
        var student = CountingStudent()
        student.trainings = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 4)]))
        let record = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub1": -1])]))
        #expect(record.state.completedIterations == 2)
        #expect(record.state.trainingData == 4)
        let iteration = try await sessions.store.iteration(2, of: id)
        #expect(iteration.phase == .succeeded)
        #expect([iteration.received, iteration.accepted, iteration.accumulated] == [0, 0, 4])
        #expect(iteration.quality?.accuracyBeforeTraining == nil)
        #expect(student.trainings?.all.map(\.newCount) == [4, 0])
        #expect(student.trainings?.all.last?.instructions.count == 4)
    }

    @Test("moves that come to no data at all are refused while there is nothing to train on")
    func nothingAtAll() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(tree())
        await #expect(throws: TransitionError.empty) {
            try await sessions.turn(id, .skillTree([Act.exploit("rare", [:])]))
        }
        #expect(try await sessions.store.session(id, owner: nil).state.iteration == 0)
    }

    @Test("an iteration that fails leaves the trees as they were")
    func failureKeepsTrees() async throws {
        let failing = Recorder<Int>()
        var teacher = NumberingTeacher()
        teacher.onGenerate = {
            failing.note(1)
            if failing.all.count == 2 { throw DataEngineError(specIndex: 0, member: nil, description: "no") }
        }
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(tree())
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 2)]))
        let failed = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 9)]))
        #expect(failed.state.trainingData == 2)
        #expect(try await sessions.store.iteration(2, of: id).phase == .failed)
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 3)]))
        let tree = try await sessions.tree("rare", after: 3, of: id)
        #expect(tree.names == ["sub1", "sub2"])
        #expect(tree.allocations == [2, 3])
        #expect(tree.history.map(\.iteration) == [0, 1, 3])
    }
}
