import Gym

/// Finds the subskills that a description in words means: rare words of their names, summaries and wordings count
/// most (tf-idf; Sparck Jones 1972).
struct SubskillSearch: Sendable {
    static let mathPocket = SubskillSearch()

    /// For each stem, the subskills that have it and how much it says about them.
    private let weights: [String: [Int: Double]]
    private let count: Int

    private init() {
        var weights: [String: [Int: Double]] = [:]
        func add(_ text: String, to subskill: Int, _ weight: Double) {
            for stem in Self.stems(text) {
                weights[stem, default: [:]][subskill] = max(weight, weights[stem]?[subskill] ?? 0)
            }
        }
        let skills = MathPocket.catalogue.flatMap { skill in skill.subskills.map { _ in skill } }
        for (index, (skill, subskill)) in zip(skills, MathPocket.subskills).enumerated() {
            add(skill.name, to: index, Weight.name)
            add(subskill.name, to: index, Weight.summary)
            add(skill.keywords, to: index, Weight.keyword)
            add(skill.summary, to: index, Weight.summary)
            add(subskill.summary, to: index, Weight.summary)
            for wording in subskill.wordings { add(wording.fixedText, to: index, Weight.wording) }
        }
        self.weights = weights
        count = MathPocket.subskills.count
    }

    private enum Weight {
        static let name = 3.0
        static let keyword = 2.5
        static let summary = 2.0
        static let wording = 1.0
    }

    /// What a description without any other bounds has to reach: more than one rare word of a single wording.
    static let enough = 4.0

    /// The subskills that fit nearly as well as the best, in their order; none if the best scores `least` or less.
    func search(_ text: String, among candidates: [Int], least: Double = 0) -> [Int] {
        var scores: [Int: Double] = [:]
        for stem in Self.stems(text) {
            guard let found = weights[stem], found.count * 3 <= count else { continue }
            let rarity = Self.rarity[min(found.count, Self.rarity.count - 1)]
            for (subskill, weight) in found { scores[subskill, default: 0] += weight * rarity }
        }
        let ranked = candidates.map { ($0, scores[$0] ?? 0) }
        guard let best = ranked.map(\.1).max(), best > least else { return [] }
        return ranked.filter { $0.1 >= best * 0.8 }.map(\.0)
    }

    /// What a word in so many of the 42 subskills is worth: the logarithm of the inverse share, as a table so that no C library
    /// is needed and no platform's last bit matters.
    private static let rarity: [Double] = [
        0, 3.74, 3.04, 2.64, 2.35, 2.13, 1.95, 1.79, 1.66, 1.54, 1.44, 1.34, 1.25, 1.17, 1.1,
    ]

    /// The distinct words without their commonest endings, in their order; at most 64 of them.
    private static func stems(_ text: String) -> [String] {
        var stems: [String] = []
        for word in text.utf8.prefix(8192).split(whereSeparator: { !Ascii.isLetter($0) }) {
            let stem = stem(String(decoding: word, as: UTF8.self).lowercased())
            if !stopWords.contains(stem), !stems.contains(stem) { stems.append(stem) }
            if stems.count == 64 { break }
        }
        return stems
    }

    private static func stem(_ word: String) -> String {
        for (ending, replacement) in [
            ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""),
        ]
        where word.count >= ending.count + 3 && word.hasSuffix(ending) && !word.hasSuffix("ss") {
            return word.dropLast(ending.count) + replacement
        }
        return word
    }

    /// Words of requests, and of the wordings, that say nothing about the kind of problem.
    private static let stopWords = Set(
        ("a all an and are as at be by can do does for from get give has have how i in into is it its make me more mor "
            + "my of on or problem question that the their them there they thing this to two one what which with word exercis "
            + "pleas some about practic train teach student few new data exampl many much").split(
                separator: " "
            )
            .map(String.init))
}
