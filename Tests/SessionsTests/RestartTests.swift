import Gym
import Sessions
import Store
import TestSupport
import Testing

/// A crash is simulated by a stop while a phase is at work, so that the phase's result is lost.
@Suite("Restarts", .timeLimit(.minutes(1)))
struct RestartTests {
    enum Phase: CaseIterable { case generating, toppingUp, checking, training, evaluating }

    /// A kind of session.
    struct World: CustomTestStringConvertible {
        let environment: EnvironmentKind
        let perTraining: Int

        var testDescription: String { "\(environment.rawValue), training every \(perTraining)" }

        var configuration: SessionConfiguration {
            Fixture.configuration(
                environment: environment,
                schedule: Schedule(iterationsPerTraining: perTraining, testEvery: 2))
        }

        static let all = EnvironmentKind.allCases.flatMap { environment in
            [1, 2].map { World(environment: environment, perTraining: $0) }
        }

        /// Every phase of iterations 1 and 2; those between trainings only make data.
        var crashes: [Crash] {
            [1, 2].flatMap { iteration in
                Phase.allCases.filter { phase in
                    let trains = iteration.isMultiple(of: perTraining)
                    return trains || (phase != .training && phase != .evaluating)
                }.map { Crash(world: self, iteration: iteration, phase: $0) }
            }
        }
    }

    struct Crash {
        let world: World
        let iteration: Int
        let phase: Phase
        var action: Action { RestartTests.actions(world.environment)[iteration - 1] }
    }

    /// The actions of iterations 1 to 4.
    private static func actions(_ environment: EnvironmentKind) -> [Action] {
        switch environment {
        case .openEnded: [Act.plan(7), Act.plan(6), Act.data(3), Act.plan(2)]
        case .skillList:
            [5, 8, 3, 4].map { .plan([DataSpec(kind: .skill("rare", subskill: nil, hint: nil), count: $0)]) }
        case .skillTree:
            [
                .skillTree([Act.explore("rare", 2, each: 3), Act.explore("common", 1, each: 2)]),
                .skillTree([Act.exploit("rare", ["sub1": 4]), Act.explore("common", 1, each: 4)]),
                .skillTree([Act.exploit("common", ["sub2": -2])]),
                .skillTree([Act.explore("rare", 1, each: 3)]),
            ]
        }
    }

    private static func teacher() -> NumberingTeacher {
        var teacher = NumberingTeacher()
        teacher.most = 4
        return teacher
    }

    /// Runs the actions from one iteration to another.
    private func run(_ range: Range<Int>, _ world: World, _ id: String, in sessions: Sessions) async throws {
        for action in Self.actions(world.environment)[range] { _ = try await sessions.turn(id, action) }
    }

    private func uninterrupted(_ world: World) async throws -> Story {
        let directory = try TemporaryDirectory()
        let sessions = try Fixture.sessions(in: directory.path, teacher: Self.teacher())
        let id = try await sessions.begin(world.configuration)
        try await run(0..<4, world, id, in: sessions)
        let story = try await sessions.story(of: id)
        await sessions.stop()
        return story
    }

    /// Lets all calls pass but one, and holds that until the process stops.
    private func hold(_ number: Int, at barrier: Barrier) -> @Sendable () async throws -> Void {
        let calls = Recorder<Int>()
        return {
            calls.note(1)
            if calls.all.count == number { try await barrier.pass() }
        }
    }

    /// Stops in the middle of a phase; the iteration in flight is then that of `crash`.
    private func interrupt(_ crash: Crash, _ id: String, in directory: String) async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        var teacher = Self.teacher()
        switch crash.phase {
        case .generating: teacher.onGenerate = hold(1, at: barrier)
        case .toppingUp: teacher.onGenerate = hold(2, at: barrier)
        case .checking: student.onPredict = hold(1, at: barrier)
        case .training: student.onTrain = hold(1, at: barrier)
        case .evaluating: student.onPredict = hold(2, at: barrier)
        }
        let sessions = try Fixture.sessions(in: directory, student: student, teacher: teacher)
        _ = try await sessions.submit(
            Store.Submission(action: crash.action, key: nil, fingerprint: nil), to: id)
        try await barrier.waitForArrival()
        await sessions.stop()
        #expect(try await sessions.store.session(id, owner: nil).state.status == .busy)
    }

    private func interrupted(_ crash: Crash) async throws -> Story {
        let directory = try TemporaryDirectory()
        let id: String
        do {
            let first = try Fixture.sessions(in: directory.path, teacher: Self.teacher())
            id = try await first.begin(crash.world.configuration)
            try await run(0..<crash.iteration - 1, crash.world, id, in: first)
            await first.stop()
        }
        try await interrupt(crash, id, in: directory.path)
        let third = try Fixture.sessions(in: directory.path, teacher: Self.teacher())
        try await third.resume()
        _ = try await third.settled(id)
        try await run(crash.iteration..<4, crash.world, id, in: third)
        return try await third.story(of: id)
    }

    @Test(
        "stopped during any phase, a session goes on after the restart and ends as an uninterrupted one",
        arguments: World.all)
    func resumes(world: World) async throws {
        let expected = try await uninterrupted(world)
        #expect(expected.chapters.allSatisfy { $0.phase == .succeeded })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for crash in world.crashes {
                group.addTask {
                    let story = try await interrupted(crash)
                    #expect(story == expected, "\(crash.phase) of iteration \(crash.iteration)")
                }
            }
            try await group.waitForAll()
        }
    }
}
