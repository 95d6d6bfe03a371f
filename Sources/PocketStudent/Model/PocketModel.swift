import Glibc
import Gym

/// A pocket student: its sizes, its tokenizer and its weights. A value; copies share storage until one
/// changes.
public struct PocketModel: Sendable, Equatable {
    /// The sizes.
    public let configuration: PocketConfiguration
    /// The tokenizer, whose lexicon travels in the checkpoint.
    public let tokenizer: Tokenizer
    /// The weights, laid out by `ParameterLayout`.
    package var weights: [Float]

    /// A model with given weights.
    package init(configuration: PocketConfiguration, tokenizer: Tokenizer, weights: [Float]) {
        precondition(weights.count == configuration.parameterCount, "weights must match the configuration")
        precondition(
            tokenizer.vocabulary == configuration.vocabulary, "tokenizer must match the configuration")
        self.configuration = configuration
        self.tokenizer = tokenizer
        self.weights = weights
    }

    /// A fresh model with random weights, the same for the same seed.
    ///
    /// - Parameters:
    ///   - tokenizer: its vocabulary sets the size of the embedding.
    ///   - width: see `PocketConfiguration`; likewise `layers`, `heads` and `expansion`.
    ///   - seed: any number.
    /// - Throws: `PocketError.invalidConfiguration`.
    public init(
        tokenizer: Tokenizer, width: Int = 96, layers: Int = 3, heads: Int = 3, expansion: Int = 4,
        seed: UInt64
    ) throws(PocketError) {
        let configuration = try PocketConfiguration(
            width: width, layers: layers, heads: heads, expansion: expansion, vocabulary: tokenizer.vocabulary
        )
        var weights: [Float] = []
        weights.reserveCapacity(configuration.parameterCount)
        for (index, tensor) in ParameterLayout(configuration).tensors.enumerated() {
            var random = SeededGenerator(seed: seed, purpose: "pocket-initialisation", index: UInt64(index))
            for _ in 0..<tensor.count {
                guard let deviation = tensor.deviation else {
                    weights.append(tensor.fill)
                    continue
                }
                weights.append(Float(deviation * random.normal(logarithm: log, cosine: cos)))
            }
        }
        self.init(configuration: configuration, tokenizer: tokenizer, weights: weights)
    }
}
