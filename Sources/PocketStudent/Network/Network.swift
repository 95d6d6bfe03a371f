import CPocketKernels

/// The network over given weights: pure functions from a chunk and a workspace to the workspace.
///
/// It holds a pointer to weights that its owner keeps alive and does not change during a pass.
struct Network {
    let configuration: PocketConfiguration
    let layout: ParameterLayout
    let weights: Floats
    let rotary: RotaryTable

    var width: Int { configuration.width }
    var inner: Int { configuration.innerWidth }

    /// Passes the workspace's chunk through all blocks. Stops early, with nothing of use, when
    /// `isCancelled` says so.
    func forward(_ workspace: Workspace, cache: KeyValueCache? = nil, isCancelled: () -> Bool = { false })
        -> Bool
    {
        workspace.reserve()
        let chunk = workspace.chunk
        pk_gather_rows(
            weights + layout.embedding, chunk.tokens, Int64(chunk.tokens.count), Int64(width),
            workspace.block(0).input)
        for index in 0..<configuration.layers {
            if isCancelled() { return false }
            attentionForward(index, workspace, cache)
            feedForward(index, workspace)
        }
        return true
    }

    /// The number of rows that a block's second half works on: the last block has the selected ones only.
    func activeCount(_ index: Int, _ chunk: Chunk) -> Int {
        index == configuration.layers - 1 ? chunk.selected.count : chunk.tokens.count
    }

    /// A block's first half: input -> middle.
    private func attentionForward(_ index: Int, _ workspace: Workspace, _ cache: KeyValueCache?) {
        let chunk = workspace.chunk
        let block = workspace.block(index)
        let place = layout.blocks[index]
        let isLast = index == configuration.layers - 1
        let count = chunk.tokens.count
        let active = activeCount(index, chunk)
        pk_norm_forward(
            block.input, Int64(count), Int64(width), weights + place.norm1Gain, weights + place.norm1Bias,
            block.norm1, block.stats1)
        linear(
            block.norm1, count, width, weights + place.attentionWeight + width, stride: 3 * width,
            into: block.keysValues, 2 * width)
        pk_add_bias(
            block.keysValues, Int64(count), Int64(2 * width), weights + place.attentionBias + width)
        rotate(block.keysValues, stride: 2 * width, count, chunk.positions, direction: 1)
        cache?.store(block.keysValues, layer: index, rows: chunk.rows)

        if isLast { selectRows(workspace, block) }
        let input = isLast ? workspace.shared.selectedInput : block.input
        let norm1 = isLast ? workspace.shared.selectedNorm1 : block.norm1
        linear(
            norm1, active, width, weights + place.attentionWeight, stride: 3 * width, into: block.queries,
            width)
        pk_add_bias(block.queries, Int64(active), Int64(width), weights + place.attentionBias)
        rotate(
            block.queries, stride: width, active, isLast ? chunk.selectedPositions : chunk.positions,
            direction: 1)
        Attention(network: self, index: index, workspace: workspace, cache: cache).forward()
        let product = workspace.shared.product
        linear(block.attended, active, width, weights + place.outWeight, stride: width, into: product, width)
        pk_add_residual(block.middle, input, product, Int64(active), Int64(width), weights + place.outBias)
    }

    private func selectRows(_ workspace: Workspace, _ block: Workspace.Block) {
        let chunk = workspace.chunk
        let count = Int64(chunk.selected.count)
        pk_gather_rows(block.input, chunk.selected, count, Int64(width), workspace.shared.selectedInput)
        pk_gather_rows(block.norm1, chunk.selected, count, Int64(width), workspace.shared.selectedNorm1)
    }

    /// A block's second half: middle -> output.
    private func feedForward(_ index: Int, _ workspace: Workspace) {
        let block = workspace.block(index)
        let place = layout.blocks[index]
        let active = activeCount(index, workspace.chunk)
        pk_norm_forward(
            block.middle, Int64(active), Int64(width), weights + place.norm2Gain, weights + place.norm2Bias,
            block.norm2, block.stats2)
        linear(block.norm2, active, width, weights + place.upWeight, stride: inner, into: block.inner, inner)
        pk_gelu_forward(block.inner, Int64(active), Int64(inner), weights + place.upBias, block.activated)
        let product = workspace.shared.product
        linear(
            block.activated, active, inner, weights + place.downWeight, stride: width, into: product, width)
        pk_add_residual(
            workspace.output(of: index), block.middle, product, Int64(active), Int64(width),
            weights + place.downBias)
    }

    /// The logits of some rows of the output: [rows, logitStride].
    ///
    /// - Parameter rows: indices into the selected tokens.
    func logits(_ workspace: Workspace, rows: [Int32]) {
        let shared = workspace.shared
        let count = Int64(rows.count)
        pk_gather_rows(shared.output, rows, count, Int64(width), shared.predicting)
        pk_norm_forward(
            shared.predicting, count, Int64(width), weights + layout.finalGain, weights + layout.finalBias,
            shared.normed, shared.finalStats)
        Matrix.multiply(
            rows: rows.count, columns: configuration.vocabulary, inner: width, shared.normed, width,
            weights + layout.embedding, width, transposeB: true, into: shared.logits, workspace.logitStride)
    }

    func rotate(_ x: MutableFloats, stride: Int, _ count: Int, _ positions: [Int32], direction: Float) {
        pk_rotate(
            x, Int64(stride), Int64(count), Int64(configuration.heads), Int64(configuration.headWidth / 2),
            positions, rotary.cosine, rotary.sine, direction)
    }

    /// `into = x * weight`, without the bias.
    private func linear(
        _ x: Floats, _ count: Int, _ inputs: Int, _ weight: Floats, stride: Int, into y: MutableFloats,
        _ outputs: Int
    ) {
        Matrix.multiply(
            rows: count, columns: outputs, inner: inputs, x, inputs, weight, stride, into: y, outputs)
    }
}
