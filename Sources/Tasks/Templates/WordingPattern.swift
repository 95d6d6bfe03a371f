import Gym

/// A wording turned round: it takes a text apart that the wording could have made.
struct WordingPattern: Sendable {
    private enum Part: Sendable {
        case literal(String)
        case number(Int)
        case distractor(Int)
        case word(variable: Int, form: Int)
        case choice([[String]])
    }

    /// What a text was made from.
    struct Match {
        var numbers: [Int: String] = [:]
        var distractors: [Int: String] = [:]
        var words: [Int: Int] = [:]
        var otherWords: [String: String] = [:]
    }

    /// How far a text's words may be from the wording's own lists.
    enum Strictness {
        /// Every name and noun is one of the list's.
        case ownWords
        /// Any single word may stand for a name or noun.
        case anyWords
    }

    private let parts: [Part]
    private let variables: [WordClass]
    /// How many tokens of a matching text are numbers.
    let numberCount: Int

    init(_ wording: Wording) {
        var parts: [Part] = []
        var numberCount = 0
        for piece in wording.pieces {
            switch piece {
            case .text(let text):
                let tokens = TextTokens(text)
                numberCount += tokens.numberCount
                parts += tokens.tokens.map { .literal($0) }
            case .number(let index):
                numberCount += 1
                parts.append(.number(index))
            case .distractor(let index):
                numberCount += 1
                parts.append(.distractor(index))
            case .word(let variable, let form): parts.append(.word(variable: variable, form: form))
            case .choice(let options): parts.append(.choice(options.map { TextTokens($0).tokens }))
            }
        }
        self.parts = parts
        self.numberCount = numberCount
        variables = wording.variables
    }

    /// The numbers and words that make the wording into this text; `nil` if none do.
    func match(_ tokens: [String], _ strictness: Strictness) -> Match? {
        match(tokens[...], parts[...], Match(), strictness)
    }

    /// Tries the options of a choice in turn; a wording has two choices at most, so this stays small.
    private func match(
        _ tokens: ArraySlice<String>, _ parts: ArraySlice<Part>, _ soFar: Match, _ strictness: Strictness
    ) -> Match? {
        var (tokens, parts, found) = (tokens, parts, soFar)
        while let part = parts.first {
            if case .choice(let options) = part {
                for option in options where tokens.starts(with: option) {
                    let rest = match(tokens.dropFirst(option.count), parts.dropFirst(), found, strictness)
                    if let rest { return rest }
                }
                return nil
            }
            guard let token = tokens.first, accept(token, as: part, &found, strictness) else { return nil }
            tokens = tokens.dropFirst()
            parts = parts.dropFirst()
        }
        return tokens.isEmpty ? found : nil
    }

    private func accept(_ token: String, as part: Part, _ found: inout Match, _ strictness: Strictness)
        -> Bool
    {
        switch part {
        case .literal(let word): return token == word
        case .number(let index): return Self.bind(token, at: index, in: &found.numbers)
        case .distractor(let index): return Self.bind(token, at: index, in: &found.distractors)
        case .choice: return false
        case .word(let variable, let form):
            let entries = variables[variable].entries
            if let entry = entries.firstIndex(where: { $0[form] == token }) {
                return (found.words.updateValue(entry, forKey: variable) ?? entry) == entry
            }
            guard strictness == .anyWords, token.utf8.allSatisfy({ Ascii.isLetter($0) || $0 >= 0x80 }) else {
                return false
            }
            return (found.otherWords.updateValue(token, forKey: "\(variable)/\(form)") ?? token) == token
        }
    }

    /// Takes a number token for a slot, if it is one and the slot's earlier uses have the same.
    private static func bind(_ token: String, at index: Int, in slots: inout [Int: String]) -> Bool {
        guard let first = token.utf8.first, Ascii.isDigit(first) else { return false }
        return (slots.updateValue(token, forKey: index) ?? token) == token
    }
}
