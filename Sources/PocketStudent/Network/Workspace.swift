/// The buffers of one thread for passing chunks through the network; they grow to the largest chunk seen
/// and are reused.
///
/// When training, each block keeps its own activations for the backward pass; when decoding, all blocks
/// share one set.
final class Workspace {
    /// The activations of one block. All are [tokens, width] unless said.
    struct Block {
        var input: MutableFloats
        var norm1: MutableFloats
        /// [tokens, 2]: mean and reciprocal deviation.
        var stats1: MutableFloats
        /// [tokens, 2 * width]: keys, then values.
        var keysValues: MutableFloats
        var queries: MutableFloats
        var attended: MutableFloats
        /// [tokens, heads]: each softmax's logarithm of the sum.
        var logSums: MutableFloats
        var middle: MutableFloats
        var norm2: MutableFloats
        var stats2: MutableFloats
        /// [tokens, innerWidth], before and after the activation.
        var inner: MutableFloats
        var activated: MutableFloats
    }

    /// Buffers that no block owns.
    struct Shared {
        /// The selected rows of the last block's input and of its first norm.
        var selectedInput: MutableFloats
        var selectedNorm1: MutableFloats
        /// The last block's output, the rows of it that predict, and their norm.
        var output: MutableFloats
        var predicting: MutableFloats
        var normed: MutableFloats
        var finalStats: MutableFloats
        /// Scratch for products that are added to something next.
        var product: MutableFloats
        /// Gradients, for the backward pass only.
        var gradientA: MutableFloats
        var gradientB: MutableFloats
        var gradientNorm: MutableFloats
        var gradientQueries: MutableFloats
        var gradientAttended: MutableFloats
        var gradientKeysValues: MutableFloats
        var gradientInner: MutableFloats
        /// [predicting rows, padded vocabulary]
        var logits: MutableFloats
        /// [queryBlock, longest row rounded up to 16], twice when training.
        var scores: MutableFloats
        var scoreGradients: MutableFloats
    }

    /// Queries that attend together; bounds the score matrix for long rows.
    static let queryBlock = 64

    let configuration: PocketConfiguration
    let isTraining: Bool
    var chunk = Chunk()
    private(set) var blocks: [Block] = []
    private(set) var shared: Shared
    /// The vocabulary rounded up to 16: the distance between rows of logits.
    let logitStride: Int
    private var slab: AlignedFloats
    private var tokenCapacity = 0
    private var predictingCapacity = 0
    private var lengthCapacity = 0

    init(configuration: PocketConfiguration, isTraining: Bool) {
        self.configuration = configuration
        self.isTraining = isTraining
        logitStride = (configuration.vocabulary + 15) & ~15
        slab = AlignedFloats(count: 0)
        var empty = Carver(base: slab.pointer)
        shared = empty.shared(
            configuration, tokens: 0, predicting: 0, length: 0, logitStride: 0, isTraining: isTraining)
    }

    /// Makes room for `chunk`. Rounded up, so that chunks of about one size need one allocation.
    func reserve() {
        let tokens = chunk.tokens.count
        // When decoding, each row may predict one token.
        let predicting = max(chunk.lossIndex.count, chunk.rows.count)
        let length = (chunk.longest + 15) & ~15
        if tokens <= tokenCapacity && predicting <= predictingCapacity && length <= lengthCapacity { return }
        tokenCapacity = max(tokenCapacity, (tokens * 5 / 4 + 63) & ~63)
        predictingCapacity = max(predictingCapacity, (predicting * 5 / 4 + 63) & ~63)
        lengthCapacity = max(lengthCapacity, length)
        let floats = carve(base: nil)
        // The old slab goes before the new one comes, so that the two never exist together.
        slab = AlignedFloats(count: 0)
        slab = AlignedFloats(count: floats)
        _ = carve(base: slab.pointer)
    }

    /// Deals the slab out; with `nil` only measures how much it takes.
    private func carve(base: MutableFloats?) -> Int {
        var carver = Carver(base: base ?? slab.pointer)
        var newBlocks: [Block] = []
        for _ in 0..<(isTraining ? configuration.layers : 1) {
            newBlocks.append(carver.block(configuration, tokens: tokenCapacity))
        }
        let newShared = carver.shared(
            configuration, tokens: tokenCapacity, predicting: predictingCapacity, length: lengthCapacity,
            logitStride: logitStride, isTraining: isTraining)
        if base != nil {
            blocks = newBlocks
            shared = newShared
        }
        return carver.used
    }

    /// The activations of a block.
    func block(_ index: Int) -> Block {
        blocks[isTraining ? index : 0]
    }

    /// Where the block after `index` finds its input, which is where `index` puts its output.
    func output(of index: Int) -> MutableFloats {
        if index == configuration.layers - 1 { return shared.output }
        return isTraining ? blocks[index + 1].input : blocks[0].input
    }
}
