import Gym

/// How a file's instances are shared among the splits.
public enum SplitPlan: Sendable, Equatable {
    /// Shares of the whole, each 0 to 1 and together 1 at most; what they leave is not used.
    case fractions(train: Double, validation: Double, test: Double)
    /// Numbers of instances; `nil` gives train what the others leave.
    case counts(train: Int?, validation: Int, test: Int)

    /// Why a plan cannot be carried out.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// The positions of each split's instances, in the file's order.
    ///
    /// Instances with the same normalised instruction are shared out together. A split may stay a little smaller than asked for
    /// when only such groups are left that do not fit it.
    func share(_ instructions: [String], seed: UInt64) throws(Fault) -> [SplitName: [Int]] {
        let wanted = try counts(of: instructions.count)
        var random = SeededGenerator(seed: seed, purpose: "file task splits")
        var room = [(SplitName.validation, wanted.validation), (.test, wanted.test), (.train, wanted.train)]
        var splits: [SplitName: [Int]] = [:]
        for group in random.shuffled(Self.groups(instructions)) {
            guard let place = room.firstIndex(where: { $0.1 >= group.count }) else { continue }
            room[place].1 -= group.count
            splits[room[place].0, default: []] += group
        }
        guard splits[.validation] != nil else {
            throw Fault(
                description: "leaves validation empty; its instances ask the same, so they cannot be split")
        }
        return splits.mapValues { $0.sorted() }
    }

    /// The positions of the instances that ask the same, in the order of their first.
    private static func groups(_ instructions: [String]) -> [[Int]] {
        var groups: [[Int]] = []
        var known: [String: Int] = [:]
        for (position, instruction) in instructions.enumerated() {
            let key = InstructionIndex.normalise(instruction)
            if let group = known[key] {
                groups[group].append(position)
            } else {
                known[key] = groups.count
                groups.append([position])
            }
        }
        return groups
    }

    private typealias Counts = (train: Int, validation: Int, test: Int)

    /// How many instances each split is to get of so many.
    private func counts(of total: Int) throws(Fault) -> Counts {
        switch self {
        case .counts(let train, let validation, let test):
            try Self.counts(train, validation, test, of: total)
        case .fractions(let train, let validation, let test):
            try Self.shares(train, validation, test, of: total)
        }
    }

    private static func counts(_ train: Int?, _ validation: Int, _ test: Int, of total: Int) throws(Fault)
        -> Counts
    {
        guard validation >= 1, test >= 0, (train ?? 0) >= 0 else {
            throw Fault(
                description: "cannot be split: validation needs at least 1 instance, the others 0 or more")
        }
        let (heldOut, overflow) = validation.addingReportingOverflow(test)
        guard !overflow, heldOut <= total, (train ?? 0) <= total - heldOut else {
            throw Fault(description: "has \(total) instances, fewer than the splits ask for; ask for fewer")
        }
        return (train ?? total - heldOut, validation, test)
    }

    private static func shares(_ train: Double, _ validation: Double, _ test: Double, of total: Int)
        throws(Fault)
        -> Counts
    {
        guard [train, validation, test].allSatisfy({ (0...1).contains($0) }), validation > 0,
            train + validation + test < 1 + roundingError
        else {
            throw Fault(
                description:
                    "cannot be split: the shares must be 0 to 1, together at most 1, validation's above 0")
        }
        // A split that is asked for has an instance at least.
        let heldOut = [validation, test].map { $0 == 0 ? 0 : max(1, Int(($0 * Double(total)).rounded())) }
        let rest = total - heldOut[0] - heldOut[1]
        guard rest >= (train > 0 ? 1 : 0) else {
            throw Fault(description: "has only \(total) instances, too few for these shares; add some")
        }
        let usesAll = train + validation + test > 1 - roundingError
        return (usesAll ? rest : min(rest, Int((train * Double(total)).rounded())), heldOut[0], heldOut[1])
    }

    /// How far shares that are meant to make 1 may be from it.
    private static let roundingError = 1e-9
}
