/// How much a term says about the rest of its text.
///
/// A name or a noun picked at random stands among the same words as any other, whatever the kind of problem;
/// "perimeter" does not. The measure is the Kullback-Leibler divergence of the distribution of a term's
/// neighbours (words of the same text) from that of all words, less what a random choice of as many
/// neighbours would show. So terms that say nothing come out at about 0 by themselves, whether frequent or
/// rare, and without any list of stop-words.
enum TermRelevance {
    /// How many of a term's texts are looked at; bounds the time on large collections.
    private static let sampledTexts = 400

    /// The relevance in nats, at least 0, of each of the terms 0 ..< `termCount`.
    static func relevance(_ texts: SparseRows, termCount: Int) -> [Float] {
        let counts = texts.columnCounts(termCount)
        let total = Double(max(1, texts.columns.count))
        let chance = ChanceDivergence(counts, total: total)
        var neighbours = [Int](repeating: 0, count: termCount)
        return rowsOfTerms(texts, counts).enumerated().map { term, rows in
            let met = meet(texts, rows, except: term, &neighbours)
            var found = 0.0
            var sum = 0.0
            for other in met {
                let count = Double(neighbours[other])
                found += count
                sum += count * NaturalLogarithm.of(count * total / Double(counts[other]))
                neighbours[other] = 0
            }
            guard found > 0 else { return 0 }
            sum -= found * NaturalLogarithm.of(found) + chance.excess(of: found)
            return Float(max(0, sum / found))
        }
    }

    /// Counts the terms of some rows, but for one term, into `neighbours`, which holds zeros before.
    ///
    /// - Returns: the terms with a count, each once.
    private static func meet(
        _ texts: SparseRows, _ rows: [UInt32], except term: Int, _ neighbours: inout [Int]
    ) -> [Int] {
        var met: [Int] = []
        for row in rows {
            for place in texts.range(Int(row)) {
                let other = Int(texts.columns[place])
                guard other != term else { continue }
                if neighbours[other] == 0 { met.append(other) }
                neighbours[other] += 1
            }
        }
        return met
    }

    /// The texts of each term, thinned evenly where they are many.
    private static func rowsOfTerms(_ texts: SparseRows, _ counts: [Int]) -> [[UInt32]] {
        var seen = [Int](repeating: 0, count: counts.count)
        var rows = [[UInt32]](repeating: [], count: counts.count)
        for row in 0..<texts.count {
            for place in texts.range(row) {
                let term = Int(texts.columns[place])
                let step = 1 + (counts[term] - 1) / sampledTexts
                if seen[term] % step == 0 { rows[term].append(UInt32(row)) }
                seen[term] += 1
            }
        }
        return rows
    }
}

/// What a divergence would be by chance alone.
private struct ChanceDivergence {
    private let noise = PoissonNoise()
    /// Terms that occur equally often are expected equally often, so they are summed together.
    private let groups: [(share: Double, terms: Double)]

    init(_ counts: [Int], total: Double) {
        var sizes: [Int: Int] = [:]
        for count in counts where count > 0 { sizes[count, default: 0] += 1 }
        groups = sizes.sorted { $0.key < $1.key }
            .map { (share: Double($0.key) / total, terms: Double($0.value)) }
    }

    /// The sum over all terms for a number of neighbours picked at random.
    func excess(of neighbours: Double) -> Double {
        groups.reduce(0) { $0 + $1.terms * noise.excess(at: neighbours * $1.share) }
    }
}

/// What `x ln (x / l)` is on average when x is a Poisson count with mean l: the part of a divergence that is
/// chance.
private struct PoissonNoise {
    // Tabled by the square root of the mean, in which the curve is smooth; beyond the table it is close to
    // its limit.
    private static let steps = 40.0
    private static let largest = 6.0
    private let table: [Double]

    init() {
        table = (0...Int(Self.largest * Self.steps) + 1).map { index in
            let root = Double(index) / Self.steps
            return Self.exact(root * root)
        }
    }

    func excess(at mean: Double) -> Double {
        let place = mean.squareRoot() * Self.steps
        guard place < Self.largest * Self.steps else { return 0.5 }
        let index = Int(place)
        let rest = place - Double(index)
        return table[index] * (1 - rest) + table[index + 1] * rest
    }

    private static func exact(_ mean: Double) -> Double {
        guard mean > 0 else { return 0 }
        // e^-mean by repeated squaring of a short series: the mean is at most about 36.
        var start = 1.0
        let small = -mean / 1024
        start += small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
        for _ in 0..<10 { start *= start }
        var (probability, sum) = (start, 0.0)
        for x in 1...120 {
            probability *= mean / Double(x)
            sum += probability * Double(x) * NaturalLogarithm.of(Double(x) / mean)
        }
        return sum
    }
}
