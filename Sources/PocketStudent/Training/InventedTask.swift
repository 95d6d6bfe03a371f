import Gym

/// A task without sense: a wording of random words with slots for numbers, and a calculation with some of
/// them.
///
/// Learning hundreds of these is what learning the real ones is like, so the student comes to those
/// prepared, without having seen any.
struct InventedTask {
    private enum Piece {
        case word(String)
        /// Another word each time, as names and things change in real problems.
        case anyWord
        case number
        case mark(String)
    }

    private enum Operand {
        case slot(Int)
        case constant(Int)
        case lastValue
        case earlierValue(Int)
    }

    private struct Step {
        let left: Operand
        let sign: String
        let right: Operand
    }

    private let pieces: [Piece]
    private let steps: [Step]
    private let slots: Int

    init(words: [String], using random: inout SeededGenerator) {
        slots = random.integer(in: 2...4)
        pieces = Self.wording(slots: slots, words: words, using: &random)
        steps = Self.calculation(slots: slots, using: &random)
    }

    /// A number of a word problem: mostly one or two digits.
    static func number(using random: inout SeededGenerator) -> Int {
        switch random.integer(below: 10) {
        case 0..<3: random.integer(in: 1...9)
        case 3..<9: random.integer(in: 10...99)
        default: random.integer(in: 100...999)
        }
    }

    private static func wording(
        slots: Int, words: [String], using random: inout SeededGenerator
    ) -> [Piece] {
        var pieces: [Piece] = []
        func fill(_ count: Int, _ random: inout SeededGenerator) {
            for _ in 0..<count {
                let isAny = random.integer(below: 4) == 0
                pieces.append(isAny ? .anyWord : .word(random.element(of: words) ?? "x"))
            }
        }
        for slot in 0..<slots {
            fill(random.integer(in: slot == 0 ? 0...4 : 1...4), &random)
            pieces.append(.number)
            if random.integer(below: 5) == 0 {
                fill(random.integer(in: 1...2), &random)
                pieces.append(.mark(random.integer(below: 2) == 0 ? "." : ","))
            }
        }
        fill(random.integer(in: 1...6), &random)
        pieces.append(.mark("?"))
        return pieces
    }

    private static func calculation(slots: Int, using random: inout SeededGenerator) -> [Step] {
        let signs = ["+", "-", "*", "/", ">"]
        var unused = random.shuffled(Array(0..<slots))
        var steps: [Step] = []
        for index in 0..<random.integer(in: 1...4) {
            func operand(_ random: inout SeededGenerator) -> Operand {
                if let slot = unused.popLast() { return .slot(slot) }
                return random.integer(below: 2) == 0
                    ? .constant([1, 2, 3, 100][random.integer(below: 4)])
                    : .slot(random.integer(below: slots))
            }
            var left = index == 0 ? operand(&random) : .lastValue
            if index > 1 && random.integer(below: 4) == 0 { left = .earlierValue(index - 2) }
            if index > 0 && index < 3 && unused.count > 1 && random.integer(below: 3) == 0 {
                left = operand(&random)
            }
            var right = operand(&random)
            if index > 0 && random.integer(below: 3) == 0 { (left, right) = (right, left) }
            steps.append(Step(left: left, sign: random.element(of: signs) ?? "+", right: right))
        }
        return steps
    }

    /// A row with random numbers; `nil` if none of a few draws gives short values without a sign.
    func row(words: [String], using random: inout SeededGenerator) -> PocketRow? {
        for _ in 0..<12 {
            let numbers = (0..<slots).map { _ in Self.number(using: &random) }
            guard let response = response(numbers) else { continue }
            var prompt = ""
            var next = 0
            for piece in pieces {
                let gap = prompt.isEmpty ? "" : " "
                switch piece {
                case .word(let word): prompt += gap + word
                case .anyWord: prompt += gap + (random.element(of: words) ?? "x")
                case .number:
                    prompt += gap + String(numbers[next])
                    next += 1
                case .mark(let mark): prompt += mark
                }
            }
            return PocketRow(prompt: prompt, response: response)
        }
        return nil
    }

    private func response(_ numbers: [Int]) -> String? {
        var values: [String] = []
        var text = ""
        func write(_ operand: Operand) -> String {
            switch operand {
            case .slot(let index): String(numbers[index])
            case .constant(let value): String(value)
            case .lastValue: values.last ?? "1"
            case .earlierValue(let index): values[index]
            }
        }
        for step in steps {
            let expression = write(step.left) + step.sign + write(step.right)
            guard let value = Calculator.evaluate(expression), value.utf8.count <= 5, !value.hasPrefix("-")
            else {
                return nil
            }
            values.append(value)
            text += "<<\(expression)=\(value)>>"
        }
        return text
    }
}
