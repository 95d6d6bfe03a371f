/// Some rows' tokens, one row after the other without padding, as they go through the network together.
///
/// The last block and the output only matter for `selected` tokens (those that predict something), so the
/// last block computes queries and its feed-forward part for them alone. A row's selected tokens are its
/// last ones.
struct Chunk {
    /// One row's place.
    struct Row {
        /// The row's first token in the chunk, and how many.
        var start: Int
        var count: Int
        /// The position of that first token: the number of tokens that the cache already holds.
        var position: Int
        /// The row's first selected token in `selected`, and how many.
        var selectedStart: Int
        var selectedCount: Int
        /// The row's place in the cache, when decoding.
        var slot: Int
    }

    private(set) var tokens: [Int32] = []
    private(set) var positions: [Int32] = []
    private(set) var rows: [Row] = []
    /// Indices into `tokens`.
    private(set) var selected: [Int32] = []
    private(set) var selectedPositions: [Int32] = []
    /// Indices into `selected` of the tokens whose successor counts, and those successors.
    private(set) var lossIndex: [Int32] = []
    private(set) var targets: [Int32] = []

    /// The longest row with its cached part.
    private(set) var longest = 0

    /// Empties the chunk and keeps its memory.
    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        selected.removeAll(keepingCapacity: true)
        selectedPositions.removeAll(keepingCapacity: true)
        lossIndex.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        longest = 0
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - newTokens: at least one.
    ///   - position: of the first of them.
    ///   - selecting: how many of the last tokens are selected, at least one.
    mutating func append(_ newTokens: ArraySlice<Int32>, position: Int, selecting: Int, slot: Int) {
        let start = tokens.count
        let count = newTokens.count
        let selectedStart = selected.count
        tokens.append(contentsOf: newTokens)
        for offset in 0..<count { positions.append(Int32(position + offset)) }
        for offset in count - selecting..<count {
            selected.append(Int32(start + offset))
            selectedPositions.append(Int32(position + offset))
        }
        rows.append(
            Row(
                start: start, count: count, position: position, selectedStart: selectedStart,
                selectedCount: selecting, slot: slot))
        longest = max(longest, position + count)
    }

    /// Says that the successor of a selected token counts.
    mutating func appendTarget(_ token: Int32, selectedIndex: Int) {
        lossIndex.append(Int32(selectedIndex))
        targets.append(token)
    }
}
