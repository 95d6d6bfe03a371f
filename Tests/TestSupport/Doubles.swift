import Foundation
import Gym
import Logging
import Sessions
import Store
import Synchronization

/// A student whose state is the list of instructions that it has seen; it answers right what it was trained on often enough.
package struct CountingStudent: Student {
    package let name = "counting"
    package let summary = ""
    package let trainingDefaults = TrainingSettings(start: .continue, steps: 1, context: 32)
    /// Called at the beginning of each train and predict, to block or to fail there.
    package var onTrain: @Sendable () async throws -> Void = {}
    package var onPredict: @Sendable () async throws -> Void = {}
    /// Takes down every training.
    package var trainings: Recorder<SeenTraining>?
    /// Whether its answers change with every training instead of getting better and better.
    package var isFickle = false

    package init() {}

    package func settings(
        for request: TrainingRequestSettings, task: BenchmarkTask
    ) throws(StudentError) -> TrainingSettings {
        if let steps = request.steps, steps > 1000 {
            throw .invalidSetting(member: "steps", detail: "must be at most 1000")
        }
        return trainingDefaults
    }

    package func baseCheckpoint() async throws -> StudentCheckpoint { StudentCheckpoint(bytes: []) }

    package func train(
        _ job: TrainingJob, progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> TrainingOutcome {
        try await onTrain()
        trainings?.note(
            SeenTraining(
                instructions: job.data.map(\.instruction), newCount: job.newCount,
                start: job.checkpoint.bytes))
        progress(StepProgress(done: 1, total: 1, loss: 0.5))
        let new = job.settings.start == .base ? job.data : Array(job.data.suffix(job.newCount))
        let lines = new.map { $0.instruction + "\n" }.joined()
        return TrainingOutcome(
            checkpoint: StudentCheckpoint(bytes: job.checkpoint.bytes + Array(lines.utf8)),
            loss: Double(job.seed % 1000), skipped: 0)
    }

    package func predict(
        _ instructions: [String], with checkpoint: StudentCheckpoint, settings: TrainingSettings,
        progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> [String] {
        try await onPredict()
        let seen = String(decoding: checkpoint.bytes, as: UTF8.self).split(separator: "\n").count
        if isFickle {
            // As good as random, and the same for the same state.
            var random = SeededGenerator(seed: UInt64(checkpoint.bytes.count))
            return instructions.map { _ in random.integer(below: 2) == 0 ? "right" : "wrong" }
        }
        return instructions.indices.map { $0 % 20 < seen ? "right" : "wrong" }
    }
}

/// A teacher that makes numbered data.
package struct NumberingTeacher: DataEngine {
    package let name = "numbering"
    package let summary = ""
    package var onGenerate: @Sendable () async throws -> Void = {}

    package init() {}

    package func unsupportedReason(for task: BenchmarkTask) -> String? {
        task.name == "other" ? "numbers are of no use to \(task.name)" : nil
    }

    package func validate(_ plan: [DataSpec], for task: BenchmarkTask) throws(DataEngineError) {
        for (index, spec) in plan.enumerated() {
            if case .skill("refused", _, _) = spec.kind {
                throw DataEngineError(specIndex: index, member: "skill", description: "not this one")
            }
        }
    }

    /// How many data it makes at most in one call.
    package var most = Int.max
    /// What a call costs.
    package var tokens = 0
    /// How many more data than asked for it makes for each spec.
    package var surplus = 0
    /// Takes down every request for data.
    package var requests: Recorder<DataRequest>?
    /// Takes down every request for subskills.
    package var growths: Recorder<SubskillRequest>?

    package func generate(_ request: DataRequest) async throws -> GeneratedData {
        requests?.note(request)
        try await onGenerate()
        let specs = request.plan.enumerated().flatMap {
            Array(repeating: $0.offset, count: $0.element.count + surplus)
        }
        let items = specs.prefix(most).enumerated().map { number, spec in
            GeneratedData.Item(
                spec: spec,
                datum: TrainingDatum(instruction: "made \(request.seed) \(number)", response: "right"))
        }
        return GeneratedData(items: items, tokens: tokens)
    }

    /// Proposes `sub1` to `sub3`.
    package func proposeSubskills(_ request: SubskillRequest) async throws -> SubskillProposals {
        growths?.note(request)
        let fresh = (1...3).map { "sub\($0)" }.filter { !request.existing.contains($0) }
        return SubskillProposals(
            items: fresh.prefix(request.count).map {
                SubskillProposal(name: $0, kind: .skill(request.skill.name, subskill: $0, hint: nil))
            }, isLast: fresh.count <= request.count, tokens: tokens)
    }
}

/// Holds whoever comes, until it is opened.
package final class Barrier: Sendable {
    private struct State {
        var isOpen = false
        var arrived = 0
    }
    private let state = Mutex(State())

    package init() {}

    package var arrivals: Int { state.withLock(\.arrived) }

    package func open() { state.withLock { $0.isOpen = true } }

    package func pass() async throws {
        state.withLock { $0.arrived += 1 }
        while !state.withLock(\.isOpen) { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until somebody has come.
    package func waitForArrival() async throws {
        while arrivals == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
}

package enum Fixture {
    package static func task() throws -> BenchmarkTask { try task(named: "task") }

    /// A task that the teacher can do nothing for.
    package static func otherTask() throws -> BenchmarkTask { try task(named: "other") }

    private static func task(named name: String) throws -> BenchmarkTask {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        func instances(_ split: String, _ count: Int) -> [TaskInstance] {
            (0..<count).map {
                TaskInstance(
                    id: "\(split)\($0)", instruction: "\(split) question \($0)", answer: "right",
                    skill: $0.isMultiple(of: 4) ? "rare" : "common")
            }
        }
        let skills = ["common", "rare"].map { TaskSkill(name: $0, summary: "", subskills: ["one", "two"]) }
        return try BenchmarkTask(
            name: name, summary: "", domain: .math, skills: skills, scorer: scorer,
            splits: [
                .train: instances("train", 10), .validation: instances("validation", 20),
                .test: instances("test", 20),
            ])
    }

    package static func configuration(
        iterations: Int = 5, environment: EnvironmentKind = .openEnded, schedule: Schedule = Schedule(),
        quality: QualityMode = .report, proposals: ProposalSource = .teacher, teacherTokens: Int? = nil,
        trainingData: Int = 1000, skills: String = SkillSet.gold
    ) -> SessionConfiguration {
        SessionConfiguration(
            task: "task", environment: environment, student: "counting", skills: skills,
            proposals: proposals, teacher: "numbering", seed: 3,
            limits: SessionLimits(
                iterations: iterations, trainingData: trainingData, teacherTokens: teacherTokens),
            training: TrainingSettings(start: .continue, steps: 1, context: 32), schedule: schedule,
            quality: quality, name: "", labels: [:])
    }

    package static func sessions(
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
    package func settled(_ id: String) async throws -> SessionRecord {
        while true {
            let record = try await store.session(id, owner: nil)
            if record.state.status != .busy { return record }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Acts and waits for the feedback.
    package func turn(_ id: String, _ action: Action) async throws -> SessionRecord {
        _ = try await submit(Store.Submission(action: action, key: nil, fingerprint: nil), to: id)
        return try await settled(id)
    }

    /// Creates a session and waits for iteration 0.
    package func begin(_ configuration: SessionConfiguration, owner: String = "me") async throws -> String {
        let id = try await create(configuration, owner: owner).id
        _ = try await settled(id)
        return id
    }
}
