import CPocketKernels

/// Causal attention of one block, row by row, head by head, in blocks of queries so that long rows need
/// little memory.
struct Attention {
    let network: Network
    let index: Int
    let workspace: Workspace
    let cache: KeyValueCache?

    private var width: Int { network.width }
    private var head: Int { network.configuration.headWidth }
    private var scale: Float { 1 / Float(head).squareRoot() }

    /// One head of one row.
    private struct Slice {
        /// The first query's row in the block's arrays, how many queries, and how many keys.
        let firstQuery: Int
        let queries: Int
        let keys: Int
        /// The head's first column.
        let column: Int
        let keyPointer: Floats

        /// Keys that query `index` sees.
        func visible(_ index: Int) -> Int { keys - queries + index + 1 }
    }

    private func forEachSlice(_ body: (Slice) -> Void) {
        let isLast = index == network.configuration.layers - 1
        let keysValues = workspace.block(index).keysValues
        for row in workspace.chunk.rows {
            let base = cache?.row(layer: index, slot: row.slot) ?? keysValues + row.start * 2 * width
            for number in 0..<network.configuration.heads {
                body(
                    Slice(
                        firstQuery: isLast ? row.selectedStart : row.start,
                        queries: isLast ? row.selectedCount : row.count,
                        keys: row.position + row.count, column: number * head,
                        keyPointer: Floats(base) + number * head))
            }
        }
    }

    /// queries, keysValues -> attended, logSums.
    func forward() {
        let block = workspace.block(index)
        forEachSlice { slice in
            let offset = slice.firstQuery * width + slice.column
            if slice.queries == 1 && !workspace.isTraining {
                // A product with one row costs more to start than to compute.
                pk_attend_one(
                    block.queries + offset, slice.keyPointer, slice.keyPointer + width, Int64(2 * width),
                    Int64(slice.keys), Int64(head), scale, workspace.shared.scores, block.attended + offset)
            } else {
                forwardBlocks(slice, block)
            }
        }
    }

    private func forwardBlocks(_ slice: Slice, _ block: Workspace.Block) {
        let scores = workspace.shared.scores
        for start in stride(from: 0, to: slice.queries, by: Workspace.queryBlock) {
            let count = min(Workspace.queryBlock, slice.queries - start)
            let keys = slice.visible(start + count - 1)
            let ld = (keys + 15) & ~15
            let offset = (slice.firstQuery + start) * width + slice.column
            computeScores(slice, block, start: start, count: count, keys: keys, ld: ld)
            pk_softmax_rows(
                scores, Int64(count), Int64(ld), Int64(slice.visible(start)), Int64(ld),
                logSums(slice, block, start), Int64(network.configuration.heads))
            Matrix.multiply(
                rows: count, columns: head, inner: keys, scores, ld, slice.keyPointer + width, 2 * width,
                into: block.attended + offset, width)
        }
    }

    private func computeScores(
        _ slice: Slice, _ block: Workspace.Block, start: Int, count: Int, keys: Int, ld: Int
    ) {
        Matrix.multiply(
            rows: count, columns: keys, inner: head, alpha: scale,
            block.queries + (slice.firstQuery + start) * width + slice.column, width, slice.keyPointer,
            2 * width,
            transposeB: true, into: workspace.shared.scores, ld)
    }

    private func logSums(_ slice: Slice, _ block: Workspace.Block, _ start: Int) -> MutableFloats {
        block.logSums + (slice.firstQuery + start) * network.configuration.heads + slice.column / head
    }

    /// gradientAttended -> gradientQueries, gradientKeysValues. The probabilities are computed again from
    /// the saved sums (Dao et al. 2022), which costs less than keeping them for every block.
    func backward() {
        let block = workspace.block(index)
        forEachSlice { slice in
            // From the last block of queries, which sees all keys and so can overwrite their gradients.
            let starts = stride(from: 0, to: slice.queries, by: Workspace.queryBlock)
            for start in starts.reversed() { backwardBlock(slice, block, start: start) }
        }
    }

    private func backwardBlock(_ slice: Slice, _ block: Workspace.Block, start: Int) {
        let shared = workspace.shared
        let count = min(Workspace.queryBlock, slice.queries - start)
        let keys = slice.visible(start + count - 1)
        let ld = (keys + 15) & ~15
        let offset = (slice.firstQuery + start) * width + slice.column
        let beta: Float = start + count == slice.queries ? 0 : 1
        let keyGradient =
            shared.gradientKeysValues + (slice.keyPointer - Floats(block.keysValues))
        computeScores(slice, block, start: start, count: count, keys: keys, ld: ld)
        pk_softmax_again(
            shared.scores, Int64(count), Int64(ld), Int64(slice.visible(start)), Int64(ld),
            logSums(slice, block, start), Int64(network.configuration.heads))
        // Values: P^T dO.
        Matrix.multiply(
            rows: keys, columns: head, inner: count, shared.scores, ld, transposeA: true,
            shared.gradientAttended + offset, width, beta: beta, into: keyGradient + width, 2 * width)
        // Probabilities: dO V^T, then through the softmax.
        Matrix.multiply(
            rows: count, columns: keys, inner: head, shared.gradientAttended + offset, width,
            slice.keyPointer + width, 2 * width, transposeB: true, into: shared.scoreGradients, ld)
        pk_softmax_backward(
            shared.scores, shared.scoreGradients, Int64(count), Int64(ld), Int64(keys),
            block.attended + offset, shared.gradientAttended + offset, Int64(width), Int64(head), scale)
        Matrix.multiply(
            rows: count, columns: head, inner: keys, shared.scoreGradients, ld, slice.keyPointer, 2 * width,
            into: shared.gradientQueries + offset, width)
        Matrix.multiply(
            rows: keys, columns: head, inner: count, shared.scoreGradients, ld, transposeA: true,
            block.queries + offset, width, beta: beta, into: keyGradient, 2 * width)
    }
}
