/// One prompt being answered: what it wrote so far, and what goes through the network next.
struct DecodingRow {
    /// The place of the prompt in the caller's list.
    let index: Int
    /// Tokens that the network has not seen yet: the prompt at first, then what was added last.
    private(set) var pending: [Int32]
    /// Tokens that the network has seen.
    private(set) var seen = 0
    /// The response so far, without the end.
    private(set) var response: [Int32] = []
    private(set) var isFinished = false
    /// Where the open expression starts in `response`, until its `=` comes.
    private var expression: Int?

    init(index: Int, prompt: [Int32]) {
        self.index = index
        pending = prompt
    }

    /// Takes note that the network has seen the first `count` pending tokens.
    mutating func advance(_ count: Int) {
        seen += count
        pending.removeFirst(count)
    }

    /// Takes the student's next token, and has the calculator write when the student asked it to.
    ///
    /// - Parameters:
    ///   - limit: the most tokens of the response. `context`: the most tokens in all.
    mutating func accept(_ token: Int32, tokenizer: Tokenizer, limit: Int, context: Int) {
        if token == Tokenizer.end {
            isFinished = true
            return
        }
        response.append(token)
        pending.append(token)
        switch token {
        case Tokenizer.open: expression = response.count
        case Tokenizer.close: expression = nil
        case Tokenizer.byte(UInt8(ascii: "=")):
            if let start = expression { writeValue(of: response[start..<response.count - 1], tokenizer) }
        default: break
        }
        let excess = max(response.count - limit, seen + pending.count - context)
        if excess >= 0 {
            response.removeLast(min(excess, response.count))
            isFinished = true
        }
    }

    private mutating func writeValue(of tokens: ArraySlice<Int32>, _ tokenizer: Tokenizer) {
        expression = nil
        let text = tokens.count > Calculator.longestExpression ? "" : tokenizer.decode(tokens)
        let value = tokenizer.encode(Calculator.evaluate(text) ?? "?") + [Tokenizer.close]
        response += value
        pending += value
    }
}
