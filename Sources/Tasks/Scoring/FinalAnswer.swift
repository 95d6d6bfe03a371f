/// Finds the final answer in a response.
///
/// The forms, the first that is there counts: a line `#### 18` (GSM8K), `\boxed{18}` (MATH), the last line after the last
/// calculator step `<<9*2=18>>`, that step's value, the last number, the whole text. One pass each over the bytes, so the time is
/// linear in the response whatever it holds.
public enum FinalAnswer {
    /// The final answer in a response, trimmed; `nil` if the response is blank.
    public static func extract(from response: String) -> String? {
        let bytes = Array(response.utf8)
        let found =
            markedLine(bytes) ?? boxed(bytes) ?? afterSteps(bytes) ?? NumberText.last(in: bytes)
            ?? trimmed(bytes, 0..<bytes.count)
        return found.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The answer that a line `#### N` gives; `nil` without such a line.
    static func markedAnswer(in text: String) -> String? {
        let bytes = Array(text.utf8)
        return markedLine(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The rest of the last line that begins with `####`.
    private static func markedLine(_ bytes: [UInt8]) -> Range<Int>? {
        var end = bytes.count
        while end >= 0 {
            let start = bytes[..<end].lastIndex(of: Ascii.newline).map { $0 + 1 } ?? 0
            if let line = trimmed(bytes, start..<end), bytes[line].starts(with: Ascii.hashes),
                let answer = trimmed(bytes, line.lowerBound + Ascii.hashes.count..<line.upperBound)
            {
                return answer
            }
            end = start - 1
        }
        return nil
    }

    /// The content of the `\boxed{...}` that opens last among those that are closed.
    private static func boxed(_ bytes: [UInt8]) -> Range<Int>? {
        var open: [(start: Int, isBox: Bool)] = []
        var best: Range<Int>?
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case Ascii.backslash where bytes[index...].starts(with: Ascii.boxed):
                index += Ascii.boxed.count - 1
                open.append((index + 1, true))
            case Ascii.backslash: index += 1  // the next byte is escaped: `\{` is no brace
            case Ascii.openBrace: open.append((index + 1, false))
            case Ascii.closeBrace:
                if let last = open.popLast(), last.isBox, last.start >= (best?.lowerBound ?? 0) {
                    best = last.start..<index
                }
            default: break
            }
            index += 1
        }
        return best.flatMap { trimmed(bytes, $0) }
    }

    /// The last line of what follows the last `>>` of a calculator step, or if that is blank the step's value.
    private static func afterSteps(_ bytes: [UInt8]) -> Range<Int>? {
        guard let close = lastPair(of: Ascii.greater, in: bytes, before: bytes.count),
            let open = lastPair(of: Ascii.less, in: bytes, before: close)
        else { return nil }
        if let tail = trimmed(bytes, close + 2..<bytes.count) {
            let lineStart = bytes[tail].lastIndex(of: Ascii.newline).map { $0 + 1 } ?? tail.lowerBound
            return trimmed(bytes, lineStart..<tail.upperBound)
        }
        guard let equals = bytes[open + 2..<close].lastIndex(of: Ascii.equals) else { return nil }
        return trimmed(bytes, equals + 1..<close)
    }

    /// Where the last two equal bytes in a row begin, before a position.
    private static func lastPair(of byte: UInt8, in bytes: [UInt8], before end: Int) -> Int? {
        var index = end - 2
        while index >= 0 {
            if bytes[index] == byte, bytes[index + 1] == byte { return index }
            index -= 1
        }
        return nil
    }

    /// A range without the white space around it; `nil` if nothing is left.
    private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        guard range.lowerBound < range.upperBound,
            let first = bytes[range].firstIndex(where: { !Ascii.isSpace($0) }),
            let last = bytes[range].lastIndex(where: { !Ascii.isSpace($0) })
        else { return nil }
        return first..<last + 1
    }
}

/// The bytes that the scorer looks for.
enum Ascii {
    static let newline = UInt8(ascii: "\n")
    static let backslash = UInt8(ascii: "\\")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let greater = UInt8(ascii: ">")
    static let less = UInt8(ascii: "<")
    static let equals = UInt8(ascii: "=")
    static let hashes = Array("####".utf8)
    static let boxed = Array("\\boxed{".utf8)

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
