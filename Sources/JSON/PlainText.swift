/// The place of the next quote, backslash or control character, or the end: what stands in a string as it is lies before.
///
/// Eight bytes at a time: a byte of `special` has its high bit set if the byte of `word` is one of those. A borrow
/// may set bits above the first such byte, never below, so the lowest one counts.
/// - Parameter isASCII: set to `false` if a byte that is no ASCII was seen, if only shortly behind that place.
@inline(__always)
func endOfPlainText(_ text: Span<UInt8>, from start: Int, _ isASCII: inout Bool) -> Int {
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    var place = start
    var union: UInt64 = 0
    defer { if union & high != 0 { isASCII = false } }
    while place + 8 <= text.count {
        // Checked against the span's bounds; any eight bytes make an integer.
        let word = UInt64(
            littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
        union |= word
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let control = (word &- ones &* 0x20) & ~word
        let special = (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & high
        if special != 0 { return place + special.trailingZeroBitCount / 8 }
        place += 8
    }
    while place < text.count {
        let byte = text[place]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
        union |= UInt64(byte)
        place += 1
    }
    return place
}
