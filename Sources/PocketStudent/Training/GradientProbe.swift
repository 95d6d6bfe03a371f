/// The loss and the gradient of some rows, as one step of training computes them before it changes the
/// weights.
///
/// For tests, which hold the gradient against finite differences.
package enum GradientProbe {
    /// - Returns: the mean loss of a counted token, and the gradient laid out like the weights.
    package static func run(
        _ model: PocketModel, rows: [PocketRow], settings: PocketTrainingSettings, pool: ComputePool
    ) async -> (loss: Double, gradient: [Float]) {
        let examples = TrainingExamples(
            rows: rows, tokenizer: model.tokenizer, context: settings.context
        ).examples
        let state = TrainingState(model: model, settings: settings, threads: pool.threads)
        let shards = Trainer.deal(examples, into: settings.shards)
        let counted = examples.reduce(0) { $0 + $1.counted }
        let scale = 1 / Float(max(counted, 1))
        await pool.perform(items: shards.count) { shard, thread in
            state.computeShard(shard, examples: shards[shard], scale: scale, thread: thread) { false }
            return .done
        }
        await pool.perform(items: state.segments.count) { segment, _ in
            state.reduce(segment: segment)
            return .done
        }
        return (state.totals().loss / Double(max(counted, 1)), state.gradientSnapshot())
    }
}

/// What training makes of a row.
package enum TrainingProbe {
    /// The tokens of a row that carry loss.
    package static func countedTokens(_ row: PocketRow, tokenizer: Tokenizer) -> Int {
        TrainingExamples(rows: [row], tokenizer: tokenizer, context: 4_096).examples.first?.counted ?? 0
    }
}
