/// Finds where a word ends.
struct WordScanner {
    /// Letters in a row from the start.
    let letters: Int
    /// The longest run of letters with single `'` or `-` between them, if longer than `letters` and not
    /// past the longest word; otherwise 0.
    let compound: Int

    /// Scans from `start`, where a letter stands.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        var end = start
        while end < bytes.count, Self.isLetter(bytes[end]) { end += 1 }
        letters = end - start
        var compoundEnd = end
        // Bounded, so that "a-a-a-..." does not cost its length squared.
        let bound = min(bytes.count, start + Tokenizer.longestWord + 1)
        while end + 1 < bound, Self.isInner(bytes[end]), Self.isLetter(bytes[end + 1]) {
            end += 1
            while end < bound, Self.isLetter(bytes[end]) { end += 1 }
            compoundEnd = end
        }
        compound = compoundEnd - start > letters ? compoundEnd - start : 0
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-")
    }

    /// The lower case of a capital, `nil` for anything else.
    static func lowered(_ byte: UInt8) -> UInt8? {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : nil
    }

    /// Whether these bytes may stand in a lexicon.
    static func isWord(_ word: [UInt8]) -> Bool {
        guard (1...Tokenizer.longestWord).contains(word.count), let first = word.first, isLetter(first) else {
            return false
        }
        return word.withUnsafeBufferPointer { bytes in
            let scan = WordScanner(bytes, at: 0)
            return max(scan.letters, scan.compound) == word.count
        }
    }
}
