import Gym
import Synchronization

/// The student `pocket`: the embedded transformer as the gym sees it.
public final class EmbeddedStudent: Student {
    /// `pocket`.
    public let name = "pocket"
    /// What it is.
    public let summary =
        "A transformer of 0.4 million parameters inside the service: learns short word problems with a "
        + "calculator in seconds, without network, GPU or account."
    /// From the last checkpoint, 60 steps, context 96.
    public let trainingDefaults = TrainingSettings(start: .continue, steps: 60, context: 96)

    /// The range of `training.steps`.
    public static let stepsRange = 1...5_000
    /// The range of `training.context`, in tokens.
    public static let contextRange = 32...2_048

    /// With `base`, training goes over all data so far this many times.
    static let epochsFromBase = 8

    private let pool: ComputePool
    /// The longest texts of a task, by the task's fingerprint: counting takes a while for a large one.
    private let lengths = Mutex<[String: TaskLengths]>([:])

    /// A student that computes on a pool.
    public init(pool: ComputePool) {
        self.pool = pool
    }

    /// The settings of a request, completed; a context that is not given is as long as the task's texts need.
    public func settings(
        for request: TrainingRequestSettings, task: BenchmarkTask
    ) throws(StudentError) -> TrainingSettings {
        if let steps = request.steps, !Self.stepsRange.contains(steps) {
            throw .invalidSetting(member: "steps", detail: Self.ruled(Self.stepsRange))
        }
        if let context = request.context, !Self.contextRange.contains(context) {
            throw .invalidSetting(member: "context", detail: Self.ruled(Self.contextRange))
        }
        let start = request.start ?? trainingDefaults.start
        return TrainingSettings(
            start: start, steps: request.steps ?? (start == .base ? nil : trainingDefaults.steps),
            context: request.context ?? usualContext(for: task))
    }

    private static func ruled(_ range: ClosedRange<Int>) -> String {
        "must be between \(range.lowerBound) and \(range.upperBound)"
    }

    /// The base checkpoint that the program carries.
    public func baseCheckpoint() async throws -> StudentCheckpoint {
        StudentCheckpoint(bytes: PocketBase.checkpoint)
    }

    /// Trains on all data of the session, new and earlier, mixed with rows of the base's own training.
    public func train(
        _ job: TrainingJob, progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> TrainingOutcome {
        let rows = Self.rows(of: job)
        var settings = PocketTrainingSettings()
        settings.context = job.settings.context
        let rowsAStep = Double(settings.batch) * (1 - settings.replayShare)
        settings.steps =
            job.settings.steps
            ?? max(1, Int((Double(Self.epochsFromBase * rows.count) / rowsAStep).rounded(.up)))
        let outcome = try await translating {
            try await PocketEngine.train(
                try PocketModel(checkpoint: job.checkpoint.bytes), rows: rows, replay: PocketBase.replay,
                settings: settings, seed: job.seed, pool: pool
            ) { step in
                progress(StepProgress(done: step.step, total: step.steps, loss: step.loss))
            }
        }
        return TrainingOutcome(
            checkpoint: StudentCheckpoint(bytes: outcome.model.checkpoint()), loss: outcome.finalLoss,
            skipped: outcome.skippedRows)
    }

    /// What the job trains on. Continuing, half of the rows drawn are the iteration's own, however much came before: the student has
    /// seen the earlier ones, and what the agent chose now is what it is to learn now.
    private static func rows(of job: TrainingJob) -> [PocketRow] {
        let rows = job.data.map { PocketRow(prompt: $0.instruction, response: $0.response) }
        let new = rows.suffix(job.newCount)
        let earlier = rows.count - new.count
        guard job.settings.start == .continue, !new.isEmpty, earlier > new.count else { return rows }
        let copies = Int((Double(earlier) / Double(new.count)).rounded())
        return rows + Array(repeating: new, count: copies - 1).joined()
    }

    /// Answers by greedy decoding with the calculator.
    public func predict(
        _ instructions: [String], with checkpoint: StudentCheckpoint, settings: TrainingSettings,
        progress: @escaping @Sendable (StepProgress) -> Void
    ) async throws -> [String] {
        try await translating {
            try await PocketEngine.predict(
                try PocketModel(checkpoint: checkpoint.bytes), prompts: instructions,
                maxNewTokens: settings.context * 2 / 3, context: settings.context, pool: pool
            ) { done, total in
                progress(StepProgress(done: done, total: total))
            }
        }
    }

    /// Runs the engine, with its errors as the gym's.
    private func translating<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch PocketError.cancelled {
            throw CancellationError()
        } catch PocketError.invalidCheckpoint(let detail) {
            throw StudentError.badCheckpoint(detail)
        } catch PocketError.noTrainingRows {
            throw StudentError.nothingToTrainOn("no datum fits the context; set training.context higher")
        }
    }

    private func usualContext(for task: BenchmarkTask) -> Int {
        let known = lengths.withLock { $0[task.fingerprint] }
        let longest: TaskLengths
        if let known {
            longest = known
        } else {
            longest = TaskLengths(task: task, tokenizer: PocketBase.model.tokenizer)
            lengths.withLock { $0[task.fingerprint] = longest }
        }
        let needed = (longest.whole + 31) / 32 * 32
        return min(max(trainingDefaults.context, needed), Self.contextRange.upperBound)
    }
}

/// How many tokens a task's texts take.
struct TaskLengths: Sendable {
    /// The longest instruction and solution together, with the marks between them.
    let whole: Int

    init(task: BenchmarkTask, tokenizer: Tokenizer) {
        var whole = 0
        for split in SplitName.allCases {
            for instance in task.instances(split) {
                let prompt = tokenizer.encode(instance.instruction).count
                let response = tokenizer.encode(instance.solution ?? instance.answer).count
                whole = max(whole, prompt + response + 3)
            }
        }
        self.whole = whole
    }
}
