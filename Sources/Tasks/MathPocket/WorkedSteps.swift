/// The calculation that solves a subskill's problems, as calculator steps `<<12*6=72>>`.
///
/// Written as text, one step each: `["a*b", "#1+c"]` takes the problem's first two numbers, then step 1's value and
/// the third number. The operators are `+ - * /` and `>`, which gives the bigger of its two numbers.
struct WorkedSteps: Sendable {
    private enum Operand: Sendable {
        case number(Int)
        case step(Int)
        case literal(Int)
    }

    private struct Step: Sendable {
        let left: Operand
        let symbol: Character
        let right: Operand
    }

    private let steps: [Step]

    init(_ texts: [String]) {
        steps = texts.compactMap { text in
            guard let position = text.firstIndex(where: { "+-*/>".contains($0) }),
                let left = Self.operand(text[..<position]),
                let right = Self.operand(text[text.index(after: position)...])
            else { return nil }
            return Step(left: left, symbol: text[position], right: right)
        }
    }

    /// How many steps the solution takes.
    var count: Int { steps.count }

    /// The worked response and the final answer; `nil` if a value cannot be written as a decimal.
    func solve(_ numbers: [Int]) -> (response: String, answer: String)? {
        var values: [Rational] = []
        var response = ""
        var answer = ""
        for step in steps {
            guard let left = value(step.left, numbers, values),
                let right = value(step.right, numbers, values),
                let result = Self.apply(step.symbol, left, right), let leftText = left.decimalText,
                let rightText = right.decimalText, let resultText = result.decimalText
            else { return nil }
            response += "<<\(leftText)\(step.symbol)\(rightText)=\(resultText)>>"
            answer = resultText
            values.append(result)
        }
        return (response, answer)
    }

    private func value(_ operand: Operand, _ numbers: [Int], _ values: [Rational]) -> Rational? {
        switch operand {
        case .number(let index): index < numbers.count ? Rational(numbers[index]) : nil
        case .step(let index): index < values.count ? values[index] : nil
        case .literal(let value): Rational(value)
        }
    }

    private static func apply(_ symbol: Character, _ left: Rational, _ right: Rational) -> Rational? {
        switch symbol {
        case "+": left.adding(right)
        case "-": left.subtracting(right)
        case "*": left.multiplied(by: right)
        case "/": left.divided(by: right)
        default: left.isLess(than: right).map { $0 ? right : left }
        }
    }

    private static func operand(_ text: Substring) -> Operand? {
        if text.first == "#" { return Int(text.dropFirst()).map { .step($0 - 1) } }
        if let literal = Int(text) { return .literal(literal) }
        return ["a", "b", "c", "d", "e", "f"].firstIndex(of: text).map { .number($0) }
    }
}
