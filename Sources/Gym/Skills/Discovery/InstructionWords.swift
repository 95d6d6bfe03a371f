/// Reads the words of an instruction: lower case, all numbers one word, punctuation dropped.
enum InstructionWords {
    /// What stands for every number.
    static let number = "#"
    /// How many words of a text are read; bounds the memory that a long text can take.
    static let limit = 256
    /// How many scalars of a word are read.
    static let longestWord = 32

    /// The first `limit` words of a text.
    ///
    /// A run of digits, with points and commas between digits, is a number. The percent sign is a word.
    /// Letters of other scripts make words as Latin ones do; an ideograph is a word by itself, as such
    /// scripts put no spaces.
    static func words(of text: String) -> [String] {
        var reader = Reader()
        for scalar in text.unicodeScalars {
            reader.take(scalar)
            if reader.words.count >= limit { return reader.words }
        }
        reader.endWord()
        return reader.words
    }

    private struct Reader {
        var words: [String] = []
        private var word: [UInt8] = []
        private var length = 0
        private var inNumber = false

        mutating func take(_ scalar: Unicode.Scalar) {
            switch kind(of: scalar) {
            case .digit:
                // A digit inside a word belongs to the word ("x2"), else it begins or continues a number.
                if length > 0 { append(scalar) } else { startNumber() }
            case .letter:
                inNumber = false
                append(scalar)
            case .alone:
                endWord()
                words.append(String(scalar))
            case .joiner:
                // Ends a word but not a number, so that "3.5" and "1,000" are one.
                if length > 0 { endWord() }
            case .gap: endWord()
            }
        }

        mutating func endWord() {
            inNumber = false
            guard length > 0 else { return }
            words.append(String(decoding: word, as: UTF8.self))
            word.removeAll(keepingCapacity: true)
            length = 0
        }

        private mutating func startNumber() {
            if !inNumber { words.append(InstructionWords.number) }
            inNumber = true
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            guard length < InstructionWords.longestWord else { return }
            length += 1
            if scalar.isASCII {
                let value = UInt8(truncatingIfNeeded: scalar.value)
                let isUpper = value >= UInt8(ascii: "A") && value <= UInt8(ascii: "Z")
                word.append(isUpper ? value | 0x20 : value)
            } else {
                word += scalar.properties.lowercaseMapping.utf8
            }
        }

        private enum Kind { case letter, digit, alone, joiner, gap }

        private func kind(of scalar: Unicode.Scalar) -> Kind {
            switch scalar {
            case "a"..."z", "A"..."Z": return .letter
            case "0"..."9": return .digit
            case "%": return .alone
            case ".", ",": return .joiner
            default:
                guard !scalar.isASCII else { return .gap }
                if scalar.properties.isIdeographic { return .alone }
                if scalar.properties.isAlphabetic { return .letter }
                return scalar.properties.numericType == .decimal ? .digit : .gap
            }
        }
    }
}
