import Gym

/// What makes two problems the same problem: the subskill and the numbers, whatever the wording.
///
/// A stable hash of the identity decides which split a problem may appear in, so nothing that is made for training
/// can be a validation or test problem in other words.
public struct ProblemIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The identity in one line, for example `groups/loose:6,12,5`.
    public let description: String

    init(subskill: PocketSubskill, numbers: [Int]) {
        var text = subskill.identityPrefix
        for (position, number) in subskill.canonical(numbers).enumerated() {
            text += position == 0 ? "\(number)" : ",\(number)"
        }
        description = text
    }

    /// The only split that this problem may appear in: 15 % of all problems are validation's, 15 % test's.
    public var split: SplitName {
        switch Self.bucket(of: description) {
        case 0..<3: .validation
        case 3..<6: .test
        default: .train
        }
    }

    /// One of 20 buckets: FNV-1a, then two rounds of multiply and shift, as FNV-1a alone puts texts with like endings
    /// into like buckets.
    ///
    /// Spelled out here, because a change would let old training data hold new validation problems.
    private static func bucket(of text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return (hash ^ (hash >> 33)) % 20
    }
}
