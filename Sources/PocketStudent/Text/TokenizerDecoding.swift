extension Tokenizer {
    /// The text of tokens: the exact text for those that `encode` made, and some text for any others.
    ///
    /// Tokens outside the vocabulary and those that belong to no text are passed over. Bytes that form no
    /// UTF-8 become U+FFFD.
    public func decode(_ tokens: some Sequence<Int32>) -> String {
        var bytes: [UInt8] = []
        var left = TokenClass.plain
        var capital = false
        for token in tokens {
            guard let kind = classOf(token) else { continue }
            if token == Self.join {
                left = .plain
                continue
            }
            if !capital && left.impliesSpace(before: kind) { bytes.append(UInt8(ascii: " ")) }
            left = left.followed(by: kind)
            if token == Self.capital {
                capital = true
                continue
            }
            appendBytes(of: token, capital: capital, to: &bytes)
            capital = false
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How a token stands to its neighbours; `nil` if it has no text.
    private func classOf(_ token: Int32) -> TokenClass? {
        switch token {
        case Self.join, Self.open, Self.close: .plain
        case Self.capital: .word
        case Self.firstByte..<Self.firstWord: TokenClass(byte: UInt8(token - Self.firstByte))
        case Self.firstWord..<Int32(vocabulary): .word
        default: nil
        }
    }

    private func appendBytes(of token: Int32, capital: Bool, to bytes: inout [UInt8]) {
        switch token {
        case Self.open: bytes += "<<".utf8
        case Self.close: bytes += ">>".utf8
        case Self.firstByte..<Self.firstWord: bytes.append(UInt8(token - Self.firstByte))
        default:
            let start = bytes.count
            bytes += lexicon[Int(token - Self.firstWord)].utf8
            if capital, bytes[start] >= UInt8(ascii: "a") { bytes[start] &= ~0x20 }
        }
    }
}
