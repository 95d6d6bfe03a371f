import Glibc

/// Gives texts without a category the one that their words speak for: multinomial naive Bayes with add-one smoothing
/// (Manning, Raghavan & Schütze 2008, section 13.2), over words without digits.
public struct SkillRepair: Sendable {
    private var counts: [String: [Int: Double]] = [:]
    private var totals: [Int: Double] = [:]
    private var texts: [Int: Double] = [:]

    /// A classifier that knows some texts' categories.
    public init(_ known: [(text: String, category: Int)]) {
        for (text, category) in known {
            texts[category, default: 0] += 1
            for word in Self.words(text) {
                counts[word, default: [:]][category, default: 0] += 1
                totals[category, default: 0] += 1
            }
        }
    }

    /// The most probable category of each text; the smaller position among equals. 0 for all if nothing is known.
    public func categories(of unknown: [String]) -> [Int] {
        let candidates = texts.keys.sorted()
        let vocabulary = Double(counts.count)
        return unknown.map { text in
            var best = (category: candidates.first ?? 0, score: -Double.infinity)
            let words = Self.words(text)
            for category in candidates {
                var score = log(texts[category] ?? 1)
                let total = (totals[category] ?? 0) + vocabulary + 1
                for word in words { score += log(((counts[word]?[category] ?? 0) + 1) / total) }
                if score > best.score { best = (category, score) }
            }
            return best.category
        }
    }

    /// At most 256 words: enough to tell, and bounded for hostile texts.
    private static func words(_ text: String) -> [String] {
        text.utf8.split(whereSeparator: { byte in
            let isLetter = (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
            return !isLetter
        }).prefix(256).map { String(decoding: $0, as: UTF8.self).lowercased() }
    }
}
