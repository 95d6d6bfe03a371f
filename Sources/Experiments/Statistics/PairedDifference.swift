/// How two treatments differ when each seed has seen both.
///
/// The seeds' own ups and downs fall out of the differences, so that a few seeds show more than two separate means.
public struct PairedDifference: Sendable, Equatable {
    /// The mean difference with its interval.
    public let estimate: Estimate
    /// For how many seeds the difference is above zero.
    public let positive: Int

    /// The first treatment minus the second, over the seeds that have both; `nil` when there is none.
    /// - Parameters:
    ///   - first: values by seed.
    ///   - second: values by seed.
    public init?(_ first: [Int: Double], minus second: [Int: Double]) {
        // In the order of the seeds: the order of a sum decides its last bits.
        let differences = first.sorted { $0.key < $1.key }.compactMap { seed, value in
            second[seed].map { value - $0 }
        }
        guard let estimate = Estimate(of: differences) else { return nil }
        self.estimate = estimate
        positive = differences.count { $0 > 0 }
    }
}
