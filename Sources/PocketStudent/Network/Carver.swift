/// Deals out consecutive parts of one slab, each on a 64-byte line.
struct Carver {
    let base: MutableFloats
    private(set) var used = 0

    init(base: MutableFloats) {
        self.base = base
    }

    mutating func take(_ count: Int) -> MutableFloats {
        defer { used += (count + 15) & ~15 }
        return base + used
    }

    mutating func block(_ configuration: PocketConfiguration, tokens: Int) -> Workspace.Block {
        let row = tokens * configuration.width
        let inner = tokens * configuration.innerWidth
        return Workspace.Block(
            input: take(row), norm1: take(row), stats1: take(2 * tokens), keysValues: take(2 * row),
            queries: take(row), attended: take(row), logSums: take(tokens * configuration.heads),
            middle: take(row), norm2: take(row), stats2: take(2 * tokens), inner: take(inner),
            activated: take(inner))
    }

    mutating func shared(
        _ configuration: PocketConfiguration, tokens: Int, predicting: Int, length: Int, logitStride: Int,
        isTraining: Bool
    ) -> Workspace.Shared {
        let row = tokens * configuration.width
        let back = isTraining ? row : 0
        let scores = Workspace.queryBlock * length
        return Workspace.Shared(
            selectedInput: take(row), selectedNorm1: take(row), output: take(row),
            predicting: take(predicting * configuration.width),
            normed: take(predicting * configuration.width),
            finalStats: take(2 * predicting), product: take(row), gradientA: take(back),
            gradientB: take(back),
            gradientNorm: take(back), gradientQueries: take(back), gradientAttended: take(back),
            gradientKeysValues: take(2 * back),
            gradientInner: take(isTraining ? tokens * configuration.innerWidth : 0),
            logits: take(predicting * logitStride), scores: take(scores),
            scoreGradients: take(isTraining ? scores : 0))
    }
}
