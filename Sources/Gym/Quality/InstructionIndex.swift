/// What the checking phase found out about an action's data.
public struct CheckedData: Sendable, Equatable {
    /// The data that the student is trained on, in their order.
    public let accepted: [TrainingDatum]
    /// What was refused and why; `index` is the position among the data received.
    public let rejected: [Rejection]

    /// The outcome from its parts.
    public init(accepted: [TrainingDatum], rejected: [Rejection]) {
        self.accepted = accepted
        self.rejected = rejected
    }

    /// One refused datum.
    public struct Rejection: Sendable, Equatable {
        /// Its position among the data received, from 0.
        public let index: Int
        /// Why it was refused.
        public let reason: RejectionReason

        /// A rejection from its parts.
        public init(index: Int, reason: RejectionReason) {
            self.index = index
            self.reason = reason
        }
    }
}

/// Why a datum is not trained on.
public enum RejectionReason: String, Sendable, CaseIterable {
    /// Its instruction is that of a validation or test instance.
    case overlap
}

extension CheckedData {
    /// Checks data against a task's held-out splits.
    ///
    /// - Parameters:
    ///   - data: what an agent sent or an engine made.
    ///   - heldOut: the instructions of validation and test.
    public init(checking data: [TrainingDatum], heldOut: InstructionIndex) {
        var accepted: [TrainingDatum] = []
        var rejected: [Rejection] = []
        for (index, datum) in data.enumerated() {
            if heldOut.contains(datum.instruction) {
                rejected.append(Rejection(index: index, reason: .overlap))
            } else {
                accepted.append(datum)
            }
        }
        self.init(accepted: accepted, rejected: rejected)
    }
}

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
