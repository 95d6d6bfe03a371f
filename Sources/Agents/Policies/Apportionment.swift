/// Ways to part a number of data into whole numbers that add up to it.
///
/// Policies are compared at equal budgets, so what rounding leaves over must never get lost.
package enum Apportionment {
    /// Parts that differ by one at most, the larger ones first.
    ///
    /// - Returns: `count` numbers, none if `count` is 0.
    package static func even(_ amount: Int, over count: Int) -> [Int] {
        guard count > 0 else { return [] }
        let (each, rest) = amount.quotientAndRemainder(dividingBy: count)
        return (0..<count).map { each + ($0 < rest ? 1 : 0) }
    }

    /// Parts in proportion to weights, by the largest-remainder method (Hamilton): each gets its quota rounded down, and
    /// what is left goes to the largest fractions, the first among equals.
    ///
    /// - Parameters:
    ///   - amount: what is parted, at least 0.
    ///   - weights: one for each part; what is negative or no number counts as 0. If all are 0, the parts are even.
    package static func proportional(_ amount: Int, to weights: [Double]) -> [Int] {
        // The upper bound keeps the sum finite; weights are shares or counts, far below it.
        let weights = weights.map { $0.isFinite ? min(max($0, 0), 1e15) : 0 }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return even(amount, over: weights.count) }
        let quotas = weights.map { Double(amount) * ($0 / sum) }
        var parts = quotas.map { Int($0) }
        let order = parts.indices.sorted { left, right in
            let (first, second) = (quotas[left] - Double(parts[left]), quotas[right] - Double(parts[right]))
            return first == second ? left < right : first > second
        }
        let rest = amount - parts.reduce(0, +)
        for place in order.prefix(max(0, rest)) { parts[place] += 1 }
        return parts
    }

    /// What each of some numbers is to be raised by, so that the smallest come up to a common level first.
    ///
    /// - Parameters:
    ///   - amount: the sum of what is added, at least 0.
    ///   - bases: the numbers as they are.
    package static func levelling(_ amount: Int, onto bases: [Int]) -> [Int] {
        let order = bases.indices.sorted { (bases[$0], $0) < (bases[$1], $1) }
        var raised = [Int](repeating: 0, count: bases.count)
        var (count, sum) = (0, 0)
        // As many of the smallest as the amount can bring to the height of the largest among them.
        for place in order {
            guard bases[place] * count - sum <= amount else { break }
            count += 1
            sum += bases[place]
        }
        let levels = even(amount + sum, over: count)
        for (place, level) in zip(order, levels) { raised[place] = level - bases[place] }
        return raised
    }
}
