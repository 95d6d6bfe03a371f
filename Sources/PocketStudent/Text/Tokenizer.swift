/// Text to tokens and back, without loss: whole words of a lexicon, single digits, `<<` and `>>`, and bytes
/// for the rest.
///
/// Spaces are implied where ordinary writing has one ("bags with 12 coins." needs none spelled out) by a
/// rule on the two neighbours (`TokenClass`). Where the text differs from the rule it is spelled out: a
/// space token for each space too many, `join` for a space that is missing. A word that is only in the
/// lexicon without its capital is written as `capital` and the word. Encoding and decoding take linear
/// time.
public struct Tokenizer: Sendable, Equatable {
    /// The words, in the order of their tokens.
    public let lexicon: [String]

    private let tokenOfWord: [String: Int32]

    /// Fills batches; never part of a text.
    public static let pad: Int32 = 0
    /// Starts every row.
    public static let begin: Int32 = 1
    /// Stands between prompt and response.
    public static let separator: Int32 = 2
    /// Ends a response.
    public static let end: Int32 = 3
    /// No space here, although the rule says so.
    static let join: Int32 = 4
    /// The next word starts with a capital.
    static let capital: Int32 = 5
    /// `<<`
    static let open: Int32 = 6
    /// `>>`
    static let close: Int32 = 7
    /// The token of byte 0; the other bytes follow.
    static let firstByte: Int32 = 8
    /// The token of the lexicon's first word.
    static let firstWord: Int32 = 264

    /// The longest word that a lexicon may hold, in bytes.
    public static let longestWord = 32
    /// The most words in a lexicon.
    public static let largestLexicon = 32_768

    static func byte(_ value: UInt8) -> Int32 { firstByte + Int32(value) }

    /// A tokenizer for a lexicon.
    ///
    /// - Parameter lexicon: words of ASCII letters, with `'` or `-` inside allowed, up to 32 bytes, each
    ///   once. Lower case serves capitalised text as well.
    /// - Throws: `PocketError.invalidLexicon`.
    public init(lexicon: [String]) throws(PocketError) {
        guard lexicon.count <= Self.largestLexicon else {
            throw .invalidLexicon("a lexicon holds at most \(Self.largestLexicon) words")
        }
        var tokens: [String: Int32] = [:]
        tokens.reserveCapacity(lexicon.count)
        for (index, word) in lexicon.enumerated() {
            guard WordScanner.isWord(Array(word.utf8)) else {
                throw .invalidLexicon("word \(index) is not 1 to 32 letters with ' or - inside")
            }
            guard tokens.updateValue(Self.firstWord + Int32(index), forKey: word) == nil else {
                throw .invalidLexicon("word \(index) stands twice in the lexicon: \(word)")
            }
        }
        self.lexicon = lexicon
        tokenOfWord = tokens
    }

    /// The number of tokens.
    public var vocabulary: Int { Int(Self.firstWord) + lexicon.count }

    /// The tokens of a text.
    ///
    /// - Parameter limit: stops after about this many tokens, for text that would not fit anyway.
    public func encode(_ text: String, limit: Int = .max) -> [Int32] {
        var text = text
        return text.withUTF8 { encode(bytes: $0, limit: limit) }
    }

    /// The last tokens of a text, looking at no more of it than they can take up.
    ///
    /// - Parameter limit: the most tokens returned.
    public func encodeTail(_ text: String, limit: Int) -> [Int32] {
        var text = text
        return text.withUTF8 { bytes in
            // A token stands for a word and a space at most.
            let window = (max(limit, 0) + 1) * (Self.longestWord + 1)
            let tail = bytes.count > window ? UnsafeBufferPointer(rebasing: bytes.suffix(window)) : bytes
            return Array(encode(bytes: tail, limit: .max).suffix(max(limit, 0)))
        }
    }

    private func encode(bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> [Int32] {
        var writer = TokenWriter()
        var index = 0
        while index < bytes.count, writer.tokens.count + writer.spaces < limit {
            let byte = bytes[index]
            if byte == UInt8(ascii: " ") {
                writer.spaces += 1
                index += 1
            } else if WordScanner.isLetter(byte) {
                index += encodeWord(bytes, at: index, &writer)
            } else if let pair = Self.bracket(bytes, at: index) {
                writer.append(pair, .plain)
                index += 2
            } else {
                writer.append(Self.byte(byte), TokenClass(byte: byte))
                index += 1
            }
        }
        writer.flushSpaces()
        return writer.tokens
    }

    /// Writes the word that starts here, whole or letter by letter; returns its length.
    private func encodeWord(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ writer: inout TokenWriter
    ) -> Int {
        let scan = WordScanner(bytes, at: start)
        for length in [scan.compound, scan.letters] where length > 0 && length <= Self.longestWord {
            let slice = UnsafeBufferPointer(rebasing: bytes[start..<start + length])
            if let token = tokenOfWord[String(decoding: slice, as: UTF8.self)] {
                writer.append(token, .word)
                return length
            }
            guard let lowered = WordScanner.lowered(bytes[start]) else { continue }
            if let token = tokenOfWord[String(decoding: [lowered] + slice.dropFirst(), as: UTF8.self)] {
                writer.append(Self.capital, .word)
                writer.appendAttached(token, .word)
                return length
            }
        }
        for offset in start..<start + scan.letters { writer.append(Self.byte(bytes[offset]), .letter) }
        return scan.letters
    }

    private static func bracket(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int32? {
        guard index + 1 < bytes.count, bytes[index] == bytes[index + 1] else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "<"): return open
        case UInt8(ascii: ">"): return close
        default: return nil
        }
    }

    /// Two tokenizers are the same if their lexicons are.
    public static func == (left: Tokenizer, right: Tokenizer) -> Bool {
        left.lexicon == right.lexicon
    }
}

/// Collects tokens and settles each gap between two of them.
private struct TokenWriter {
    var tokens: [Int32] = []
    /// Spaces since the last token.
    var spaces = 0
    private var left = TokenClass.plain

    mutating func append(_ token: Int32, _ kind: TokenClass) {
        let implied = left.impliesSpace(before: kind) ? 1 : 0
        if implied == 1 && spaces == 0 {
            tokens.append(Tokenizer.join)
            left = .plain
        } else if spaces != implied {
            flushSpaces()
        }
        spaces = 0
        tokens.append(token)
        left = left.followed(by: kind)
    }

    /// For the word after `capital`, which stands in the word's place towards the left.
    mutating func appendAttached(_ token: Int32, _ kind: TokenClass) {
        tokens.append(token)
        left = kind
    }

    /// Spells the spaces out.
    mutating func flushSpaces() {
        guard spaces > 0 else { return }
        for _ in 0..<spaces { tokens.append(Tokenizer.byte(UInt8(ascii: " "))) }
        left = .plain
        spaces = 0
    }
}
