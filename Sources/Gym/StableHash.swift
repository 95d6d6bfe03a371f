/// 64-bit FNV-1a: a hash that is the same in every process, unlike Swift's `Hasher`. Not for use against adversaries.
public struct StableHash: Sendable {
    /// The hash of what has been combined so far.
    public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of nothing.
    public init() {}

    /// Adds a text's UTF-8 bytes and an end mark, so that ("ab", "c") and ("a", "bc") differ.
    public mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(0xFF)
    }

    private mutating func combine(_ byte: UInt8) {
        value ^= UInt64(byte)
        value = value &* 0x0000_0100_0000_01B3
    }

    /// The hash of one text.
    public static func value(of text: String) -> UInt64 {
        var hash = StableHash()
        hash.combine(text)
        return hash.value
    }
}
