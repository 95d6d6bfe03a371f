import CPocketKernels

/// The memory of one training job: weights, gradients of each shard, moments, and a workspace a thread.
///
/// Unchecked, because pool threads write to it without locks. Sound, because within one `perform` each item
/// writes to its own shard's gradients or its own segment of the vectors, each thread uses its own
/// workspace, and successive `perform`s are ordered by the pool's mutex.
final class TrainingState: @unchecked Sendable {
    let network: Network
    let segments: [Segment]
    private let weights: AlignedFloats
    private let shardGradients: AlignedFloats
    private let gradient: AlignedFloats
    private let firstMoment: AlignedFloats
    private let secondMoment: AlignedFloats
    private let squares: UnsafeMutablePointer<Double>
    private let losses: UnsafeMutablePointer<Double>
    private let workspaces: [Workspace]
    private let shards: Int
    private let chunkTokens: Int
    private let parameters: Int

    /// A part of the flat vectors that one item of the optimiser works on.
    struct Segment {
        let range: Range<Int>
        let decays: Bool
    }

    init(model: PocketModel, settings: PocketTrainingSettings, threads: Int) {
        let layout = ParameterLayout(model.configuration)
        parameters = layout.count
        shards = settings.shards
        chunkTokens = settings.chunkTokens
        weights = AlignedFloats(copying: model.weights)
        shardGradients = AlignedFloats(count: parameters * shards)
        gradient = AlignedFloats(count: parameters)
        firstMoment = AlignedFloats(count: parameters)
        secondMoment = AlignedFloats(count: parameters)
        segments = Self.cut(layout)
        squares = .allocate(capacity: segments.count)
        losses = .allocate(capacity: shards)
        network = Network(
            configuration: model.configuration, layout: layout, weights: Floats(weights.pointer),
            rotary: RotaryTable(positions: settings.context, headWidth: model.configuration.headWidth))
        workspaces = (0..<threads).map { _ in Workspace(configuration: model.configuration, isTraining: true)
        }
    }

    deinit {
        squares.deallocate()
        losses.deallocate()
    }

    /// Cuts the vectors at changes of the decay and every 32,768 weights.
    private static func cut(_ layout: ParameterLayout) -> [Segment] {
        layout.tensors.flatMap { tensor in
            stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: 32_768).map { start in
                Segment(range: start..<min(start + 32_768, tensor.range.upperBound), decays: tensor.decays)
            }
        }
    }

    /// Computes one shard's gradient and loss.
    ///
    /// - Parameter scale: one over the counted tokens of the batch.
    func computeShard(
        _ shard: Int, examples: [TrainingExamples.Example], scale: Float, thread: Int, isCancelled: () -> Bool
    ) {
        let workspace = workspaces[thread]
        let target = shardGradients.pointer + shard * parameters
        target.update(repeating: 0, count: parameters)
        losses[shard] = 0
        var next = 0
        while next < examples.count {
            workspace.chunk.removeAll()
            repeat {
                workspace.chunk.append(examples[next])
                next += 1
            } while next < examples.count
                && workspace.chunk.tokens.count + examples[next].tokens.count <= chunkTokens
            guard network.forward(workspace, isCancelled: isCancelled) else { return }
            let backward = Backward(network: network, workspace: workspace, gradients: target)
            guard let loss = backward.run(scale: scale, isCancelled: isCancelled) else { return }
            losses[shard] += loss
        }
    }

    /// Adds the shards' gradients over one segment, in order.
    func reduce(segment: Int) {
        let range = segments[segment].range
        squares[segment] = pk_reduce(
            shardGradients.pointer + range.lowerBound, Int64(shards), Int64(parameters), Int64(range.count),
            gradient.pointer + range.lowerBound)
    }

    /// The loss of the step and the gradient's norm, once all shards and segments are done.
    func totals() -> (loss: Double, norm: Double) {
        var loss = 0.0
        for shard in 0..<shards { loss += losses[shard] }
        var square = 0.0
        for segment in segments.indices { square += squares[segment] }
        return (loss, square.squareRoot())
    }

    /// One AdamW step on a segment.
    func update(segment: Int, settings: pk_adamw) {
        let range = segments[segment].range
        var settings = settings
        if !segments[segment].decays { settings.decay = 0 }
        pk_adamw_step(
            weights.pointer + range.lowerBound, gradient.pointer + range.lowerBound,
            firstMoment.pointer + range.lowerBound, secondMoment.pointer + range.lowerBound,
            Int64(range.count),
            settings)
    }

    /// A copy of the weights.
    func snapshot() -> [Float] {
        Array(UnsafeBufferPointer(start: weights.pointer, count: parameters))
    }

    /// A copy of the summed gradient, for tests.
    func gradientSnapshot() -> [Float] {
        Array(UnsafeBufferPointer(start: gradient.pointer, count: parameters))
    }
}

extension Chunk {
    /// Adds a training example.
    mutating func append(_ example: TrainingExamples.Example) {
        let firstSelected = selected.count
        append(example.tokens[...], position: 0, selecting: example.targets.count, slot: 0)
        for (offset, target) in example.targets.enumerated() where target >= 0 {
            appendTarget(target, selectedIndex: firstSelected + offset)
        }
    }
}
