/// The terms of a collection of instructions and how a text becomes a vector over them.
///
/// Terms are words and pairs of neighbouring words. Words of little relevance (`TermRelevance`) are taken
/// out first and leave a gap, so that "has 12 apples" and "has 7 coins" make the same pairs: the gap stands
/// for any random noun.
struct InstructionTerms: Sendable, Equatable {
    /// At most so many words.
    static let wordLimit = 4096
    /// At most so many pairs.
    static let pairLimit = 4096
    /// How many different words or pairs are counted at once.
    private static let counterLimit = 200_000
    /// A word of less than this share of the median word's relevance becomes a gap.
    private static let gapShare: Float = 0.6
    /// What a pair counts for beside a word; it mostly repeats what its words say.
    private static let pairWeight: Float = 0.7
    /// The index in a text's word sequence of a gap; the words come from 1 on.
    private static let gap: UInt32 = 0

    /// The words by index, most frequent first.
    let words: [String]
    private let indexOfWord: [String: UInt32]
    private let isGap: [Bool]
    private let indexOfPair: [UInt64: UInt32]
    /// The weight of every term, the words before the pairs.
    let weights: [Float]

    /// The number of terms.
    var count: Int { weights.count }

    /// Learns the terms of a collection; `vectors` are its texts as unit vectors (or zero), one row each.
    static func learn(_ texts: [String]) -> (terms: InstructionTerms, vectors: SparseRows) {
        let words = frequentWords(texts)
        var indexOfWord: [String: UInt32] = [:]
        for (index, word) in words.enumerated() { indexOfWord[word] = UInt32(index) }
        let sequences = texts.map { text in
            InstructionWords.words(of: text).map { indexOfWord[$0].map { $0 + 1 } ?? gap }
        }
        var wordRows = SparseRows()
        for sequence in sequences {
            wordRows.append(Set(sequence).filter { $0 != gap }.map { $0 - 1 }.sorted())
        }
        let relevance = TermRelevance.relevance(wordRows, termCount: words.count)
        let isGap = gaps(words, relevance)
        let open = sequences.map { $0.map { $0 != gap && isGap[Int($0) - 1] ? gap : $0 } }
        let pairs = frequentPairs(open)
        var indexOfPair: [UInt64: UInt32] = [:]
        for (index, pair) in pairs.enumerated() { indexOfPair[pair] = UInt32(words.count + index) }

        let unweighted = InstructionTerms(
            words: words, indexOfWord: indexOfWord, isGap: isGap, indexOfPair: indexOfPair,
            weights: [Float](repeating: 0, count: words.count + pairs.count))
        var vectors = SparseRows()
        for sequence in open { vectors.append(unweighted.termIndices(sequence)) }
        let weights = unweighted.weights(vectors)
        vectors.weigh(by: weights)
        let terms = InstructionTerms(
            words: words, indexOfWord: indexOfWord, isGap: isGap, indexOfPair: indexOfPair, weights: weights)
        return (terms, vectors)
    }

    /// A text as a unit vector, or zero if it has no term of any weight.
    func vector(of text: String) -> SparseRows {
        let sequence = InstructionWords.words(of: text).map { word -> UInt32 in
            guard let index = indexOfWord[word], !isGap[Int(index)] else { return Self.gap }
            return index + 1
        }
        var row = SparseRows()
        row.append(termIndices(sequence))
        row.weigh(by: weights)
        return row
    }

    private static func frequentWords(_ texts: [String]) -> [String] {
        var counter = TermCounter<String>(limit: counterLimit)
        for text in texts { counter.add(Set(InstructionWords.words(of: text))) }
        return counter.frequent(limit: wordLimit, fewest: fewestTexts(of: texts.count))
    }

    private static func frequentPairs(_ sequences: [[UInt32]]) -> [UInt64] {
        var counter = TermCounter<UInt64>(limit: counterLimit)
        for sequence in sequences { counter.add(Set(zip(sequence, sequence.dropFirst()).map(pair))) }
        return counter.frequent(limit: pairLimit, fewest: fewestTexts(of: sequences.count))
    }

    /// In how many texts a term must occur. A term of one text ties nothing together, but with few texts
    /// there may be little else.
    private static func fewestTexts(of count: Int) -> Int { count < 20 ? 1 : 2 }

    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }

    /// Which words become gaps. A number never does: where numbers stand is a good cue.
    private static func gaps(_ words: [String], _ relevance: [Float]) -> [Bool] {
        let positive = relevance.filter { $0 > 0 }.sorted()
        let median = positive.isEmpty ? 0 : positive[positive.count / 2]
        return zip(words, relevance).map { word, relevance in
            word != InstructionWords.number && relevance < gapShare * median
        }
    }

    private func termIndices(_ sequence: [UInt32]) -> [UInt32] {
        var indices = Set(sequence.filter { $0 != Self.gap }.map { $0 - 1 })
        for (first, second) in zip(sequence, sequence.dropFirst()) {
            if let index = indexOfPair[Self.pair(first, second)] { indices.insert(index) }
        }
        return indices.sorted()
    }

    private func weights(_ vectors: SparseRows) -> [Float] {
        let relevance = TermRelevance.relevance(vectors, termCount: count)
        // Texts that differ in nothing but chance have no relevant term; then all terms are as good.
        guard relevance.contains(where: { $0 > 0 }) else { return relevance.map { _ in 1 } }
        return relevance.enumerated().map { $1 * ($0 < words.count ? 1 : Self.pairWeight) }
    }
}
