import Foundation
import Gym
import Store
import TestSupport
import Testing

@Suite("Store")
struct StoreTests {
    private let directory: TemporaryDirectory
    private let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(directory: directory.path)
    }

    private static let configuration = SessionConfiguration(
        task: "t", environment: .openEnded, student: "s", teacher: "e", seed: 7,
        limits: SessionLimits(iterations: 5, trainingData: 100),
        training: TrainingSettings(start: .continue, steps: 60, context: 96), name: "n", labels: ["a": "b"])

    private func create(_ id: String, owner: String = "me") async throws {
        try await store.create(
            SessionRecord(
                id: id, owner: owner, configuration: Self.configuration, taskFingerprint: "f",
                state: SessionState(), createdAt: 1000, updatedAt: 1000))
    }

    private func evaluation(_ value: Int, checkpoint: String) throws -> Store.Evaluation {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        let instances = (0..<10).map { TaskInstance(id: "v\($0)", instruction: "q\($0)", answer: "1") }
        let task = try BenchmarkTask(
            name: "t", summary: "", domain: .math, skills: [], scorer: scorer,
            splits: [.validation: instances])
        let results = instances.enumerated().map {
            InstanceResult(instanceID: $1.id, response: "r", correct: $0 < value)
        }
        return Store.Evaluation(
            checkpoint: checkpoint, results: [.validation: results],
            validation: PerformanceReport(
                results: results, split: .validation, task: task, skills: SkillSet(goldOf: task)),
            test: PerformanceReport(results: [], split: .test, task: task, skills: SkillSet(goldOf: task)),
            skillRewards: nil, forest: nil)
    }

    /// Brings a session to `ready` with performance 0.3.
    private func evaluateBase(_ id: String) async throws {
        _ = try await store.start(nil, of: id, queued: 0.5, at: 1001)
        let name = try await store.checkpoints.save(StudentCheckpoint(bytes: Array("base".utf8)))
        _ = try await store.storeEvaluated(
            try evaluation(3, checkpoint: name), of: id, seconds: 1, at: 1002)
        store.checkpoints.release(name)
    }

    private func submission(_ count: Int, key: String? = nil, fingerprint: String? = nil) -> Store.Submission
    {
        let data = (0..<count).map { TrainingDatum(instruction: "q\($0)", response: "r", skill: "x") }
        return Store.Submission(action: .data(data), key: key, fingerprint: fingerprint)
    }

    @Test("what is stored is read back after the store is opened again")
    func reopens() async throws {
        let directory = try TemporaryDirectory()
        do {
            let first = try Store(directory: directory.path)
            try await first.create(
                SessionRecord(
                    id: "A", owner: "me", configuration: Self.configuration, taskFingerprint: "f",
                    state: SessionState(), createdAt: 5, updatedAt: 5))
        }
        let second = try Store(directory: directory.path)
        let record = try await second.session("A", owner: "me")
        #expect(record.configuration == Self.configuration)
        #expect(record.state == SessionState())
        #expect(try await second.busySessions() == ["A"])
    }

    @Test("a second process is kept out of the directory")
    func lock() throws {
        #expect(throws: StoreError.inUse(directory: directory.path)) { try Store(directory: directory.path) }
    }

    @Test("somebody else's session does not exist")
    func ownership() async throws {
        try await create("A", owner: "you")
        await #expect(throws: StoreError.notFound("session A")) {
            try await store.session("A", owner: "me")
        }
        #expect(try await store.sessions(owner: "me", before: nil, limit: 10).isEmpty)
    }

    @Test("sessions are listed newest first, page by page")
    func paging() async throws {
        for id in ["A", "B", "C", "D", "E"] { try await create(id) }
        let first = try await store.sessions(owner: "me", before: nil, limit: 2).map(\.id)
        let second = try await store.sessions(owner: "me", before: first.last, limit: 2).map(\.id)
        let third = try await store.sessions(owner: "me", before: second.last, limit: 2).map(\.id)
        #expect(first + second + third == ["E", "D", "C", "B", "A"])
    }

    @Test("a retried action with the same key is the same iteration; with another body it is refused")
    func idempotency() async throws {
        try await create("A")
        try await evaluateBase("A")
        let first = submission(2, key: "k", fingerprint: "one")
        #expect(try await store.submit(first, to: "A", at: 1) == .accepted(iteration: 1))
        #expect(try await store.submit(first, to: "A", at: 2) == .repeated(iteration: 1))
        let other = submission(3, key: "k", fingerprint: "two")
        #expect(try await store.submit(other, to: "A", at: 3) == .keyReused(iteration: 1))
        #expect(try await store.data(ofIteration: 1, of: "A").count == 2)
    }

    @Test("of many actions at once exactly one is accepted")
    func race() async throws {
        try await create("A")
        try await evaluateBase("A")
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { [store, action = submission(1)] in
                    (try? await store.submit(action, to: "A", at: 1)) == .accepted(iteration: 1)
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(accepted == 1)
    }

    @Test("a phase's result is stored once: a second time is refused and changes nothing")
    func nothingTwice() async throws {
        try await create("A")
        try await evaluateBase("A")
        _ = try await store.submit(submission(4), to: "A", at: 1)
        _ = try await store.start(.data, of: "A", queued: 0, at: 2)
        let data = try await store.data(ofIteration: 1, of: "A").map(\.datum)
        let checked = data.enumerated().map { place, datum in
            CheckedDatum(
                datum: datum, findings: place == 1 ? [.overlap, .known] : [],
                rejection: place == 1 ? .overlap : nil)
        }
        _ = try await store.storeChecked(checked, forest: nil, checkpoint: nil, of: "A", seconds: 0, at: 3)
        await #expect(throws: TransitionError.self) {
            try await store.storeChecked(checked, forest: nil, checkpoint: nil, of: "A", seconds: 0, at: 4)
        }
        #expect(
            try await store.data(ofIteration: 1, of: "A").map(\.findings) == [
                [], [.overlap, .known], [], [],
            ])
        _ = try await store.storeTrained(checkpoint: "c1", loss: 0.5, skipped: 0, of: "A", seconds: 1, at: 5)
        let record = try await store.storeEvaluated(
            try evaluation(5, checkpoint: "c1"), of: "A", seconds: 1, at: 6)
        #expect(record.state.trainingData == 3)
        #expect(record.state.status == .ready)
        let iteration = try await store.iteration(1, of: "A")
        #expect(iteration.accepted == 3)
        #expect(iteration.rejected == 1)
        #expect(iteration.quality == QualityReport(checked))
        #expect(iteration.accumulated == 3)
        #expect(abs((iteration.reward ?? 0) - 0.2) < 1e-12)
        let trained = try await store.trainedData(of: "A", after: nil, limit: 100)
        #expect(trained.map(\.datum.instruction) == ["q0", "q2", "q3"])
    }

    @Test("data of a failed iteration are not trained on later")
    func failedData() async throws {
        try await create("A")
        try await evaluateBase("A")
        _ = try await store.submit(submission(4), to: "A", at: 1)
        _ = try await store.storeFailed("no reason", of: "A", at: 2)
        #expect(try await store.trainedData(of: "A", after: nil, limit: 100).isEmpty)
        #expect(try await store.iteration(1, of: "A").error == "no reason")
        #expect(try await store.session("A", owner: nil).state.status == .ready)
    }

    @Test("results are filtered and paged by position")
    func results() async throws {
        try await create("A")
        try await evaluateBase("A")
        let wrong = try await store.results(
            ofIteration: 0, of: "A", split: .validation, correct: false, from: 5, limit: 3)
        #expect(wrong.map(\.position) == [5, 6, 7])
        let right = try await store.results(ofIteration: 0, of: "A", split: .validation, correct: true)
        #expect(right.map(\.result.instanceID) == ["v0", "v1", "v2"])
    }

    @Test("a removed session takes its checkpoints along, but not those that others have")
    func deletion() async throws {
        try await create("A")
        try await create("B")
        try await evaluateBase("A")
        try await evaluateBase("B")
        let shared = try #require(try await store.iteration(0, of: "A").checkpoint)
        try await store.delete("A")
        #expect(try await store.checkpoints.load(shared).bytes == Array("base".utf8))
        try await store.delete("B")
        await #expect(throws: StoreError.self) { try await store.checkpoints.load(shared) }
        await #expect(throws: StoreError.notFound("session B")) { try await store.delete("B") }
    }

    @Test("a pinned checkpoint survives the removal of the only session that named it")
    func pins() async throws {
        try await create("A")
        try await evaluateBase("A")
        let name = try await store.checkpoints.save(StudentCheckpoint(bytes: Array("base".utf8)))
        try await store.delete("A")
        #expect(try await store.checkpoints.load(name).bytes == Array("base".utf8))
        store.checkpoints.release(name)
    }

    @Test("a damaged checkpoint is found out, not used")
    func damage() async throws {
        let name = try await store.checkpoints.save(StudentCheckpoint(bytes: [1, 2, 3]))
        let path = directory.path + "/checkpoints/\(name).safetensors"
        try Data([1, 2, 4]).write(to: URL(fileURLWithPath: path))
        await #expect(throws: StoreError.corrupt("checkpoint \(name) is damaged")) {
            try await store.checkpoints.load(name)
        }
    }

    @Test("what a crash left behind is removed at the next start")
    func strays() async throws {
        let directory = try TemporaryDirectory()
        let folder = directory.path + "/checkpoints"
        do {
            let store = try Store(directory: directory.path)
            _ = try await store.checkpoints.save(StudentCheckpoint(bytes: [9]))
            try Data([1]).write(to: URL(fileURLWithPath: folder + "/x.safetensors.1.2.tmp"))
        }
        _ = try Store(directory: directory.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test("ids sort by time and are unique")
    func ulids() {
        let generator = ULIDGenerator()
        let ids = (0..<2000).map { generator.next(milliseconds: Int64(1_700_000_000_000 + $0 / 100)) }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == 2000)
        #expect(ids.allSatisfy { $0.count == 26 })
    }

    @Test("SHA-256 of the standard's example")
    func digest() throws {
        #expect(
            try SHA256.hexadecimal(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
