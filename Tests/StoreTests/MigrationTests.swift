import Foundation
import GRDB
import Gym
import Store
import TestSupport
import Testing

/// A data directory as the first release left it: session `A` waits after two iterations of which the second failed, session `B` was
/// interrupted in the training of its first.
@Suite("Data of the former version")
struct MigrationTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try Self.makeFormerData(in: directory.path)
    }

    @Test("sessions are read: what they did not have is what that version did")
    func sessions() async throws {
        let store = try Store(directory: directory.path)
        let record = try await store.session("A", owner: "me")
        #expect(
            record.configuration
                == SessionConfiguration(
                    task: "task", environment: .openEnded, student: "counting", skills: "gold",
                    proposals: .teacher, teacher: "numbering", seed: 7,
                    limits: SessionLimits(iterations: 3, trainingData: 100, teacherTokens: nil),
                    training: TrainingSettings(start: .continue, steps: 1, context: 32),
                    schedule: Schedule(iterationsPerTraining: 1, testEvery: 1), quality: .report, name: "old",
                    labels: ["a": "b"]))
        #expect(record.fork == nil)
        #expect(
            record.state
                == SessionState(
                    status: .ready, iteration: 2, phase: .failed, completedIterations: 1, trainingData: 3,
                    performance: 0.15, pendingData: 0, untrainedIterations: 0, trainings: 1, teacherTokens: 0)
        )
        let plain = try await store.session("B", owner: "you").configuration
        #expect(plain.teacher == nil)
        #expect(plain.seed == .max)
        #expect(plain.training.steps == nil)
        #expect(try await store.busySessions() == ["B"])
        #expect(try await store.sessions(owner: "me", before: nil, limit: 9).map(\.id) == ["A"])
    }

    @Test("iterations, data and results are read")
    func iterations() async throws {
        let store = try Store(directory: directory.path)
        let iterations = try await store.iterations(of: "A")
        #expect(iterations.map(\.phase) == [.succeeded, .succeeded, .failed])
        #expect(iterations.map(\.actionKind) == [nil, .plan, .data])
        #expect(iterations[1].plan == [DataSpec(kind: .instruction("anything"), count: 4)])
        #expect(iterations[1].validationReport?.bySkill == ["rare": 0.2, "common": 2.0 / 15])
        #expect(iterations[1].testReport?.value == 0.15)
        #expect([iterations[1].received, iterations[1].accepted, iterations[1].accumulated] == [4, 3, 3])
        #expect(iterations[1].timing.training == 2.5)
        #expect(iterations[2].error == "all 1 data were refused")
        #expect(
            iterations.allSatisfy {
                $0.moves == nil && $0.forest == nil && $0.quality == nil && $0.skillRewards == nil
                    && $0.teacherTokens == 0
            })
        let data = try await store.data(ofIteration: 1, of: "A")
        #expect(data.map(\.rejection) == [nil, nil, nil, .overlap])
        #expect(data.allSatisfy { $0.findings == nil })
        #expect(try await store.trainedData(of: "A", after: nil, limit: 9).count == 3)
        #expect(try await store.results(ofIteration: 1, of: "A", split: .validation).count == 1)
        #expect(try await store.lastEvaluated(before: 9, of: "A")?.number == 1)
    }

    @Test("a session goes on: its next training has everything that came before")
    func goesOn() async throws {
        var student = CountingStudent()
        student.trainings = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let after = try await sessions.turn(
            "A", .plan([DataSpec(kind: .instruction("more"), count: 2)]))
        #expect(after.state.status == .ready)
        #expect(after.state.trainingData == 5)
        #expect(after.state.trainings == 2)
        #expect(student.trainings?.all.map(\.newCount) == [2])
        #expect(student.trainings?.all.map(\.instructions.count) == [5])
        let iteration = try await sessions.store.iteration(3, of: "A")
        #expect(abs((iteration.reward ?? 0) - 0.1) < 1e-12)
        #expect(iteration.skillRewards?.map(\.skill) == ["rare", "common"])
        #expect(iteration.testReport != nil)
    }

    @Test("an iteration that the former version was at work on is completed")
    func resumes() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        try await sessions.resume()
        let record = try await sessions.settled("B")
        #expect(record.state.status == .ready)
        #expect(record.state.trainingData == 2)
        #expect(record.state.trainings == 1)
        #expect(record.state.performance == 0.1)
    }

    @Test("a session can be forked at an iteration of the former version")
    func forks() async throws {
        let store = try Store(directory: directory.path)
        let original = try await store.session("A", owner: "me")
        let fork = try await store.fork(
            1, of: "A",
            as: SessionRecord(
                id: "F", owner: "me", configuration: original.configuration,
                taskFingerprint: original.taskFingerprint, fork: ForkOrigin(session: "A", iteration: 1),
                state: SessionState(), createdAt: 9, updatedAt: 9))
        #expect(fork.state.trainingData == 3)
        #expect(fork.state.trainings == 1)
        #expect(fork.state.performance == 0.15)
    }

    @Test("the store opens a second time without a further migration")
    func opensAgain() async throws {
        do { _ = try Store(directory: directory.path) }
        let store = try Store(directory: directory.path)
        #expect(try await store.session("A", owner: nil).state.trainings == 1)
    }
}

