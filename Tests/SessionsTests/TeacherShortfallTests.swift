import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Teachers that make more or less than asked")
struct TeacherShortfallTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func teacher(most: Int = .max, surplus: Int = 0, tokens: Int = 0) -> NumberingTeacher {
        var teacher = NumberingTeacher()
        teacher.most = most
        teacher.surplus = surplus
        teacher.tokens = tokens
        teacher.requests = Recorder()
        return teacher
    }

    @Test("what a stingy teacher leaves out is asked for once more, and only that")
    func topUp() async throws {
        let teacher = teacher(most: 6)
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(Fixture.configuration())
        let specs = ["a", "b", "c"].map { DataSpec(kind: .instruction($0), count: 4) }
        let record = try await sessions.turn(id, .plan(specs))
        #expect(record.state.trainingData == 12)
        let requests = teacher.requests?.all ?? []
        #expect(
            requests.map(\.plan) == [
                specs,
                [
                    DataSpec(kind: .instruction("b"), count: 2), DataSpec(kind: .instruction("c"), count: 4),
                ],
            ])
        #expect(requests.last?.usedInstructions.count == 6)
        #expect(requests.first?.seed != requests.last?.seed)
    }

    @Test("after the second call the iteration goes on with what there is")
    func oneTopUpOnly() async throws {
        let teacher = teacher(most: 3)
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(Fixture.configuration())
        let record = try await sessions.turn(id, Act.plan(10))
        #expect(record.state.trainingData == 6)
        #expect(teacher.requests?.all.map { $0.plan[0].count } == [10, 7])
    }

    @Test("a teacher that makes enough is asked once, and what is beyond the plan is cut")
    func surplus() async throws {
        let teacher = teacher(surplus: 3)
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(Fixture.configuration(environment: .skillTree))
        let record = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 2)]))
        #expect(record.state.trainingData == 4)
        #expect(teacher.requests?.all.count == 1)
        #expect(try await sessions.tree("rare", after: 1, of: id).made == [2, 2])
    }

    @Test("a teacher that makes nothing fails the iteration with a reason")
    func nothing() async throws {
        let teacher = teacher(most: 0)
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(Fixture.configuration())
        let record = try await sessions.turn(id, Act.plan(3))
        #expect(record.state.status == .ready)
        #expect(
            try await sessions.store.iteration(1, of: id).error
                == "the teacher made none of the 3 data asked for")
        #expect(teacher.requests?.all.count == 2)
    }

    @Test("what a tree still lacks is made up for when its skill is next named")
    func madeUpLater() async throws {
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher(most: 2))
        let id = try await sessions.begin(Fixture.configuration(environment: .skillTree))
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 4)]))
        let first = try await sessions.tree("rare", after: 1, of: id)
        #expect(first.made == [4, 0])
        #expect(first.allocations == [4, 4])
        let record = try await sessions.turn(id, .skillTree([Act.exploit("rare", [:])]))
        #expect(try await sessions.tree("rare", after: 2, of: id).made == [4, 4])
        #expect(record.state.trainingData == 8)
    }

    @Test("what is missing counts against the budget when a skill is next named")
    func shortfallCounts() async throws {
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher(most: 2))
        let id = try await sessions.begin(
            Fixture.configuration(environment: .skillTree, trainingData: 8))
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 2, each: 4)]))
        await #expect(throws: TransitionError.overLimit(requested: 5, remaining: 4)) {
            try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub2": 1])]))
        }
    }

    @Test("every call's tokens are counted, those of proposals and of failing iterations too")
    func tokens() async throws {
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher(most: 3, tokens: 10))
        let id = try await sessions.begin(Fixture.configuration(environment: .skillTree))
        let record = try await sessions.turn(
            id, .skillTree([Act.explore("rare", 1, each: 5), Act.explore("common", 1, each: 1)]))
        #expect(record.state.teacherTokens == 40)
        #expect(try await sessions.store.iteration(1, of: id).teacherTokens == 40)
    }

    @Test("tokens of an iteration that fails are spent")
    func tokensOfFailures() async throws {
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher(most: 0, tokens: 10))
        let id = try await sessions.begin(Fixture.configuration(teacherTokens: 25))
        var record = try await sessions.turn(id, Act.plan(3))
        #expect(record.state.teacherTokens == 20)
        let failed = try await sessions.store.iteration(1, of: id)
        #expect(failed.phase == .failed)
        #expect(failed.teacherTokens == 20)
        record = try await sessions.turn(id, Act.plan(3))
        let spent = record.state.teacherTokens
        #expect(spent >= 25)
        await #expect(throws: TransitionError.tokensSpent(spent)) {
            try await sessions.turn(id, Act.plan(3))
        }
        // The agent's own data are still taken.
        #expect(try await sessions.turn(id, Act.data(2)).state.trainingData == 2)
    }

    @Test("each call is told what is left of the tokens; once they are spent, no further call is made")
    func allowance() async throws {
        let teacher = teacher(most: 2, tokens: 10)
        let sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
        let id = try await sessions.begin(Fixture.configuration(teacherTokens: 30))
        _ = try await sessions.turn(id, Act.plan(9))
        #expect(teacher.requests?.all.map(\.tokenAllowance) == [30, 20])
        let record = try await sessions.turn(id, Act.plan(9))
        #expect(teacher.requests?.all.map(\.tokenAllowance) == [30, 20, 10])
        #expect(record.state.teacherTokens == 30)
        #expect(record.state.trainingData == 6)
    }
}
