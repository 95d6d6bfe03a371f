/// Counts in how many texts each term occurs, in bounded memory.
///
/// Lossy counting (Manku and Motwani 2002) in its simplest form: when there are too many terms, those seen
/// in fewest texts are forgotten. Which terms those are depends on the texts alone and not on a dictionary's
/// order.
struct TermCounter<Term: Hashable & Comparable> {
    private let limit: Int
    private var counts: [Term: Int] = [:]
    private var floor = 1

    /// - Parameter limit: how many terms are remembered at most between two texts.
    init(limit: Int) { self.limit = limit }

    /// Counts one text's terms, each once.
    mutating func add(_ terms: Set<Term>) {
        for term in terms { counts[term, default: 0] += 1 }
        while counts.count > limit {
            counts = counts.filter { $0.value > floor }
            // The next time more must go, or each text would cost a pass over all terms.
            if counts.count > limit / 2 { floor += 1 }
        }
    }

    /// The terms of the most texts, first by that count and then in their own order.
    ///
    /// - Parameter fewest: in how many texts a term must occur; if none does, all terms are given.
    func frequent(limit: Int, fewest: Int) -> [Term] {
        let shared = counts.filter { $0.value >= fewest }
        let chosen = shared.isEmpty ? counts : shared
        return chosen.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    }
}
