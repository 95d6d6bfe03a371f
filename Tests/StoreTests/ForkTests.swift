import Gym
import Store
import TestSupport
import Testing

@Suite("Forks")
struct ForkTests {
    private let directory: TemporaryDirectory
    private let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(directory: directory.path)
    }

    private static func report(_ value: Int) throws -> PerformanceReport {
        let task = try Fixture.task()
        let results = task.instances(.validation).enumerated().map {
            InstanceResult(instanceID: $1.id, response: "r", correct: $0 < value)
        }
        return PerformanceReport(
            results: results, split: .validation, task: task, skills: SkillSet(goldOf: task))
    }

    /// An iteration that ended with an evaluation of so many right answers, on test too if so.
    private func evaluate(_ id: String, _ value: Int, isTested: Bool = true) async throws {
        let name = try await store.checkpoints.save(StudentCheckpoint(bytes: [UInt8(value)]))
        defer { store.checkpoints.release(name) }
        let report = try Self.report(value)
        let result = InstanceResult(instanceID: "validation0", response: "r", correct: true)
        _ = try await store.storeEvaluated(
            Store.Evaluation(
                checkpoint: name, results: [.validation: [result]], validation: report,
                test: isTested ? report : nil, skillRewards: [], forest: nil),
            of: id, seconds: 1, at: 7)
    }

    private func begin(_ id: String, _ configuration: SessionConfiguration) async throws {
        try await store.create(
            SessionRecord(
                id: id, owner: "me", configuration: configuration, taskFingerprint: "f",
                state: SessionState(), createdAt: 1, updatedAt: 1))
        _ = try await store.start(nil, of: id, queued: 0, at: 2)
        try await evaluate(id, 1)
    }

    /// Submits data and stores them as checked.
    private func check(_ id: String, _ count: Int, key: String? = nil) async throws {
        let number = try await store.session(id, owner: nil).state.iteration + 1
        let data = (0..<count).map { TrainingDatum(instruction: "i\(number) \($0)", response: "r") }
        _ = try await store.submit(
            Store.Submission(action: .data(data), key: key, fingerprint: key), to: id, at: 3)
        _ = try await store.start(.data, of: id, queued: 0, at: 4)
        let before = try await store.lastSucceeded(before: number, of: id)
        let checked = data.map { CheckedDatum(datum: $0, findings: [], rejection: nil) }
        _ = try await store.storeChecked(
            checked, forest: nil, checkpoint: before?.checkpoint, of: id, seconds: 0, at: 5)
    }

    private func train(_ id: String, _ value: Int, isTested: Bool = true) async throws {
        _ = try await store.storeTrained(checkpoint: "c", loss: 0, skipped: 0, of: id, seconds: 1, at: 6)
        try await evaluate(id, value, isTested: isTested)
    }

    private func fork(
        _ number: Int, of id: String, as fork: String = "F", _ configuration: SessionConfiguration
    ) async throws -> SessionRecord {
        try await store.fork(
            number, of: id,
            as: SessionRecord(
                id: fork, owner: "me", configuration: configuration, taskFingerprint: "f",
                fork: ForkOrigin(session: id, iteration: number), state: SessionState(), createdAt: 8,
                updatedAt: 8))
    }

    /// Iterations: 1 trained on 3 data, 2 failed, 3 trained on 4.
    private func makeOriginal() async throws -> SessionConfiguration {
        let configuration = Fixture.configuration(iterations: 5)
        try await begin("A", configuration)
        try await check("A", 3, key: "k1")
        try await train("A", 4)
        try await check("A", 2)
        _ = try await store.storeFailed("no", of: "A", at: 6)
        try await check("A", 4)
        try await train("A", 9)
        return configuration
    }

    @Test("a fork stands where the original stood after the iteration", arguments: [(0, 0, 0), (1, 3, 1)])
    func state(number: Int, data: Int, trainings: Int) async throws {
        let configuration = try await makeOriginal()
        let record = try await fork(number, of: "A", configuration)
        #expect(
            record.state
                == SessionState(
                    status: .ready, iteration: number, phase: .succeeded, completedIterations: trainings,
                    trainingData: data, performance: number == 0 ? 0.05 : 0.2, pendingData: 0,
                    untrainedIterations: 0, trainings: trainings, teacherTokens: 0))
        #expect(try await store.session("F", owner: "me").fork == ForkOrigin(session: "A", iteration: number))
        let iterations = try await store.iterations(of: "F")
        #expect(iterations.map(\.number) == Array(0...number))
        #expect(try await store.trainedData(of: "F", after: nil, limit: 99).count == data)
        #expect(try await store.results(ofIteration: number, of: "F", split: .validation).count == 1)
    }

    @Test("failed iterations come along, so that numbers stay; the original is not touched")
    func failedIterations() async throws {
        let configuration = try await makeOriginal()
        let before = try await store.session("A", owner: nil)
        let record = try await fork(3, of: "A", configuration)
        #expect(record.state == before.state)
        #expect(try await store.iterations(of: "F").map(\.phase).contains(.failed))
        try await check("F", 1)
        #expect(try await store.session("A", owner: nil).state == before.state)
        #expect(try await store.iterations(of: "A").count == 4)
        #expect(try await store.session("F", owner: nil).state.iteration == 4)
    }

    @Test("the original's idempotency keys stay behind: the fork's requests are its own")
    func keys() async throws {
        let configuration = try await makeOriginal()
        _ = try await fork(1, of: "A", configuration)
        let data = [TrainingDatum(instruction: "x", response: "r")]
        let submission = Store.Submission(action: .data(data), key: "k1", fingerprint: "other")
        #expect(try await store.submit(submission, to: "F", at: 9) == .accepted(iteration: 2))
        #expect(try await store.submit(submission, to: "A", at: 9) == .keyReused(iteration: 1))
    }

    @Test("checkpoints are shared: removing either session keeps what the other names")
    func sharedCheckpoints() async throws {
        let configuration = try await makeOriginal()
        _ = try await fork(1, of: "A", configuration)
        try await store.delete("A")
        #expect(try await store.session("F", owner: "me").fork?.session == "A")
        let kept = try #require(try await store.iteration(1, of: "F").checkpoint)
        #expect(try await store.checkpoints.load(kept).bytes == [4])
        let gone = try SHA256.hexadecimal([9])
        await #expect(throws: StoreError.self) { try await store.checkpoints.load(gone) }
        try await store.delete("F")
        await #expect(throws: StoreError.self) { try await store.checkpoints.load(kept) }
    }

    @Test("an iteration that did not succeed, or is not there, cannot be gone on from")
    func notSucceeded() async throws {
        let configuration = try await makeOriginal()
        await #expect(throws: Store.ForkError.notSucceeded(.failed)) {
            try await fork(2, of: "A", configuration)
        }
        for number in [4, -1, Int.max] {
            await #expect(throws: StoreError.notFound("iteration \(number) of session A")) {
                try await fork(number, of: "A", configuration)
            }
        }
        try await check("A", 1)
        await #expect(throws: Store.ForkError.notSucceeded(.training)) {
            try await fork(4, of: "A", configuration)
        }
        await #expect(throws: StoreError.self) { try await fork(0, of: "nobody", configuration) }
        await #expect(throws: StoreError.notFound("session F")) { try await store.session("F", owner: nil) }
    }

    @Test("limits that leave nothing to do are refused; wider ones let a finished session go on")
    func limits() async throws {
        _ = try await makeOriginal()
        for tight in [
            Fixture.configuration(iterations: 2), Fixture.configuration(trainingData: 7),
            Fixture.configuration(trainingData: 2),
        ] {
            await #expect(throws: Store.ForkError.nothingLeft) { try await fork(3, of: "A", tight) }
        }
        try await begin("B", Fixture.configuration(iterations: 1))
        try await check("B", 1)
        try await train("B", 2)
        #expect(try await store.session("B", owner: nil).state.status == .finished)
        let wide = try await fork(1, of: "B", Fixture.configuration(iterations: 2))
        #expect(wide.state.status == .ready)
        #expect(wide.state.completedIterations == 1)
    }

    @Test("a fork between trainings keeps the data that wait for the next one")
    func betweenTrainings() async throws {
        let configuration = Fixture.configuration(
            iterations: 9, schedule: Schedule(iterationsPerTraining: 2))
        try await begin("A", configuration)
        try await check("A", 2)
        try await check("A", 3)
        try await train("A", 5)
        try await check("A", 4)
        let record = try await fork(3, of: "A", configuration)
        #expect(record.state == (try await store.session("A", owner: nil).state))
        #expect(record.state.untrainedIterations == 1)
        #expect(record.state.trainingData == 9)
        let early = try await fork(1, of: "A", as: "G", configuration)
        #expect(early.state.untrainedIterations == 1)
        #expect(early.state.trainings == 0)
        #expect(early.state.performance == 0.05)
    }

    @Test("what happened only because the session was at its end cannot be gone on from")
    func endedEarly() async throws {
        let perTwo = Schedule(iterationsPerTraining: 2)
        try await begin("A", Fixture.configuration(iterations: 3, schedule: perTwo))
        try await check("A", 1)
        try await check("A", 1)
        try await train("A", 3)
        try await check("A", 1)
        try await train("A", 4)
        let wider = Fixture.configuration(iterations: 9, schedule: perTwo)
        await #expect(throws: Store.ForkError.endedEarly) { try await fork(3, of: "A", wider) }
        #expect(try await fork(2, of: "A", wider).state.trainings == 1)

        let rarely = Schedule(testEvery: 2)
        try await begin("B", Fixture.configuration(iterations: 1, schedule: rarely))
        try await check("B", 1)
        try await train("B", 2)
        let other = Fixture.configuration(iterations: 9, schedule: rarely)
        await #expect(throws: Store.ForkError.endedEarly) { try await fork(1, of: "B", as: "G", other) }
    }
}
