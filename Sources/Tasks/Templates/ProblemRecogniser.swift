import Gym

/// Says what kind of problem a text is, by matching it with every wording turned round; no labels are looked at.
public struct ProblemRecogniser: Sendable {
    /// A recognised text.
    public struct Recognition: Sendable, Equatable {
        /// The skill.
        public let skill: String
        /// The subskill.
        public let subskill: String
        /// Which problem it is; `nil` if its numbers are not whole.
        public let identity: ProblemIdentity?
    }

    /// The recogniser of `math-pocket`'s wordings, made on first use.
    public static let mathPocket = ProblemRecogniser(MathPocket.subskills)

    private struct Entry: Sendable {
        let subskill: Int
        let pattern: WordingPattern
    }

    private let subskills: [PocketSubskill]
    /// The patterns by how many numbers they hold, so that a text meets only those that it could match.
    private let entries: [Int: [Entry]]

    init(_ subskills: [PocketSubskill]) {
        self.subskills = subskills
        let all = subskills.enumerated().flatMap { index, subskill in
            subskill.wordings.map { Entry(subskill: index, pattern: WordingPattern($0)) }
        }
        entries = Dictionary(grouping: all, by: \.pattern.numberCount)
    }

    /// What a text is, or `nil` if it is no known kind of problem.
    ///
    /// A text with names and nouns of its own is recognised too, if only one subskill's wordings fit it.
    public func recognise(_ text: String) -> Recognition? {
        match(text).map { index, numbers in
            let subskill = subskills[index]
            return Recognition(
                skill: subskill.skill, subskill: subskill.name,
                identity: numbers.map { ProblemIdentity(subskill: subskill, numbers: $0) })
        }
    }

    /// The right answer to a problem of a known kind; `nil` for any other text.
    public func answer(to text: String) -> String? {
        guard let (index, numbers) = match(text), let numbers else { return nil }
        return subskills[index].steps.solve(numbers)?.answer
    }

    /// The subskills whose wordings could have made a text; two would mean that it is ambiguous.
    package func candidates(for text: String) -> Set<String> {
        let tokens = TextTokens(text)
        let fitting = (entries[tokens.numberCount] ?? []).filter {
            $0.pattern.match(tokens.tokens, .ownWords) != nil
        }
        return Set(fitting.map { "\(subskills[$0.subskill].skill)/\(subskills[$0.subskill].name)" })
    }

    /// The subskill's position among those that the recogniser knows.
    func subskillIndex(of text: String) -> Int? {
        match(text)?.subskill
    }

    private func match(_ text: String) -> (subskill: Int, numbers: [Int]?)? {
        let tokens = TextTokens(text)
        guard tokens.tokens.count < TextTokens.limit, let candidates = entries[tokens.numberCount] else {
            return nil
        }
        for entry in candidates {
            if let match = entry.pattern.match(tokens.tokens, .ownWords) {
                return (entry.subskill, Self.numbers(match))
            }
        }
        let loose = candidates.compactMap { entry in
            entry.pattern.match(tokens.tokens, .anyWords).map { (entry.subskill, Self.numbers($0)) }
        }
        guard let first = loose.first, loose.allSatisfy({ $0.0 == first.0 }) else { return nil }
        return first
    }

    private static func numbers(_ match: WordingPattern.Match) -> [Int]? {
        let numbers = (0..<match.numbers.count).compactMap { match.numbers[$0].flatMap { Int($0) } }
        return numbers.count == match.numbers.count ? numbers : nil
    }
}
