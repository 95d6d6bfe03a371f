/// How a base is made: a long warm-up without any task, then a dose of skill rows.
public struct PocketPretrainingSettings: Sendable, Equatable {
    /// Invented tasks in the warm-up.
    public var inventedTasks = 400
    /// Rows generated for the warm-up; drawn again once used up.
    public var warmUpRows = 100_000
    /// The warm-up's training; its replay share is not used.
    public var warmUp: PocketTrainingSettings
    /// The dose's training; its replay share is of warm-up rows.
    public var dose: PocketTrainingSettings
    /// Replay rows handed out with the base: half warm-up, half skill rows as far as there are enough.
    public var replayRows = 1_200

    /// The settings that made the embedded base.
    public init() {
        warmUp = PocketTrainingSettings()
        warmUp.steps = 7_000
        warmUp.learningRate = 3e-3
        warmUp.warmup = 50
        dose = PocketTrainingSettings()
        dose.steps = 200
        dose.learningRate = 1e-3
        dose.replayShare = 0.5
    }
}

/// A base: the model and the rows that keep its abilities in later training.
public struct PocketBaseOutcome: Sendable {
    /// The pre-trained model.
    public let model: PocketModel
    /// For `PocketEngine.train`'s `replay`.
    public let replay: [PocketRow]
    /// Tokens trained on in both parts.
    public let tokens: Int
}

extension PocketEngine {
    /// Makes a base from nothing: warm-up, then the dose. The same inputs give the same bytes on one kind
    /// of processor.
    ///
    /// - Parameters:
    ///   - tokenizer: its lexicon is what the warm-up rows are written with.
    ///   - skillRows: the dose; may be empty.
    ///   - warm: a model that has had this warm-up already, to try doses without repeating it.
    ///   - settings: see `PocketPretrainingSettings`.
    ///   - seed: decides weights, rows and their order.
    ///   - pool: where it runs.
    ///   - cancellation: stops the job.
    ///   - progress: called after every step, with the warm-up's steps and then the dose's.
    /// - Throws: what `train` throws.
    public static func pretrain(
        tokenizer: Tokenizer, skillRows: [PocketRow], warm: PocketModel? = nil,
        settings: PocketPretrainingSettings = PocketPretrainingSettings(), seed: UInt64, pool: ComputePool,
        cancellation: PocketCancellation = PocketCancellation(),
        progress: @escaping @Sendable (PocketProgress) -> Void = { _ in }
    ) async throws(PocketError) -> PocketBaseOutcome {
        var generator = WarmUpRows(lexicon: tokenizer.lexicon, tasks: settings.inventedTasks, seed: seed)
        let warmUpRows = generator.next(min(max(settings.warmUpRows, 1), 1_000_000))
        // The dose, and all later training, is mixed with other invented tasks than the warm-up, so that what is kept is the ability
        // and not the rows that the student knows by heart.
        var other = WarmUpRows(lexicon: tokenizer.lexicon, tasks: settings.inventedTasks, seed: seed &+ 1)
        let otherRows = other.next(min(max(settings.warmUpRows, 1), 1_000_000))
        var model: PocketModel
        var tokens = 0
        if let warm {
            model = warm
        } else {
            let fresh = try PocketModel(tokenizer: tokenizer, seed: seed)
            let warmed = try await train(
                fresh, rows: warmUpRows, settings: settings.warmUp, seed: seed, pool: pool,
                cancellation: cancellation, progress: progress)
            model = warmed.model
            tokens = warmed.tokens
        }
        if !skillRows.isEmpty {
            let dosed = try await train(
                model, rows: skillRows, replay: otherRows, settings: settings.dose, seed: seed &+ 1,
                pool: pool, cancellation: cancellation, progress: progress)
            model = dosed.model
            tokens += dosed.tokens
        }
        let skills = spread(skillRows, settings.replayRows / 2)
        let replay = Array(otherRows.prefix(max(settings.replayRows - skills.count, 0))) + skills
        return PocketBaseOutcome(model: model, replay: replay, tokens: tokens)
    }

    /// At most `count` of the rows, evenly spread over the list.
    private static func spread(_ rows: [PocketRow], _ count: Int) -> [PocketRow] {
        guard rows.count > count else { return rows }
        return (0..<count).map { rows[$0 * rows.count / count] }
    }
}
