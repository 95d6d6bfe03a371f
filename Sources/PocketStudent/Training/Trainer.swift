import CPocketKernels

/// The loop of a training job: draw a batch, gradients by shard, sum, AdamW.
struct Trainer {
    let settings: PocketTrainingSettings
    let pool: ComputePool
    let cancellation: CancellationPair
    let progress: @Sendable (PocketProgress) -> Void

    /// Trains and returns what came out.
    func run(
        _ model: PocketModel, rows: [PocketRow], replay: [PocketRow], seed: UInt64
    ) async throws(PocketError) -> PocketTrainingOutcome {
        let context = settings.context
        let (new, old) = await pool.run {
            (
                TrainingExamples(rows: rows, tokenizer: model.tokenizer, context: context),
                TrainingExamples(rows: replay, tokenizer: model.tokenizer, context: context)
            )
        }
        guard !new.examples.isEmpty else { throw .noTrainingRows }
        let state = TrainingState(model: model, settings: settings, threads: pool.threads)
        var sampler = BatchSampler(
            new: new.examples.count, replay: old.examples.count, batch: settings.batch,
            share: settings.replayShare,
            seed: seed)
        var recent: [Double] = []
        var tokens = 0
        for step in 1...settings.steps {
            let drawn = sampler.next()
            let batch = drawn.new.map { new.examples[$0] } + drawn.replay.map { old.examples[$0] }
            let loss = try await self.step(step, batch, state)
            tokens += batch.reduce(0) { $0 + $1.tokens.count }
            if recent.count == 10 { recent.removeFirst() }
            recent.append(loss)
            progress(PocketProgress(step: step, steps: settings.steps, loss: loss, tokens: tokens))
        }
        let trained = PocketModel(
            configuration: model.configuration, tokenizer: model.tokenizer, weights: state.snapshot())
        return PocketTrainingOutcome(
            model: trained, steps: settings.steps, finalLoss: recent.reduce(0, +) / Double(recent.count),
            tokens: tokens, skippedRows: new.skipped, cutRows: new.cut)
    }

    /// One step; returns the mean loss of its counted tokens.
    private func step(
        _ step: Int, _ batch: [TrainingExamples.Example], _ state: TrainingState
    ) async throws(PocketError) -> Double {
        try cancellation.check()
        let shards = Self.deal(batch, into: settings.shards)
        let counted = batch.reduce(0) { $0 + $1.counted }
        let scale = 1 / Float(counted)
        let cancellation = cancellation
        await pool.perform(items: shards.count) { shard, thread in
            state.computeShard(shard, examples: shards[shard], scale: scale, thread: thread) {
                cancellation.isCancelled
            }
            return .done
        }
        try cancellation.check()
        await pool.perform(items: state.segments.count) { segment, _ in
            state.reduce(segment: segment)
            return .done
        }
        let (loss, norm) = state.totals()
        guard loss.isFinite, norm.isFinite else { throw .diverged(step: step) }
        let update = optimiser(step: step, norm: norm)
        await pool.perform(items: state.segments.count) { segment, _ in
            state.update(segment: segment, settings: update)
            return .done
        }
        return loss / Double(counted)
    }

    /// Cuts a batch into shards of about one number of tokens: the longest rows first, dealt back and forth.
    ///
    /// It looks at the rows alone, never at the machine, so the sums come in the same order everywhere.
    static func deal(
        _ batch: [TrainingExamples.Example], into shards: Int
    ) -> [[TrainingExamples.Example]] {
        let order = batch.indices.sorted {
            (batch[$1].tokens.count, $0) < (batch[$0].tokens.count, $1)
        }
        var dealt = [[TrainingExamples.Example]](repeating: [], count: shards)
        for (turn, index) in order.enumerated() {
            let (round, place) = turn.quotientAndRemainder(dividingBy: shards)
            dealt[round.isMultiple(of: 2) ? place : shards - 1 - place].append(batch[index])
        }
        return dealt
    }

    private func optimiser(step: Int, norm: Double) -> pk_adamw {
        let rate = LearningRate(
            peak: settings.learningRate, warmup: settings.warmup, steps: settings.steps, floor: settings.floor
        )
        return pk_adamw(
            rate: Float(rate(step: step)), beta1: 0.9, beta2: 0.98, epsilon: 1e-8,
            decay: Float(settings.weightDecay),
            correction1: Float(1 - Self.power(0.9, step)), correction2: Float(1 - Self.power(0.98, step)),
            gradient_scale: Float(norm > settings.gradientNorm ? settings.gradientNorm / norm : 1))
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<min(exponent, 10_000) { result *= base }
        return result
    }
}