// MARK: - Making the former data

extension MigrationTests {
    private static func makeFormerData(in directory: String) throws {
        let fingerprint = try Fixture.task().fingerprint
        let base = try saveCheckpoint("", in: directory)
        let trained = try saveCheckpoint("old 0\nold 1\nold 2\n", in: directory)
        let queue = try DatabaseQueue(path: directory + "/dataenvgym.sqlite")
        var migrator = DatabaseMigrator()
        migrator.registerMigration(FormerSchema.migration) { try $0.execute(sql: FormerSchema.sql) }
        try migrator.migrate(queue)
        try queue.write { database in
            try insertSessions(fingerprint, in: database)
            for session in ["A", "B"] { try insertBase(of: session, base, in: database) }
            try insertWaiting(trained, in: database)
            try insertInterrupted(database)
        }
        try queue.close()
    }

    private static func saveCheckpoint(_ text: String, in directory: String) throws -> String {
        let folder = directory + "/checkpoints"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let name = try SHA256.hexadecimal(Array(text.utf8))
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).safetensors"))
        return name
    }

    private static func insertSessions(_ fingerprint: String, in database: Database) throws {
        let sql = "INSERT INTO session VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
        try database.execute(
            sql: sql,
            arguments: [
                "A", "me", FormerSchema.configuration, fingerprint, "ready", 2, "failed", 1, 3, 0.15, 0, 1000,
                2000,
            ])
        try database.execute(
            sql: sql,
            arguments: [
                "B", "you", FormerSchema.plainConfiguration, fingerprint, "busy", 1, "training", 0, 0, 0.0, 2,
                1000, 2000,
            ])
    }

    private static func insertBase(of session: String, _ checkpoint: String, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO iteration (session_id, number, phase, submitted_at, accumulated, checkpoint,
                validation_report, test_report, queued_s, evaluating_s)
                VALUES (?, 0, 'succeeded', 1000, 0, ?, ?, ?, 0.1, 0.2)
                """,
            arguments: [
                session, checkpoint, FormerSchema.report("validation", correct: 0),
                FormerSchema.report("test", correct: 0),
            ])
    }

    private static func insertWaiting(_ checkpoint: String, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO iteration (session_id, number, phase, action_type, plan, idempotency_key,
                action_fingerprint, submitted_at, received, accepted, accumulated, skipped, loss, checkpoint,
                validation_report, test_report, reward, training_s)
                VALUES ('A', 1, 'succeeded', 'plan', ?, 'key', 'digest', 1100, 4, 3, 3, 0, 0.5, ?, ?, ?, 0.15, 2.5)
                """,
            arguments: [
                FormerSchema.plan, checkpoint, FormerSchema.report("validation", correct: 3),
                FormerSchema.report("test", correct: 3),
            ])
        for (position, rejected) in [nil, nil, nil, "overlap"].enumerated() {
            try insertDatum("A", "old \(position)", at: position, rejected: rejected, in: database)
        }
        try database.execute(
            sql: "INSERT INTO result VALUES ('A', 1, 'validation', 0, 'validation0', 'right', 1)")
        try database.execute(
            sql: """
                INSERT INTO iteration (session_id, number, phase, action_type, submitted_at, received, error)
                VALUES ('A', 2, 'failed', 'data', 1200, 1, 'all 1 data were refused')
                """)
    }

    private static func insertInterrupted(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO iteration (session_id, number, phase, action_type, submitted_at, received, accepted,
                accumulated) VALUES ('B', 1, 'training', 'data', 1100, 2, 2, 2)
                """)
        for position in 0..<2 {
            try insertDatum("B", "mine \(position)", at: position, rejected: nil, in: database)
        }
    }

    private static func insertDatum(
        _ session: String, _ instruction: String, at position: Int, rejected: String?, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO datum VALUES (?, 1, ?, ?, 'right', NULL, NULL, ?)",
            arguments: [session, position, instruction, rejected])
    }
}
