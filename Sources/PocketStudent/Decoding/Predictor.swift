import Synchronization

/// Answers a list of prompts: sorts them by length, cuts them into groups, and lets the pool's threads work
/// on those.
struct Predictor {
    let pool: ComputePool
    let cancellation: CancellationPair
    let progress: @Sendable (Int, Int) -> Void

    /// Rows that are decoded together at most.
    static let groupRows = 48
    /// Floats in the keys and values of a group at most: 32 MiB. A row that needs more goes alone.
    static let groupFloats = 8 << 20

    func run(
        _ model: PocketModel, prompts: [String], maxNewTokens: Int, context: Int
    ) async throws(PocketError) -> [String] {
        let state = PredictionState(model: model, context: context, threads: pool.threads)
        let groups = await pool.run {
            Self.group(model, prompts, limit: maxNewTokens, context: context, network: state.network)
        }
        let cancellation = cancellation
        let progress = progress
        let counter = Counter()
        await pool.perform(items: groups.count) { item, thread in
            if cancellation.isCancelled { return .done }
            if groups[item].advance(state.workspaces[thread]) { return .again }
            progress(counter.add(groups[item].responses().count), prompts.count)
            return .done
        }
        try cancellation.check()
        var answers = [String](repeating: "", count: prompts.count)
        for group in groups {
            for response in group.responses() { answers[response.index] = response.text }
        }
        return answers
    }

    /// Sorts the prompts by length, so that a group's rows start together, and cuts them into groups.
    private static func group(
        _ model: PocketModel, _ prompts: [String], limit: Int, context: Int, network: Network
    ) -> [DecodingGroup] {
        // A response has its room; a prompt that is too long keeps its end, where the question usually is.
        let room = max(context / 2, context - limit) - 2
        let rows = prompts.enumerated().map { index, prompt in
            let tokens = model.tokenizer.encodeTail(prompt, limit: room)
            return DecodingRow(index: index, prompt: [Tokenizer.begin] + tokens + [Tokenizer.separator])
        }.sorted { ($0.pending.count, $0.index) < ($1.pending.count, $1.index) }
        let floatsPerToken = 2 * model.configuration.width * model.configuration.layers
        var groups: [DecodingGroup] = []
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, end - start < groupRows,
                (end - start + 1) * min(context, rows[end].pending.count + limit) * floatsPerToken
                    <= groupFloats
            {
                end += 1
            }
            groups.append(
                DecodingGroup(
                    network: network, tokenizer: model.tokenizer, rows: Array(rows[start..<end]),
                    limit: limit,
                    context: context))
            start = end
        }
        return groups
    }
}

/// The memory of one decoding job.
///
/// Unchecked, because workspaces are not `Sendable`; sound, because each pool thread uses its own only, and
/// the weights are not written after `init`.
private final class PredictionState: @unchecked Sendable {
    let network: Network
    let workspaces: [Workspace]
    private let weights: AlignedFloats

    init(model: PocketModel, context: Int, threads: Int) {
        weights = AlignedFloats(copying: model.weights)
        network = Network(
            configuration: model.configuration, layout: ParameterLayout(model.configuration),
            weights: Floats(weights.pointer),
            rotary: RotaryTable(positions: context + 1, headWidth: model.configuration.headWidth))
        workspaces = (0..<threads).map { _ in Workspace(configuration: model.configuration, isTraining: false)
        }
    }
}

/// A count that several threads add to.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func add(_ amount: Int) -> Int {
        value.wrappingAdd(amount, ordering: .relaxed).newValue
    }
}
