/// A text's words, numbers and operators, as templates are matched with them.
///
/// Lower case; commas, full stops and question marks between tokens are left out, thousands separators inside numbers too.
struct TextTokens {
    /// No template is as long; a longer text is cut here and so matches none.
    static let limit = 120

    private(set) var tokens: [String] = []
    /// How many of the tokens are numbers.
    private(set) var numberCount = 0

    init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(4096))
        var index = 0
        while index < bytes.count, tokens.count < Self.limit {
            let start = index
            let byte = bytes[index]
            if Ascii.isDigit(byte) {
                index = Self.numberEnd(bytes, from: index)
                let digits = bytes[start..<index].filter { $0 != UInt8(ascii: ",") }
                tokens.append(String(decoding: digits, as: UTF8.self))
                numberCount += 1
            } else if Self.isWord(byte) {
                while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
                let word = bytes[start..<index].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                tokens.append(String(decoding: word, as: UTF8.self))
            } else {
                if !Ascii.isSpace(byte), !Self.ignored.contains(byte) {
                    tokens.append(String(decoding: [byte], as: UTF8.self))
                }
                index += 1
            }
        }
    }

    private static let ignored = Array(".,;:?!$\"".utf8)

    /// Letters, and bytes of letters beyond ASCII (a user's own names may have them).
    private static func isWord(_ byte: UInt8) -> Bool { Ascii.isLetter(byte) || byte >= 0x80 }

    /// After digits with thousands separators and a decimal part.
    private static func numberEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let joins = bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ".")
            guard
                Ascii.isDigit(bytes[index])
                    || (joins && index + 1 < bytes.count && Ascii.isDigit(bytes[index + 1]))
            else { break }
            index += 1
        }
        return index
    }
}
