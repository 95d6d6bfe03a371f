/// A final answer taken apart: the number in it, if it is one, and the words around it.
struct AnswerText {
    /// Lower-cased, without the decoration that never matters: space and dollar signs around it, the percent
    /// sign and full stop at its end.
    let normalised: [UInt8]
    /// The number, if the answer is one.
    let number: ExactNumber?
    /// The words after the number: its unit; empty if there are none.
    let unit: [UInt8]

    init(_ text: String) {
        let plain = Self.undecorated(Self.lowercased(text)[...])
        normalised = Self.collapsed(plain)
        if let number = ExactNumber(plain) {
            self.number = number
            unit = []
        } else if let (number, unit) = Self.numberWithWords(plain) {
            self.number = number
            self.unit = unit
        } else {
            number = nil
            unit = []
        }
    }

    /// Longer texts are no number with a unit.
    private static let longestWithWords = 200

    /// Lower case, the Unicode minus (U+2212) as `-`.
    private static func lowercased(_ text: String) -> [UInt8] {
        let lower = Array(text.lowercased().utf8)
        guard lower.contains(unicodeMinus[0]) else { return lower }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lower.count)
        var index = 0
        while index < lower.count {
            if lower[index...].starts(with: unicodeMinus) {
                bytes.append(UInt8(ascii: "-"))
                index += unicodeMinus.count
            } else {
                bytes.append(lower[index])
                index += 1
            }
        }
        return bytes
    }

    private static let unicodeMinus: [UInt8] = [0xE2, 0x88, 0x92]

    private static func undecorated(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        func isIdle(_ byte: UInt8) -> Bool { Ascii.isSpace(byte) || byte == UInt8(ascii: "$") }
        rest = rest.drop(while: isIdle)
        while let last = rest.last, isIdle(last) || last == UInt8(ascii: ".") { rest = rest.dropLast() }
        if rest.last == UInt8(ascii: "%") {
            rest = rest.dropLast(rest.dropLast().last == Ascii.backslash ? 2 : 1)
            while let last = rest.last, Ascii.isSpace(last) { rest = rest.dropLast() }
        }
        if rest.starts(with: Array("\\$".utf8)) { rest = rest.dropFirst(2) }
        // A dollar sign between the sign and the digits: -$5.
        if rest.starts(with: Array("-$".utf8)) {
            rest = rest.dropFirst()
            rest[rest.startIndex] = UInt8(ascii: "-")
        }
        return rest
    }

    private static func collapsed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        Array(text.split(whereSeparator: Ascii.isSpace).joined(separator: [0x20]))
    }

    /// The only number of a short text that is otherwise plain words: `18 dollars`, `x = 18`, `20%`, `$18.50 in all`.
    private static func numberWithWords(_ text: ArraySlice<UInt8>) -> (ExactNumber, [UInt8])? {
        let bytes = Array(text)
        guard bytes.count <= longestWithWords, let range = NumberText.last(in: bytes),
            let number = ExactNumber(bytes[range])
        else { return nil }
        let before = bytes[..<range.lowerBound]
        let after = bytes[range.upperBound...]
        guard !before.contains(where: Ascii.isDigit), let front = words(before),
            front.allSatisfy(isHarmlessBefore),
            let back = words(after.first == UInt8(ascii: "%") ? after.dropFirst() : after),
            back.allSatisfy(isHarmlessAfter)
        else { return nil }
        // A letter that touches the number or stands alone may be a variable: 12x is not 12.
        if let next = after.first, Ascii.isLetter(next), (back.first?.count ?? 0) < 2 { return nil }
        return (number, Array(back.joined(separator: [0x20])))
    }

    /// The words of a text that holds nothing but letters, space and light punctuation.
    private static func words(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        let light = Array(".,:;=$!?\\".utf8)
        guard text.allSatisfy({ Ascii.isLetter($0) || Ascii.isSpace($0) || light.contains($0) }) else {
            return nil
        }
        let words = text.split { !Ascii.isLetter($0) }
        guard !text.contains(UInt8(ascii: "\\")) || words.isEmpty else { return nil }
        return words
    }

    private static func isHarmlessBefore(_ word: ArraySlice<UInt8>) -> Bool {
        !changing.contains { word.elementsEqual($0) } && !comparing.contains { word.elementsEqual($0) }
    }

    private static func isHarmlessAfter(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= 2 && !changing.contains { word.elementsEqual($0) }
    }

    /// Words that make another number of the one beside them.
    private static let changing = [
        "minus", "negative", "not", "plus", "times", "over", "or", "half", "quarter", "third", "dozen",
        "hundred",
        "thousand", "million", "billion", "trillion", "squared", "cubed", "pi", "sqrt", "factorial",
    ].map { Array($0.utf8) }

    /// Words before a number that leave it open.
    private static let comparing = ["less", "more", "than", "least", "most", "under", "below", "above"]
        .map { Array($0.utf8) }
}
