import Gym

/// One way to put a subskill's problems into words, compiled from a template.
///
/// In a template `{a}` to `{f}` are the problem's numbers, `{p}` and `{q}` numbers that do not matter,
/// `{name}`, `{item2}` and the like words of a `WordClass` (a number tells apart two picks of one class, which then
/// differ), and `[gets|finds]` a free choice. Everything else stands for itself.
struct Wording: Sendable {
    enum Piece: Sendable, Equatable {
        case text(String)
        case number(Int)
        case distractor(Int)
        case word(variable: Int, form: Int)
        case choice([String])
    }

    let pieces: [Piece]
    /// The class of each word variable.
    let variables: [WordClass]
    /// How many numbers that do not matter.
    let distractors: Int

    init(_ template: String) {
        var builder = Builder()
        builder.read(template)
        pieces = builder.pieces
        variables = builder.variables.map(\.wordClass)
        distractors = builder.distractors
    }

    /// What every instruction of this wording says, choices included, without the open words and numbers.
    var fixedText: String {
        let texts = pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .choice(let options): options.joined(separator: " ")
            case .number, .distractor, .word: " "
            }
        }
        return texts.joined(separator: " ")
    }

    /// The instruction for a problem's numbers.
    func render(_ numbers: [Int], using generator: inout SeededGenerator) -> String {
        let picks = drawPicks(using: &generator)
        let extras = drawDistractors(besides: numbers, using: &generator)
        var text = ""
        text.reserveCapacity(128)
        for piece in pieces {
            switch piece {
            case .text(let words): text += words
            case .number(let index): text += "\(numbers[index])"
            case .distractor(let index): text += "\(extras[index])"
            case .word(let variable, let form): text += variables[variable].entries[picks[variable]][form]
            case .choice(let options): text += generator.element(of: options) ?? ""
            }
        }
        return text
    }

    private func drawPicks(using generator: inout SeededGenerator) -> [Int] {
        var picks: [Int] = []
        for wordClass in variables {
            var pick: Int
            repeat {
                pick = generator.integer(below: wordClass.entries.count)
            } while zip(variables, picks).contains { $0 == wordClass && $1 == pick }
            picks.append(pick)
        }
        return picks
    }

    /// Numbers unlike the problem's own, so that taking the wrong one never gives the right answer by luck.
    private func drawDistractors(besides numbers: [Int], using generator: inout SeededGenerator) -> [Int] {
        var extras: [Int] = []
        while extras.count < distractors {
            let extra = generator.integer(in: 5...60)
            if !numbers.contains(extra), !extras.contains(extra) { extras.append(extra) }
        }
        return extras
    }
}

extension Wording {
    /// Reads a template.
    private struct Builder {
        var pieces: [Piece] = []
        var variables: [(slot: String, wordClass: WordClass)] = []
        var distractors = 0

        mutating func read(_ template: String) {
            var rest = Substring(template)
            while let start = rest.firstIndex(where: { $0 == "{" || $0 == "[" }) {
                if start > rest.startIndex { pieces.append(.text(String(rest[..<start]))) }
                let closing: Character = rest[start] == "{" ? "}" : "]"
                guard let end = rest[start...].firstIndex(of: closing) else { break }
                let inside = rest[rest.index(after: start)..<end]
                if closing == "}" {
                    slot(String(inside))
                } else {
                    pieces.append(.choice(inside.split(separator: "|").map(String.init)))
                }
                rest = rest[rest.index(after: end)...]
            }
            if !rest.isEmpty { pieces.append(.text(String(rest))) }
        }

        private mutating func slot(_ name: String) {
            if let index = ["a", "b", "c", "d", "e", "f"].firstIndex(of: name) {
                pieces.append(.number(index))
            } else if let index = ["p", "q"].firstIndex(of: name) {
                pieces.append(.distractor(index))
                distractors = max(distractors, index + 1)
            } else {
                word(name)
            }
        }

        private mutating func word(_ name: String) {
            let base = String(name.prefix { !$0.isNumber })
            guard let (wordClass, form) = WordClass.slot(named: base) else {
                // Not a slot: shown as it is, which the test of the closed lexicon then reports.
                pieces.append(.text("{\(name)}"))
                return
            }
            let key = wordClass.rawValue + name.dropFirst(base.count)
            let variable: Int
            if let known = variables.firstIndex(where: { $0.slot == key }) {
                variable = known
            } else {
                variable = variables.count
                variables.append((key, wordClass))
            }
            pieces.append(.word(variable: variable, form: form))
        }
    }
}
