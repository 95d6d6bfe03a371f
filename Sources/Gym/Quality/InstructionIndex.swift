/// The instructions of some instances, found again whatever their spacing, letter case and end punctuation.
public struct InstructionIndex: Sendable {
    private let normalised: Set<String>

    /// An index of the splits' instructions.
    public init(task: BenchmarkTask, splits: [SplitName]) {
        var all: Set<String> = []
        for split in splits {
            for instance in task.instances(split) { all.insert(Self.normalise(instance.instruction)) }
        }
        normalised = all
    }

    /// Whether an instance with this instruction is among them.
    public func contains(_ instruction: String) -> Bool {
        normalised.contains(Self.normalise(instruction))
    }

    /// Lower-cased, with runs of white space as one space and without the punctuation at the end.
    public static func normalise(_ text: String) -> String {
        var out: [UInt8] = []
        // One pass over the bytes for ASCII, which nearly all text is; character by character takes twenty times longer.
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x80...: return normaliseUnicode(text)
            case 0x20, 0x09...0x0D: if let last = out.last, last != 0x20 { out.append(0x20) }
            case 0x41...0x5A: out.append(byte | 0x20)
            default: out.append(byte)
            }
        }
        while let last = out.last, last == 0x20 || isEndMark(last) { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    /// `.`, `?` and `!`.
    private static func isEndMark(_ byte: UInt8) -> Bool {
        byte == 0x2E || byte == 0x3F || byte == 0x21
    }

    private static func normaliseUnicode(_ text: String) -> String {
        var joined = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = joined.utf8.last, last == 0x20 || isEndMark(last) { joined.removeLast() }
        return joined
    }
}
