import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Sessions")
struct SessionsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static func plan(_ count: Int) -> Action {
        .plan([DataSpec(kind: .instruction("anything"), count: count)])
    }

    private static func data(_ count: Int) -> Action {
        .data((0..<count).map { TrainingDatum(instruction: "own \($0)", response: "r") })
    }

    @Test("a session goes through its iterations to the limit; each reward is the change of performance")
    func wholeSession() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.create(Fixture.configuration(iterations: 2), owner: "me").id
        #expect(try await sessions.settled(id).state.performance == 0)
        #expect(try await sessions.turn(id, Self.plan(4)).state.performance == 0.2)
        let last = try await sessions.turn(id, Self.data(6))
        #expect(last.state.status == .finished)
        #expect(last.state.trainingData == 10)
        let rewards = try await sessions.store.iterations(of: id).map(\.reward)
        #expect(rewards == [nil, 0.2, 0.3])
        await #expect(throws: TransitionError.over(.finished)) {
            try await sessions.turn(id, Self.data(1))
        }
    }

    private func uninterrupted() async throws -> (state: SessionState, iteration: IterationRecord) {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.create(Fixture.configuration(), owner: "me").id
        _ = try await sessions.settled(id)
        let record = try await sessions.turn(id, Self.plan(4))
        return (record.state, try await sessions.store.iteration(1, of: id))
    }

    @Test(
        "a failing teacher fails the iteration with its reason; repeating the action gives what it would have given"
    )
    func failureAndRetry() async throws {
        let expected = try await uninterrupted()
        struct Broken: Error, CustomStringConvertible { let description = "the teacher is ill" }
        let other = try TemporaryDirectory()
        var teacher = NumberingTeacher()
        let barrier = Barrier()
        teacher.onGenerate = {
            if barrier.arrivals == 0 { barrier.open(); try await barrier.pass(); throw Broken() }
        }
        let sessions = try Fixture.sessions(in: other.path, teacher: teacher)
        let id = try await sessions.create(Fixture.configuration(), owner: "me").id
        _ = try await sessions.settled(id)
        let failed = try await sessions.turn(id, Self.plan(4))
        #expect(failed.state.status == .ready)
        #expect(failed.state.trainingData == 0)
        #expect(try await sessions.store.iteration(1, of: id).error == "the teacher is ill")
        let repeated = try await sessions.turn(id, Self.plan(4))
        #expect(repeated.state.performance == expected.state.performance)
        #expect(try await sessions.store.iteration(2, of: id).checkpoint == expected.iteration.checkpoint)
    }

    @Test("data that are all held-out instances fail the iteration and say why")
    func nothingAccepted() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.create(Fixture.configuration(), owner: "me").id
        _ = try await sessions.settled(id)
        let stolen = TrainingDatum(instruction: "Test Question 3", response: "right")
        _ = try await sessions.turn(id, .data([stolen]))
        let iteration = try await sessions.store.iteration(1, of: id)
        #expect(iteration.phase == .failed)
        #expect(iteration.error?.contains("1 overlap") == true)
        let mixed = try await sessions.turn(
            id, .data([stolen, TrainingDatum(instruction: "new", response: "r")]))
        #expect(mixed.state.trainingData == 1)
    }

    @Test("cancelling stops the work at once and for good")
    func cancel() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onTrain = { try await barrier.pass() }
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.create(Fixture.configuration(), owner: "me").id
        _ = try await sessions.settled(id)
        _ = try await sessions.submit(
            Store.Submission(action: Self.data(2), key: nil, fingerprint: nil), to: id)
        try await barrier.waitForArrival()
        let record = try await sessions.cancel(id)
        #expect(record.state.status == .cancelled)
        #expect(try await sessions.store.iteration(1, of: id).phase == .cancelled)
        #expect(try await sessions.cancel(id).state.status == .cancelled)
        #expect(try await sessions.store.session(id, owner: nil).state.trainingData == 0)
    }

    @Test("a busy session can be removed")
    func deleteWhileBusy() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onPredict = { try await barrier.pass() }
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.create(Fixture.configuration(), owner: "me").id
        try await barrier.waitForArrival()
        try await sessions.delete(id)
        await #expect(throws: StoreError.notFound("session \(id)")) {
            try await sessions.store.session(id, owner: nil)
        }
    }

    @Test("with one slot, sessions are served in the order in which they came")
    func queue() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onPredict = { try await barrier.pass() }
        let sessions = try Fixture.sessions(in: directory.path, student: student, slots: 1)
        var ids: [String] = []
        for _ in 0..<4 { ids.append(try await sessions.create(Fixture.configuration(), owner: "me").id) }
        try await barrier.waitForArrival()
        var positions: [Int?] = []
        for id in ids { positions.append(await sessions.queuePosition(of: id)) }
        #expect(positions == [nil, 0, 1, 2])
        barrier.open()
        for id in ids { #expect(try await sessions.settled(id).state.status == .ready) }
    }

    @Test("an action that comes while the last run winds up is not forgotten")
    func rapidTurns() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.create(Fixture.configuration(iterations: 60), owner: "me").id
        _ = try await sessions.settled(id)
        for _ in 0..<60 { _ = try await sessions.turn(id, Self.data(1)) }
        #expect(try await sessions.store.session(id, owner: nil).state.status == .finished)
    }

    @Test("those who wait are woken by every change and leave nothing behind")
    func signals() async throws {
        let signals = SessionSignals()
        let first = signals.watch("A") {}
        _ = signals.watch("B") {}
        signals.end(first)
        #expect(signals.count == 1)
        signals.signal("B")
        #expect(signals.count == 0)
    }

    @Test("a session whose task has changed is not continued with other instances")
    func taskChanged() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let configuration = Fixture.configuration()
        try await sessions.store.create(
            SessionRecord(
                id: "old", owner: "me", configuration: configuration, taskFingerprint: "other",
                state: SessionState(), createdAt: 1, updatedAt: 1))
        try await sessions.resume()
        #expect(try await sessions.settled("old").state.status == .failed)
        #expect(try await sessions.store.iteration(0, of: "old").error?.contains("changed") == true)
    }
}
