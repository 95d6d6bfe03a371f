/// How a token stands to its neighbours in ordinary writing, which decides where a space goes without saying.
enum TokenClass: UInt8, Sendable {
    /// Nothing is implied on either side: operators, brackets of calculations, quotes, spaces, control bytes.
    case plain
    /// A whole word of the lexicon.
    case word
    /// A single letter of a word that is not in the lexicon.
    case letter
    case digit
    /// `.` `,` `?` `!` `;` `:`
    case stop
    /// A stop right after a digit: "3.5", "1,000", "12:30".
    case stopAfterDigit
    /// `)` `%`
    case closing
    /// `(` `$`
    case opening

    /// The class of a single byte.
    init(byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .letter
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";"),
            UInt8(ascii: ":"):
            self = .stop
        case UInt8(ascii: ")"), UInt8(ascii: "%"): self = .closing
        case UInt8(ascii: "("), UInt8(ascii: "$"): self = .opening
        default: self = .plain
        }
    }

    /// Whether one space is implied between this token and the next.
    func impliesSpace(before next: TokenClass) -> Bool {
        switch next {
        case .word:
            self != .plain && self != .opening
        case .letter:
            self == .word || self == .stop || self == .stopAfterDigit || self == .closing
        case .digit:
            self == .word || self == .stop || self == .closing
        case .opening:
            self != .plain && self != .opening
        case .plain, .stop, .stopAfterDigit, .closing:
            false
        }
    }

    /// What the next token sees on its left once `next` stands after this one.
    func followed(by next: TokenClass) -> TokenClass {
        next == .stop && self == .digit ? .stopAfterDigit : next
    }
}
