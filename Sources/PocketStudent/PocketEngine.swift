/// The pocket student's two jobs, training and answering, on a pool of threads.
///
/// Both are functions of their inputs: the same model, rows, settings and seed give the same bytes on one
/// kind of processor, on any number of threads. Nothing here blocks Swift's cooperative threads for long,
/// and both jobs see a cancellation within about 100 ms.
public enum PocketEngine {
    /// Trains a model further.
    ///
    /// - Parameters:
    ///   - model: where to start; it is not changed.
    ///   - rows: what to learn from.
    ///   - replay: rows mixed in so that older skills are not forgotten; may be empty.
    ///   - settings: see `PocketTrainingSettings`.
    ///   - seed: decides the order of the rows.
    ///   - pool: where it runs.
    ///   - cancellation: stops the job; cancelling the calling task does too.
    ///   - progress: called after every step, in order.
    /// - Throws: `PocketError.invalidSettings`, `.noTrainingRows`, `.cancelled`, `.busy`, `.diverged`.
    public static func train(
        _ model: PocketModel, rows: [PocketRow], replay: [PocketRow] = [],
        settings: PocketTrainingSettings = PocketTrainingSettings(), seed: UInt64, pool: ComputePool,
        cancellation: PocketCancellation = PocketCancellation(),
        progress: @escaping @Sendable (PocketProgress) -> Void = { _ in }
    ) async throws(PocketError) -> PocketTrainingOutcome {
        try settings.validate()
        return try await admitted(pool, cancellation) { pair throws(PocketError) in
            let trainer = Trainer(settings: settings, pool: pool, cancellation: pair, progress: progress)
            return try await trainer.run(model, rows: rows, replay: replay, seed: seed)
        }
    }

    /// Answers prompts by greedy decoding, with the calculator at hand.
    ///
    /// Prompts are sorted by length and decoded in groups. A prompt that leaves no room for the response
    /// keeps its last `max(context / 2, context - maxNewTokens) - 2` tokens.
    ///
    /// - Parameters:
    ///   - model: who answers.
    ///   - prompts: any number, in any language; an unlearnt one gets some answer.
    ///   - maxNewTokens: the most tokens of a response, those of the calculator included, 1 to 4,096.
    ///   - context: the most tokens of prompt and response, 16 to 4,096.
    ///   - pool: where it runs.
    ///   - cancellation: stops the job; cancelling the calling task does too.
    ///   - progress: called with the prompts answered so far and their number, from any thread.
    /// - Returns: the responses, in the order of the prompts.
    /// - Throws: `PocketError.invalidSettings`, `.cancelled`, `.busy`.
    public static func predict(
        _ model: PocketModel, prompts: [String], maxNewTokens: Int = 64, context: Int = 96, pool: ComputePool,
        cancellation: PocketCancellation = PocketCancellation(),
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(PocketError) -> [String] {
        guard (1...4_096).contains(maxNewTokens) else {
            throw .invalidSettings("maxNewTokens must be 1 to 4096")
        }
        guard (16...4_096).contains(context) else { throw .invalidSettings("context must be 16 to 4096") }
        return try await admitted(pool, cancellation) { pair throws(PocketError) in
            let predictor = Predictor(pool: pool, cancellation: pair, progress: progress)
            return try await predictor.run(
                model, prompts: prompts, maxNewTokens: maxNewTokens, context: context)
        }
    }

    /// Counts the job in and ties the calling task's cancellation to it.
    private static func admitted<T: Sendable>(
        _ pool: ComputePool, _ cancellation: PocketCancellation,
        _ body: (CancellationPair) async throws(PocketError) -> T
    ) async throws(PocketError) -> T {
        try pool.enter()
        defer { pool.leave() }
        let pair = CancellationPair(outer: cancellation)
        let result: Result<T, PocketError> = await withTaskCancellationHandler {
            do throws(PocketError) {
                return .success(try await body(pair))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            pair.task.cancel()
        }
        return try result.get()
    }
}
