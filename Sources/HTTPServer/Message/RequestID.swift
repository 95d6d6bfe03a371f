/// The id of one request: the client's own (X-Request-Id) when it is fit, else 128 generated bits that read as a
/// ULID (48 bits of milliseconds, 80 random). Kept as numbers, so that making one allocates nothing.
enum RequestID: Sendable {
    case client(String)
    case generated(high: UInt64, low: UInt64)

    /// Crockford's base 32.
    private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    /// Appends the text: 26 characters for a generated id.
    func append(to out: inout [UInt8]) {
        switch self {
        case .client(let text): out.append(contentsOf: text.utf8)
        case .generated(let high, let low):
            // 26 digits of 5 bits are 130: the topmost digit holds only 3 bits.
            var shift = 125
            while shift >= 0 {
                out.append(Self.alphabet.utf8Start[Self.digit(high, low, shift)])
                shift -= 5
            }
        }
    }

    var text: String {
        var out: [UInt8] = []
        append(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ high: UInt64, _ low: UInt64, _ shift: Int) -> Int {
        if shift >= 64 { return Int(high >> UInt64(shift - 64) & 31) }
        if shift > 59 { return Int((low >> UInt64(shift) | high << UInt64(64 - shift)) & 31) }
        return Int(low >> UInt64(shift) & 31)
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
        .generated(high: milliseconds << 16 | random() & 0xFFFF, low: random())
    }

    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
