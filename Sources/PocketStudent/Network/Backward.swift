import CPocketKernels

/// The backward pass, derived by hand, for chunks that went forward through the same workspace.
///
/// Gradients are added to `gradients`, laid out like the weights.
struct Backward {
    let network: Network
    let workspace: Workspace
    let gradients: MutableFloats

    private var width: Int { network.width }
    private var inner: Int { network.inner }
    private var layout: ParameterLayout { network.layout }
    private var weights: Floats { network.weights }

    /// Computes the loss and all gradients.
    ///
    /// - Parameter scale: what each counted token's loss is multiplied by, usually one over their number in
    ///   the batch.
    /// - Returns: the sum of the losses, unscaled; `nil` when cancelled.
    func run(scale: Float, isCancelled: () -> Bool) -> Double? {
        let loss = head(scale: scale)
        for index in (0..<network.configuration.layers).reversed() {
            if isCancelled() { return nil }
            feedForward(index)
            attention(index)
        }
        let chunk = workspace.chunk
        pk_scatter_add_rows(
            workspace.shared.gradientA, chunk.tokens, Int64(chunk.tokens.count), Int64(width),
            gradients + layout.embedding)
        return loss
    }

    /// Cross-entropy, the tied output matrix and the final norm; leaves the output's gradient in `gradientA`.
    private func head(scale: Float) -> Double {
        let chunk = workspace.chunk
        let shared = workspace.shared
        let rows = chunk.lossIndex.count
        let vocabulary = network.configuration.vocabulary
        let ld = workspace.logitStride
        network.logits(workspace, rows: chunk.lossIndex)
        let loss = pk_cross_entropy(
            shared.logits, Int64(rows), Int64(vocabulary), Int64(ld), chunk.targets, scale)
        Matrix.multiply(
            rows: vocabulary, columns: width, inner: rows, shared.logits, ld, transposeA: true, shared.normed,
            width,
            beta: 1, into: gradients + layout.embedding, width)
        // gradientNorm: of the normed rows; product: of the rows before the norm.
        Matrix.multiply(
            rows: rows, columns: width, inner: vocabulary, shared.logits, ld, weights + layout.embedding,
            width,
            into: shared.gradientNorm, width)
        shared.product.update(repeating: 0, count: rows * width)
        pk_norm_backward(
            shared.gradientNorm, shared.predicting, shared.finalStats, Int64(rows), Int64(width),
            weights + layout.finalGain, shared.product, gradients + layout.finalGain,
            gradients + layout.finalBias)
        shared.gradientA.update(repeating: 0, count: chunk.selected.count * width)
        pk_scatter_add_rows(shared.product, chunk.lossIndex, Int64(rows), Int64(width), shared.gradientA)
        return loss
    }

    /// A block's second half: `gradientA` goes from the block's output to its middle.
    private func feedForward(_ index: Int) {
        let block = workspace.block(index)
        let shared = workspace.shared
        let place = layout.blocks[index]
        let active = network.activeCount(index, workspace.chunk)
        linear(
            input: block.activated, inner, gradient: shared.gradientA, width, count: active,
            weight: place.downWeight, bias: place.downBias, into: shared.gradientInner)
        pk_gelu_backward(block.inner, Int64(active), Int64(inner), shared.gradientInner)
        linear(
            input: block.norm2, width, gradient: shared.gradientInner, inner, count: active,
            weight: place.upWeight, bias: place.upBias, into: shared.gradientNorm)
        pk_norm_backward(
            shared.gradientNorm, block.middle, block.stats2, Int64(active), Int64(width),
            weights + place.norm2Gain, shared.gradientA, gradients + place.norm2Gain,
            gradients + place.norm2Bias)
    }

    /// A block's first half: `gradientA` goes from the block's middle to its input.
    private func attention(_ index: Int) {
        let chunk = workspace.chunk
        let block = workspace.block(index)
        let shared = workspace.shared
        let place = layout.blocks[index]
        let isLast = index == network.configuration.layers - 1
        let count = chunk.tokens.count
        let active = network.activeCount(index, chunk)
        linear(
            input: block.attended, width, gradient: shared.gradientA, width, count: active,
            weight: place.outWeight, bias: place.outBias, into: shared.gradientAttended)
        Attention(network: network, index: index, workspace: workspace, cache: nil).backward()
        network.rotate(
            shared.gradientQueries, stride: width, active, isLast ? chunk.selectedPositions : chunk.positions,
            direction: -1)
        network.rotate(shared.gradientKeysValues, stride: 2 * width, count, chunk.positions, direction: -1)
        linear(
            input: block.norm1, width, gradient: shared.gradientKeysValues, 2 * width, count: count,
            weight: place.attentionWeight + width, stride: 3 * width, bias: place.attentionBias + width,
            into: shared.gradientNorm)
        linear(
            input: isLast ? shared.selectedNorm1 : block.norm1, width, gradient: shared.gradientQueries,
            width,
            count: active, weight: place.attentionWeight, stride: 3 * width, bias: place.attentionBias,
            beta: isLast ? 0 : 1, into: isLast ? shared.product : shared.gradientNorm)
        if isLast { spreadSelected() }
        pk_norm_backward(
            shared.gradientNorm, block.input, block.stats1, Int64(count), Int64(width),
            weights + place.norm1Gain, shared.gradientA, gradients + place.norm1Gain,
            gradients + place.norm1Bias)
    }

    /// From the selected rows to all rows, below which every block works on all.
    private func spreadSelected() {
        let chunk = workspace.chunk
        let shared = workspace.shared
        let selected = Int64(chunk.selected.count)
        pk_scatter_add_rows(shared.product, chunk.selected, selected, Int64(width), shared.gradientNorm)
        // gradientA's rows move to their places; gradientB is the way there.
        shared.gradientB.update(repeating: 0, count: chunk.tokens.count * width)
        pk_scatter_add_rows(shared.gradientA, chunk.selected, selected, Int64(width), shared.gradientB)
        shared.gradientA.update(from: shared.gradientB, count: chunk.tokens.count * width)
    }

    /// Through `y = x W + b`: adds to W's and b's gradients and computes x's.
    ///
    /// - Parameters:
    ///   - weight: the place of W's first element; its rows are `stride` apart (as wide as `outputs` by
    ///     default).
    private func linear(
        input: Floats, _ inputs: Int, gradient: Floats, _ outputs: Int, count: Int, weight: Int,
        stride: Int? = nil,
        bias: Int, beta: Float = 0, into inputGradient: MutableFloats
    ) {
        let ld = stride ?? outputs
        Matrix.multiply(
            rows: inputs, columns: outputs, inner: count, input, inputs, transposeA: true, gradient, outputs,
            beta: 1, into: gradients + weight, ld)
        pk_column_sums(gradient, Int64(count), Int64(outputs), gradients + bias)
        Matrix.multiply(
            rows: count, columns: inputs, inner: outputs, gradient, outputs, weights + weight, ld,
            transposeB: true,
            beta: beta, into: inputGradient, inputs)
    }
}
