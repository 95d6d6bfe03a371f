/// The id of one request: the client's own (X-Request-Id) when it is fit, else 128 generated bits that read
/// as a ULID (48 bits of milliseconds, 80 random). Kept as numbers, so that making one allocates nothing.
enum RequestID: Sendable {
    case client(String)
    /// Milliseconds since 1970 (48 bits), and two times 40 random bits.
    case generated(milliseconds: UInt64, UInt64, UInt64)

    /// Crockford's base 32.
    private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    /// Appends the text: 26 characters for a generated id.
    func append(to out: inout [UInt8]) {
        switch self {
        case .client(let text): out.append(contentsOf: text.utf8)
        case .generated(let milliseconds, let first, let second):
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 26) { digits in
                Self.write(milliseconds, to: digits, before: 10, count: 10)
                Self.write(first, to: digits, before: 18, count: 8)
                Self.write(second, to: digits, before: 26, count: 8)
                out.append(contentsOf: UnsafeBufferPointer(digits))
            }
        }
    }

    /// Fills `count` places that end before `end`, the last with the lowest five bits.
    private static func write(
        _ number: UInt64, to digits: UnsafeMutableBufferPointer<UInt8>, before end: Int, count: Int
    ) {
        var rest = number
        var index = end
        while index > end - count {
            index -= 1
            digits.initializeElement(at: index, to: alphabet.utf8Start[Int(rest & 31)])
            rest >>= 5
        }
    }

    var text: String {
        var out: [UInt8] = []
        append(to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}

/// Makes request ids: SplitMix64 seeded from the system. Ids must differ, not be secret.
struct RequestIDGenerator {
    private var state: UInt64

    init() {
        var system = SystemRandomNumberGenerator()
        state = system.next()
    }

    /// - Parameter milliseconds: wall-clock time since 1970.
    mutating func next(milliseconds: UInt64) -> RequestID {
        .generated(milliseconds: milliseconds, random() & 0xFF_FFFF_FFFF, random() & 0xFF_FFFF_FFFF)
    }

    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
