/// Where each tensor lies in the flat vector of weights; gradients and moments use the same places.
///
/// One flat vector makes the optimiser, the checkpoint and the sum over shards single loops. All matrices
/// are stored as [inputs, outputs], row-major. Every tensor's size is a multiple of 16, so each starts on a
/// 64-byte line.
package struct ParameterLayout: Sendable {
    /// One tensor: its name in the checkpoint, its shape and its place.
    package struct Tensor: Sendable, Equatable {
        package let name: String
        package let shape: [Int]
        package let offset: Int
        /// The initial weights: normal with this deviation, or `nil` for the constant `fill`.
        package let deviation: Double?
        package let fill: Float

        package var count: Int { shape.reduce(1, *) }
        package var range: Range<Int> { offset..<offset + count }
        /// Weight decay is for matrices; gains and biases keep their size.
        package var decays: Bool { shape.count > 1 }
    }

    /// The places of one transformer block.
    struct Block: Sendable {
        var norm1Gain = 0
        var norm1Bias = 0
        var attentionWeight = 0
        var attentionBias = 0
        var outWeight = 0
        var outBias = 0
        var norm2Gain = 0
        var norm2Bias = 0
        var upWeight = 0
        var upBias = 0
        var downWeight = 0
        var downBias = 0
    }

    package private(set) var tensors: [Tensor] = []
    package private(set) var count = 0
    let embedding: Int
    private(set) var blocks: [Block] = []
    private(set) var finalGain = 0
    private(set) var finalBias = 0

    /// The layout of a configuration, with the initialisation that was measured to work: linear layers at
    /// 1/sqrt(inputs), those that write to the residual stream divided by sqrt(2 layers), embeddings at 0.1.
    package init(_ configuration: PocketConfiguration) {
        let width = configuration.width
        let inner = configuration.innerWidth
        let residual = 1 / Double(2 * configuration.layers).squareRoot()
        embedding = 0
        _ = add("embedding", [configuration.vocabulary, width], deviation: 0.1)
        for index in 0..<configuration.layers {
            let name = "layers.\(index)."
            var block = Block()
            block.norm1Gain = add(name + "norm1.gain", [width], fill: 1)
            block.norm1Bias = add(name + "norm1.bias", [width])
            block.attentionWeight = addLinear(name + "attention.qkv", width, 3 * width)
            block.attentionBias = add(name + "attention.qkv.bias", [3 * width])
            block.outWeight = addLinear(name + "attention.out", width, width, scale: residual)
            block.outBias = add(name + "attention.out.bias", [width])
            block.norm2Gain = add(name + "norm2.gain", [width], fill: 1)
            block.norm2Bias = add(name + "norm2.bias", [width])
            block.upWeight = addLinear(name + "mlp.up", width, inner)
            block.upBias = add(name + "mlp.up.bias", [inner])
            block.downWeight = addLinear(name + "mlp.down", inner, width, scale: residual)
            block.downBias = add(name + "mlp.down.bias", [width])
            blocks.append(block)
        }
        finalGain = add("norm.gain", [width], fill: 1)
        finalBias = add("norm.bias", [width])
    }

    private mutating func addLinear(_ name: String, _ inputs: Int, _ outputs: Int, scale: Double = 1) -> Int {
        add(name + ".weight", [inputs, outputs], deviation: scale / Double(inputs).squareRoot())
    }

    private mutating func add(_ name: String, _ shape: [Int], deviation: Double? = nil, fill: Float = 0)
        -> Int
    {
        let tensor = Tensor(name: name, shape: shape, offset: count, deviation: deviation, fill: fill)
        tensors.append(tensor)
        count += tensor.count
        return tensor.offset
    }
}
