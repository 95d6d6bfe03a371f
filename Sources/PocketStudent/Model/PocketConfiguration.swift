/// The sizes of a pocket student: a decoder-only, pre-LayerNorm transformer with rotary positions and tied
/// embeddings.
///
/// The default is the pocket size (96 wide, 3 layers, 3 heads of 32), the smallest that learns copying and
/// the calculator in seconds; every size within the limits works. The context is no part of it: rotary
/// positions need no table in the weights, so a model runs with any context.
public struct PocketConfiguration: Sendable, Equatable {
    /// The width of the residual stream; a multiple of 16, at most 1,024.
    public let width: Int
    /// Transformer blocks, 1 to 24.
    public let layers: Int
    /// Attention heads; `width / heads` is a multiple of 16 (32 learns best).
    public let heads: Int
    /// The inner width of the feed-forward part, as a multiple of `width`, 1 to 8.
    public let expansion: Int
    /// Tokens in the vocabulary, at most 65,536.
    public let vocabulary: Int

    /// The most weights that a model may have; 64 Mi are 256 MiB.
    public static let maximumParameters = 64 << 20

    /// Checks the sizes.
    ///
    /// - Throws: `PocketError.invalidConfiguration` with the rule that is broken.
    public init(width: Int = 96, layers: Int = 3, heads: Int = 3, expansion: Int = 4, vocabulary: Int)
        throws(PocketError)
    {
        func require(_ condition: Bool, _ rule: String) throws(PocketError) {
            if !condition { throw .invalidConfiguration(rule) }
        }
        try require(
            (16...1_024).contains(width) && width % 16 == 0, "width must be a multiple of 16 up to 1024")
        try require((1...24).contains(layers), "layers must be 1 to 24")
        try require(
            (1...64).contains(heads) && width % heads == 0 && width / heads % 16 == 0,
            "width / heads must be a multiple of 16")
        try require((1...8).contains(expansion), "expansion must be 1 to 8")
        try require((16...65_536).contains(vocabulary), "vocabulary must be 16 to 65536")
        self.width = width
        self.layers = layers
        self.heads = heads
        self.expansion = expansion
        self.vocabulary = vocabulary
        try require(parameterCount <= Self.maximumParameters, "too many weights; the limit is 64 Mi")
    }

    /// Columns of one attention head.
    public var headWidth: Int { width / heads }

    /// The inner width of the feed-forward part.
    public var innerWidth: Int { width * expansion }

    /// The number of weights.
    public var parameterCount: Int {
        let square = width * width
        let block = 4 * square + 2 * width * innerWidth + 9 * width + innerWidth
        return vocabulary * width + layers * block + 2 * width
    }
}
