/// Puts categories and texts into words.
struct CategoryNames {
    private let terms: InstructionTerms
    private let rows: SparseRows
    /// In how many texts each term occurs.
    private let counts: [Int]
    /// Whether each word can stand in a name.
    private let isNameable: [Bool]
    /// Whether each word is a stop-word, which names have only where there is no other word.
    private let isStopWord: [Bool]

    /// - Parameters:
    ///   - terms: the collection's terms.
    ///   - rows: its texts' vectors over the terms.
    init(_ terms: InstructionTerms, _ rows: SparseRows) {
        self.terms = terms
        self.rows = rows
        counts = rows.columnCounts(terms.count)
        isNameable = terms.words.map(Self.isNameable)
        isStopWord = terms.words.map(StopWords.contains)
    }

    /// A text's label: its two most telling words, in their own order so that texts of a kind share it.
    ///
    /// A word tells much if it is relevant and yet so common that other texts can have it too.
    func label(_ row: Int) -> String {
        let words = nameable(row)
            .map { word, weight in
                (word: word, weight: weight * Float(NaturalLogarithm.of(Double(counts[word]) + 1)))
            }
            .sorted { (rank($1.word), $1.weight, $0.word) < (rank($0.word), $0.weight, $1.word) }
        guard !words.isEmpty else { return "other" }
        return words.prefix(2).map(\.word).sorted().map { terms.words[$0] }.joined(separator: "_")
    }

    /// A name and a summary for every group of the rows that have one.
    func categories(assignment: [Int], count: Int) -> [DiscoveredSkills.Category] {
        var taken: Set<String> = []
        return wordsByGroup(assignment, count).enumerated().map { group, words in
            let name = Self.freeName(words, group: group, taken: taken)
            taken.insert(name)
            let top = words.prefix(6).joined(separator: ", ")
            let summary = top.isEmpty ? "Instructions without known words." : "Instructions with: \(top)."
            return DiscoveredSkills.Category(name: name, summary: summary)
        }
    }

    /// Two to four words that no category before has; a number only where the words do not suffice.
    private static func freeName(_ words: [String], group: Int, taken: Set<String>) -> String {
        for length in [3, 2, 4] where words.count >= length {
            let name = words.prefix(length).joined(separator: "_")
            if !taken.contains(name) { return name }
        }
        let base = words.isEmpty ? "category" : words.prefix(3).joined(separator: "_")
        if words.count == 1, !taken.contains(base) { return base }
        var number = words.isEmpty ? group + 1 : 2
        while taken.contains("\(base)_\(number)") { number += 1 }
        return "\(base)_\(number)"
    }

    /// The words most typical of each group, most typical first: often in it and seldom elsewhere.
    private func wordsByGroup(_ assignment: [Int], _ count: Int) -> [[String]] {
        var inside = [[Int: Int]](repeating: [:], count: count)
        var sizes = [Int](repeating: 0, count: count)
        for (row, group) in assignment.enumerated() {
            sizes[group] += 1
            for (word, _) in nameable(row) { inside[group][word, default: 0] += 1 }
        }
        return (0..<count).map { group in
            inside[group].map { word, found in
                let share = Double(found) / Double(max(1, sizes[group]))
                let usual = Double(counts[word]) / Double(max(1, assignment.count))
                // The small term orders the words where there is but one group and none is more typical of
                // it.
                let typical = share * NaturalLogarithm.of(share / usual) + 1e-6 * share
                return (word: word, score: typical)
            }
            .sorted { (rank($1.word), $1.score, $0.word) < (rank($0.word), $0.score, $1.word) }
            .prefix(8).map { terms.words[$0.word] }
        }
    }

    /// A row's words that can stand in names, with their weights.
    private func nameable(_ row: Int) -> [(word: Int, weight: Float)] {
        rows.range(row).map { (word: Int(rows.columns[$0]), weight: rows.values[$0]) }
            .filter { $0.word < isNameable.count && isNameable[$0.word] }
    }

    /// 1 for words that come before stop-words in names.
    private func rank(_ word: Int) -> Int { isStopWord[word] ? 0 : 1 }

    /// Names are lower case letters, digits and underscores, so only words of the Latin alphabet can stand
    /// in them.
    private static func isNameable(_ word: String) -> Bool {
        word.utf8.allSatisfy {
            ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
                || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        }
    }
}
