import Gym

/// Rows for the first part of pre-training, which know nothing of any task.
///
/// - copying: `& 48 red 7`, to be written again;
/// - the calculator from left to right: `12 5 7: * +`;
/// - the calculator by name: `12 red 5 keys: keys * red`, with the number that stands before each word;
/// - invented tasks (`InventedTask`): senseless wordings with slots for numbers, each with its own
///   calculation.
///
/// A student that can do these has only to learn which wording asks for which operations on which numbers.
package struct WarmUpRows {
    private let words: [String]
    private let tasks: [InventedTask]
    private var random: SeededGenerator

    /// - Parameters:
    ///   - lexicon: the words to write with; every one of them gets used to being copied.
    ///   - tasks: how many tasks to invent.
    ///   - seed: decides all rows.
    package init(lexicon: [String], tasks: Int = 400, seed: UInt64) {
        let words = lexicon.isEmpty ? ["x"] : lexicon
        var random = SeededGenerator(seed: seed, purpose: "pocket-warm-up")
        self.words = words
        self.tasks = (0..<max(tasks, 1)).map { _ in InventedTask(words: words, using: &random) }
        self.random = random
    }

    /// The next `count` rows.
    package mutating func next(_ count: Int) -> [PocketRow] {
        (0..<count).map { _ in
            switch random.integer(below: 20) {
            case 0..<3: copying()
            case 3..<6: leftToRight()
            case 6..<8: byName()
            default: invented()
            }
        }
    }

    private mutating func invented() -> PocketRow {
        for _ in 0..<8 {
            if let row = random.element(of: tasks)?.row(words: words, using: &random) { return row }
        }
        return copying()
    }

    private mutating func word() -> String {
        random.element(of: words) ?? "x"
    }

    private mutating func number() -> Int {
        InventedTask.number(using: &random)
    }

    private mutating func copying() -> PocketRow {
        let items = (0..<random.integer(in: 2...6)).map { _ in
            random.integer(below: 2) == 0 ? word() : String(number())
        }
        let text = items.joined(separator: " ")
        return PocketRow(prompt: "& " + text, response: text)
    }

    private mutating func leftToRight() -> PocketRow {
        let numbers = (0..<random.integer(in: 2...3)).map { _ in number() }
        let (signs, response) = program(numbers)
        let fillers = numbers.map { _ in random.integer(below: 2) == 0 ? " " + word() : "" }
        let text = zip(numbers, fillers).map { "\($0)\($1)" }.joined(separator: " ")
        return PocketRow(prompt: text + ": " + signs.joined(separator: " "), response: response)
    }

    private mutating func byName() -> PocketRow {
        var names: [String] = []
        for _ in 0..<random.integer(in: 2...3) {
            let name = word()
            if !names.contains(name) { names.append(name) }
        }
        // The same word twice; rare with a lexicon worth the name.
        guard names.count > 1 else { return leftToRight() }
        let numbers = names.map { _ in number() }
        let text = zip(numbers, names).map { "\($0) \($1)" }.joined(separator: " ")
        let picked = random.shuffled(Array(names.indices)).prefix(random.integer(in: 2...3))
        let (signs, response) = program(picked.map { numbers[$0] })
        var wanted = ""
        for (place, index) in picked.enumerated() {
            wanted += (place == 0 ? "" : signs[place - 1]) + names[index]
        }
        return PocketRow(prompt: text + ": " + wanted, response: response)
    }

    /// A sign between each two numbers, and the steps from left to right, each with the last one's value.
    ///
    /// Values stay short natural numbers, as the student has to copy them.
    private mutating func program(_ numbers: [Int]) -> (signs: [String], response: String) {
        guard var value = numbers.first else { return ([], "") }
        var signs: [String] = []
        var text = ""
        for number in numbers.dropFirst() {
            var choices = ["+", ">"]
            if value >= number { choices.append("-") }
            if value * number < 100_000 { choices.append("*") }
            if value % number == 0 { choices += ["/", "/"] }
            let sign = random.element(of: choices) ?? "+"
            let expression = "\(value)\(sign)\(number)"
            guard let result = Calculator.evaluate(expression), let next = Int(result) else { continue }
            signs.append(sign)
            text += "<<\(expression)=\(result)>>"
            value = next
        }
        return (signs, text)
    }
}
