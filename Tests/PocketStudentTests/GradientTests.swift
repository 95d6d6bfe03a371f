import Gym
import PocketStudent
import Testing

/// The hand-derived backward pass against finite differences of the forward pass.
@Suite struct GradientTests {
    /// Along a random direction within each tensor, so that every parameter kind is checked in every block.
    private func check(_ model: PocketModel, rows: [PocketRow], settings: PocketTrainingSettings) async throws
    {
        let exact = await GradientProbe.run(model, rows: rows, settings: settings, pool: Fixtures.pool)
        for (index, tensor) in ParameterLayout(model.configuration).tensors.enumerated() {
            var random = SeededGenerator(seed: 11, purpose: "direction", index: UInt64(index))
            // Mostly along the gradient, so that the difference stands out of the rounding of 32-bit sums.
            let norm = max(
                1e-12, tensor.range.reduce(0.0) { $0 + Double(exact.gradient[$1] * exact.gradient[$1]) }
            )
            .squareRoot()
            let noise = 0.5 / Double(tensor.count).squareRoot()
            let direction = tensor.range.map {
                Double(exact.gradient[$0]) / norm + noise * (2 * random.unit() - 1)
            }
            let slope = zip(tensor.range, direction).reduce(0.0) { $0 + Double(exact.gradient[$1.0]) * $1.1 }
            let step = 2e-2
            let losses = await [loss(1), loss(-1)]
            func loss(_ sign: Double) async -> Double {
                var moved = model
                for (place, part) in zip(tensor.range, direction) {
                    moved.weights[place] += Float(sign * step * part)
                }
                return await GradientProbe.run(moved, rows: rows, settings: settings, pool: Fixtures.pool)
                    .loss
            }
            let difference = (losses[0] - losses[1]) / (2 * step)
            #expect(
                abs(difference - slope) < 2e-4 + 0.02 * abs(slope),
                "\(tensor.name): \(difference) for \(slope)")
        }
    }

    @Test func matchesFiniteDifferencesForEveryTensor() async throws {
        let model = try Fixtures.model(width: 32, layers: 2, heads: 2)
        try await check(model, rows: Fixtures.rows(6, seed: 1), settings: PocketTrainingSettings())
    }

    @Test func matchesForOneBlockAndOneHead() async throws {
        let model = try Fixtures.model(width: 16, layers: 1, heads: 1, expansion: 2)
        try await check(model, rows: Fixtures.rows(3, seed: 2), settings: PocketTrainingSettings())
    }

    /// Longer than a block of queries, so that keys get gradients from several blocks.
    @Test func matchesForRowsOfSeveralQueryBlocks() async throws {
        let model = try Fixtures.model(width: 32, layers: 2, heads: 1)
        let long = (0..<90).map { "\($0)" }.joined(separator: " and ")
        var settings = PocketTrainingSettings()
        settings.context = 1_024
        let rows = [PocketRow(prompt: long, response: long), PocketRow(prompt: "copy 1", response: long)]
        try await check(model, rows: rows, settings: settings)
    }

    @Test func doesNotDependOnHowRowsAreChunked() async throws {
        let model = try Fixtures.model()
        let rows = Fixtures.rows(24, seed: 3)
        var settings = PocketTrainingSettings()
        let whole = await GradientProbe.run(model, rows: rows, settings: settings, pool: Fixtures.pool)
        settings.chunkTokens = 16
        let pieces = await GradientProbe.run(model, rows: rows, settings: settings, pool: Fixtures.pool)
        #expect(abs(whole.loss - pieces.loss) < 1e-5)
        let worst = zip(whole.gradient, pieces.gradient).map { abs($0 - $1) }.max() ?? 1
        #expect(worst < 1e-5)
    }

    @Test func takesNoLossFromCalculatorValues() async throws {
        let model = try Fixtures.model(width: 32, layers: 1, heads: 1)
        let settings = PocketTrainingSettings()
        // Same length, so only the masked tokens differ; they are inputs of later tokens, of which none
        // counts but the end.
        let right = [PocketRow(prompt: "copy", response: "<<1+2=3>>")]
        let counted = TrainingProbe.countedTokens(right[0], tokenizer: model.tokenizer)
        #expect(counted == 6)
        let run = await GradientProbe.run(model, rows: right, settings: settings, pool: Fixtures.pool)
        #expect(run.loss.isFinite)
    }
}
