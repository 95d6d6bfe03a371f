import Foundation
import Gym
import Logging
import Sessions
import Store
import Synchronization

/// A student whose state is the list of instructions that it has seen; it answers right what it was trained on often enough.
struct CountingStudent: Student {
    let name = "counting"
    let summary = ""
    let trainingDefaults = TrainingSettings(start: .continue, steps: 1, context: 32)
    /// Called at the beginning of each train and predict, to block or to fail there.
    var onTrain: @Sendable () async throws -> Void = {}
    var onPredict: @Sendable () async throws -> Void = {}

    func settings(
        for request: TrainingRequestSettings, task: BenchmarkTask
    ) throws(StudentError) -> TrainingSettings { trainingDefaults }

    func baseCheckpoint() async throws -> StudentCheckpoint { StudentCheckpoint(bytes: []) }

    func train(
        _ job: TrainingJob, progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> TrainingOutcome {
        try await onTrain()
        progress(StepProgress(done: 1, total: 1, loss: 0.5))
        let new = job.settings.start == .base ? job.data : Array(job.data.suffix(job.newCount))
        let lines = new.map { $0.instruction + "\n" }.joined()
        return TrainingOutcome(
            checkpoint: StudentCheckpoint(bytes: job.checkpoint.bytes + Array(lines.utf8)),
            loss: Double(job.seed % 1000), skipped: 0)
    }

    func predict(
        _ instructions: [String], with checkpoint: StudentCheckpoint, settings: TrainingSettings,
        progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> [String] {
        try await onPredict()
        let seen = String(decoding: checkpoint.bytes, as: UTF8.self).split(separator: "\n").count
        return instructions.indices.map { $0 % 20 < seen ? "right" : "wrong" }
    }
}

/// A teacher that makes numbered data.
struct NumberingTeacher: DataEngine {
    let name = "numbering"
    let summary = ""
    var onGenerate: @Sendable () async throws -> Void = {}

    func unsupportedReason(for task: BenchmarkTask) -> String? { nil }
    func validate(_ plan: [DataSpec], for task: BenchmarkTask) throws(DataEngineError) {}

    func generate(_ request: DataRequest) async throws -> [TrainingDatum] {
        try await onGenerate()
        let count = request.plan.reduce(0) { $0 + $1.count }
        return (0..<count).map { TrainingDatum(instruction: "made \(request.seed) \($0)", response: "r") }
    }
}

/// Holds whoever comes, until it is opened.
final class Barrier: Sendable {
    private struct State {
        var isOpen = false
        var arrived = 0
    }
    private let state = Mutex(State())

    var arrivals: Int { state.withLock(\.arrived) }

    func open() { state.withLock { $0.isOpen = true } }

    func pass() async throws {
        state.withLock { $0.arrived += 1 }
        while !state.withLock(\.isOpen) { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until somebody has come.
    func waitForArrival() async throws {
        while arrivals == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
}

enum Fixture {
    static func task() throws -> BenchmarkTask {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        func instances(_ split: String, _ count: Int) -> [TaskInstance] {
            (0..<count).map {
                TaskInstance(id: "\(split)\($0)", instruction: "\(split) question \($0)", answer: "right")
            }
        }
        return try BenchmarkTask(
            name: "task", summary: "", domain: .math, skills: [], scorer: scorer,
            splits: [
                .train: instances("train", 10), .validation: instances("validation", 20),
                .test: instances("test", 20),
            ])
    }

    static func configuration(iterations: Int = 5) -> SessionConfiguration {
        SessionConfiguration(
            task: "task", environment: .openEnded, student: "counting", teacher: "numbering", seed: 3,
            limits: SessionLimits(iterations: iterations, trainingData: 1000),
            training: TrainingSettings(start: .continue, steps: 1, context: 32), name: "", labels: [:])
    }

    static func sessions(
        in directory: String, student: CountingStudent = CountingStudent(),
        teacher: NumberingTeacher = NumberingTeacher(), slots: Int = 2
    ) throws -> Sessions {
        Sessions(
            store: try Store(directory: directory),
            catalogue: Catalogue(tasks: [try task()], students: [student], teachers: [teacher]), slots: slots,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}

extension Sessions {
    /// Waits until no iteration is in flight.
    func settled(_ id: String) async throws -> SessionRecord {
        while true {
            let record = try await store.session(id, owner: nil)
            if record.state.status != .busy { return record }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Acts and waits for the feedback.
    func turn(_ id: String, _ action: Action) async throws -> SessionRecord {
        _ = try await submit(Store.Submission(action: action, key: nil, fingerprint: nil), to: id)
        return try await settled(id)
    }
}
