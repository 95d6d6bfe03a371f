/// How well two groupings of the same items agree, whatever their groups are called.
///
/// Both measures read the first `min(a.count, b.count)` items; any integers may name groups.
public enum ClusteringQuality {
    /// The mutual information of two groupings over the arithmetic mean of their entropies (Strehl and Ghosh
    /// 2002; Vinh et al. 2010).
    ///
    /// - Parameters:
    ///   - a: the group of each item.
    ///   - b: the group of each item in the other grouping.
    /// - Returns: 0 (independent) to 1 (equal); 1 when both put everything into one group or there is no
    ///   item.
    public static func normalisedMutualInformation(_ a: [Int], _ b: [Int]) -> Double {
        let table = Contingency(a, b)
        let (first, second) = (table.entropy(of: table.rows), table.entropy(of: table.columns))
        guard first + second > 0 else { return 1 }
        let information = first + second - table.entropy(of: table.cells)
        return min(1, max(0, 2 * information / (first + second)))
    }

    /// The share of pairs on which two groupings agree, corrected for chance (Hubert and Arabie 1985).
    ///
    /// - Parameters:
    ///   - a: the group of each item.
    ///   - b: the group of each item in the other grouping.
    /// - Returns: 1 for equal groupings, about 0 for independent ones, at least -0.5.
    public static func adjustedRandIndex(_ a: [Int], _ b: [Int]) -> Double {
        let table = Contingency(a, b)
        let all = Contingency.pairs(table.count)
        guard all > 0 else { return 1 }
        let together = table.cells.reduce(0) { $0 + Contingency.pairs($1) }
        let first = table.rows.reduce(0) { $0 + Contingency.pairs($1) }
        let second = table.columns.reduce(0) { $0 + Contingency.pairs($1) }
        let expected = first * second / all
        let most = (first + second) / 2
        // Both groupings all in one group, or all apart: equal, and the quotient would be 0/0.
        guard most > expected else { return 1 }
        return (together - expected) / (most - expected)
    }
}

/// How many items two groupings put into each pair of groups.
private struct Contingency {
    let count: Int
    let cells: [Int]
    let rows: [Int]
    let columns: [Int]

    init(_ a: [Int], _ b: [Int]) {
        var cells: [Cell: Int] = [:]
        var rows: [Int: Int] = [:]
        var columns: [Int: Int] = [:]
        for (row, column) in zip(a, b) {
            cells[Cell(row: row, column: column), default: 0] += 1
            rows[row, default: 0] += 1
            columns[column, default: 0] += 1
        }
        count = min(a.count, b.count)
        // Sorted, because a dictionary's order changes between runs and with it the last bits of a sum.
        self.cells = cells.values.sorted()
        self.rows = rows.values.sorted()
        self.columns = columns.values.sorted()
    }

    private struct Cell: Hashable {
        let row: Int
        let column: Int
    }

    /// The entropy in nats of groups of these sizes.
    func entropy(of sizes: [Int]) -> Double {
        sizes.reduce(0) { sum, size in
            let share = Double(size) / Double(count)
            return sum - share * NaturalLogarithm.of(share)
        }
    }

    /// How many pairs can be made of `count` items.
    static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}
