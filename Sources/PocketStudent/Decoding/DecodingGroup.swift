import CPocketKernels

/// Some prompts answered together by greedy decoding: all advance by a token at a time, finished ones drop
/// out.
///
/// Unchecked, because it is made on one thread and worked on by pool threads: only one of them has it at a
/// time, and the pool's mutex orders the turns.
final class DecodingGroup: @unchecked Sendable {
    private let network: Network
    private let tokenizer: Tokenizer
    private let limit: Int
    private let context: Int
    private var rows: [DecodingRow]
    private var finished: [DecodingRow] = []
    private var slots: [Int]
    private let capacity: Int
    private var cache: KeyValueCache?

    /// Prompt tokens that go through the network together.
    static let prefillTokens = 512

    init(network: Network, tokenizer: Tokenizer, rows: [DecodingRow], limit: Int, context: Int) {
        self.network = network
        self.tokenizer = tokenizer
        self.rows = rows
        self.limit = limit
        self.context = context
        slots = Array(rows.indices)
        let longest = rows.reduce(0) { max($0, $1.pending.count) }
        capacity = min(context, longest + limit) + 1
    }

    /// Does one network pass; returns whether more is to do.
    func advance(_ workspace: Workspace) -> Bool {
        // Made with the first pass, so that waiting groups take no memory.
        let cache =
            cache
            ?? KeyValueCache(configuration: network.configuration, slots: rows.count, capacity: capacity)
        self.cache = cache
        let taking = fill(&workspace.chunk)
        _ = network.forward(workspace, cache: cache)
        let ready = taking.filter { rows[$0.row].pending.count == $0.count }
        network.logits(workspace, rows: ready.map { Int32($0.place) })
        for entry in taking { rows[entry.row].advance(entry.count) }
        for (place, entry) in ready.enumerated() {
            // Pad, begin and separator stand in no response.
            let token = pk_argmax(
                workspace.shared.logits + place * workspace.logitStride, Int64(Tokenizer.end),
                Int64(network.configuration.vocabulary))
            rows[entry.row].accept(token, tokenizer: tokenizer, limit: limit, context: context)
        }
        dropFinished()
        if rows.isEmpty { self.cache = nil }
        return !rows.isEmpty
    }

    /// Puts pending tokens into the chunk: rows in order, as many as fit; a long prompt in pieces.
    private func fill(_ chunk: inout Chunk) -> [(row: Int, count: Int, place: Int)] {
        chunk.removeAll()
        var taking: [(row: Int, count: Int, place: Int)] = []
        // Fresh prompts first, so that rows decode in step afterwards.
        let fresh = rows.indices.filter { rows[$0].response.isEmpty }
        for row in fresh.isEmpty ? Array(rows.indices) : fresh {
            let pending = rows[row].pending
            let room = Self.prefillTokens - chunk.tokens.count
            guard pending.count <= room || taking.isEmpty else { break }
            let count = min(pending.count, Self.prefillTokens)
            chunk.append(pending.prefix(count), position: rows[row].seen, selecting: 1, slot: slots[row])
            taking.append((row, count, taking.count))
        }
        return taking
    }

    private func dropFinished() {
        var keptRows: [DecodingRow] = []
        var keptSlots: [Int] = []
        for (row, slot) in zip(rows, slots) {
            if row.isFinished {
                finished.append(row)
            } else {
                keptRows.append(row)
                keptSlots.append(slot)
            }
        }
        rows = keptRows
        slots = keptSlots
    }

    /// The responses that are done, with the places of their prompts.
    func responses() -> [(index: Int, text: String)] {
        finished.map { ($0.index, tokenizer.decode($0.response)) }
    }
}
