/// A set of octets as a 128-bit mask, for the character classes of RFC 9110 and RFC 3986.
/// A value rather than a closure, so that a validation loop is two shifts an octet.
struct ByteClass: Sendable {
    private let low: UInt64
    private let high: UInt64
    private let holdsExtended: Bool

    /// - Parameters:
    ///   - members: ASCII characters that belong to the class.
    ///   - extended: whether octets 0x80...0xFF (obs-text) belong to it.
    init(_ members: StaticString, extended: Bool = false) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        members.withUTF8Buffer { buffer in
            for byte in buffer where byte < 128 {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
            }
        }
        (self.low, self.high, holdsExtended) = (low, high, extended)
    }

    private init(low: UInt64, high: UInt64, extended: Bool) {
        (self.low, self.high, holdsExtended) = (low, high, extended)
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return (low >> UInt64(byte)) & 1 == 1 }
        if byte < 128 { return (high >> UInt64(byte & 63)) & 1 == 1 }
        return holdsExtended
    }

    /// Whether every octet of the range belongs to the class.
    @inline(__always)
    func holdsAll(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where !contains(bytes[index]) { return false }
        return true
    }

    /// RFC 9110 5.6.2 tchar.
    static let token = ByteClass(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// RFC 3986 3.3 pchar and "/", without the percent sign.
    static let path = ByteClass(
        "/-._~!$&'()*+,;=:@0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// RFC 3986 3.4 query, without the percent sign.
    static let query = ByteClass(
        "/?-._~!$&'()*+,;=:@0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// RFC 3986 3.2.2 reg-name, without the percent sign.
    static let registeredName = ByteClass(
        "-._~!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// RFC 3986 3.1 scheme.
    static let scheme = ByteClass("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// What X-Request-Id may hold here, so that it can be logged and copied without escaping.
    static let requestID = ByteClass("._-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// RFC 9110 5.5 field-content: HTAB, SP, VCHAR and obs-text.
    static let fieldValue = ByteClass(low: 0xFFFF_FFFF_0000_0200, high: 0x7FFF_FFFF_FFFF_FFFF, extended: true)
}

/// ASCII helpers shared by parser and messages.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20

    /// Value of a hexadecimal digit, nil for anything else.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    /// ASCII lower case of one octet.
    @inline(__always)
    static func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// Whether `bytes[range]` equals `word` (which must be lower case) without regard to ASCII case.
    @inline(__always)
    static func equals(_ bytes: Span<UInt8>, _ range: Range<Int>, lowercase word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        let start = word.utf8Start
        for offset in 0..<range.count where lowered(bytes[range.lowerBound + offset]) != start[offset] {
            return false
        }
        return true
    }

    /// Whether two strings are equal without regard to ASCII case.
    static func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
        let left = left.utf8.span
        let right = right.utf8.span
        guard left.count == right.count else { return false }
        for index in 0..<left.count where lowered(left[index]) != lowered(right[index]) { return false }
        return true
    }
}
