import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Forked sessions")
struct ForkedSessionTests {
    private let directory: TemporaryDirectory
    private let sessions: Sessions

    init() throws {
        directory = try TemporaryDirectory()
        var teacher = NumberingTeacher()
        teacher.most = 3
        teacher.tokens = 2
        sessions = try Fixture.sessions(in: directory.path, teacher: teacher)
    }

    private static let moves: [Action] = [
        .skillTree([Act.explore("rare", 2, each: 3)]),
        .skillTree([Act.exploit("rare", ["sub1": 2])]),
        .skillTree([Act.explore("common", 1, each: 4), Act.exploit("rare", ["sub2": 3])]),
        Act.data(3, skill: "common", subskill: "mine"),
        .skillTree([Act.exploit("common", ["mine": -1])]),
    ]

    @Test(
        "a fork that gets the original's actions gives the original's feedback, whichever iteration it begins at",
        arguments: [1, 2], 0..<5)
    func sameFeedback(perTraining: Int, iteration: Int) async throws {
        let configuration = Fixture.configuration(
            iterations: 6, environment: .skillTree,
            schedule: Schedule(iterationsPerTraining: perTraining, testEvery: 2))
        let id = try await sessions.begin(configuration)
        for action in Self.moves { _ = try await sessions.turn(id, action) }
        let original = try await sessions.store.session(id, owner: nil)
        let fork = try await sessions.fork(iteration, of: original, as: configuration)
        #expect(fork.state.status == .ready)
        #expect(fork.fork == ForkOrigin(session: id, iteration: iteration))
        for action in Self.moves[iteration...] { _ = try await sessions.turn(fork.id, action) }
        #expect(try await sessions.story(of: fork.id) == sessions.story(of: id))
    }

    @Test("a fork goes on after the original is removed, its checkpoints kept")
    func outlives() async throws {
        let configuration = Fixture.configuration(iterations: 9)
        let id = try await sessions.begin(configuration)
        _ = try await sessions.turn(id, Act.plan(4))
        let original = try await sessions.store.session(id, owner: nil)
        let fork = try await sessions.fork(1, of: original, as: configuration)
        try await sessions.delete(id)
        let record = try await sessions.turn(fork.id, Act.plan(2))
        #expect(record.state.performance == 0.3)
        #expect(record.state.trainingData == 6)
    }
}
