/// Where one field line lies within a request head, as offsets from its first octet.
struct FieldSlice: Sendable {
    let nameStart: UInt32
    let nameEnd: UInt32
    let valueStart: UInt32
    let valueEnd: UInt32

    var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}

/// The field lines of a request, in the order received, duplicates kept (RFC 9110 5.3). Names are compared
/// without regard to case. Text is made on demand; octets that aren't UTF-8 read as U+FFFD.
public struct HTTPFields: Sendable {
    let bytes: [UInt8]
    let slices: [FieldSlice]

    /// Number of field lines.
    public var count: Int { slices.count }

    /// Value of the first line of that name, without surrounding white space; nil when there is none.
    public subscript(name: String) -> String? {
        for slice in slices where matches(slice, name) { return text(slice.value) }
        return nil
    }

    /// Values of every line of that name, in order.
    public func values(of name: String) -> [String] {
        slices.filter { matches($0, name) }.map { text($0.value) }
    }

    /// All lines of that name joined by ", " (RFC 9110 5.3); nil when there is none.
    public func combinedValue(of name: String) -> String? {
        let all = values(of: name)
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// Every line as text, in order.
    public var lines: [(name: String, value: String)] {
        slices.map { (text($0.name), text($0.value)) }
    }

    /// Text of a range of the head.
    func text(_ range: Range<Int>) -> String { bytes.span.string(range) }

    private func matches(_ slice: FieldSlice, _ name: String) -> Bool {
        let wanted = name.utf8
        guard wanted.count == slice.name.count else { return false }
        var position = slice.name.lowerBound
        for byte in wanted {
            if ASCII.lowered(byte) != ASCII.lowered(bytes[position]) { return false }
            position += 1
        }
        return true
    }
}
