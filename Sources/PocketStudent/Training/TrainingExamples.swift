/// Rows as tokens, ready to be copied into chunks.
struct TrainingExamples: Sendable {
    /// One row: `begin prompt separator response end`, without the last token as that predicts nothing.
    struct Example: Sendable {
        /// What goes through the network.
        let tokens: [Int32]
        /// The next token for each of the last tokens, from the separator on; -1 where no loss is taken.
        let targets: [Int32]
        /// Targets that count.
        let counted: Int
    }

    private(set) var examples: [Example] = []
    private(set) var skipped = 0
    private(set) var cut = 0

    /// Encodes rows for a context; those that do not fit lose the beginning of the prompt or are left out.
    init(rows: [PocketRow], tokenizer: Tokenizer, context: Int) {
        examples.reserveCapacity(rows.count)
        for row in rows {
            // begin, separator and end take three.
            let response = tokenizer.encode(row.response, limit: context)
            let room = context - 3 - response.count
            guard room >= 0 else {
                skipped += 1
                continue
            }
            var prompt = tokenizer.encodeTail(row.prompt, limit: room + 1)
            if prompt.count > room {
                prompt.removeFirst(prompt.count - room)
                cut += 1
            }
            append(prompt: prompt, response: response)
        }
    }

    private mutating func append(prompt: [Int32], response: [Int32]) {
        let targets = Self.maskValues(response + [Tokenizer.end])
        let counted = targets.count { $0 >= 0 }
        guard counted > 0 else {
            skipped += 1
            return
        }
        examples.append(
            Example(
                tokens: [Tokenizer.begin] + prompt + [Tokenizer.separator] + response, targets: targets,
                counted: counted))
    }

    /// Takes the loss from what the calculator writes: everything after `=` up to and with `>>`.
    static func maskValues(_ response: [Int32]) -> [Int32] {
        var isOpen = false
        var isValue = false
        return response.map { token in
            let target = isValue ? -1 : token
            switch token {
            case Tokenizer.open where !isValue: isOpen = true
            case Tokenizer.byte(UInt8(ascii: "=")) where isOpen: isValue = true
            case Tokenizer.close: (isOpen, isValue) = (false, false)
            default: break
            }
            return target
        }
    }
}
