/// A mean with its 95 % confidence interval.
public struct Estimate: Sendable, Equatable {
    /// How many values there are, at least 1.
    public let count: Int
    /// Their mean.
    public let mean: Double
    /// Their standard deviation with n - 1 in the denominator; `nil` for one value.
    public let standardDeviation: Double?
    /// Half the width of the 95 % confidence interval by Student's t; `nil` for one value, which allows none.
    public let halfWidth: Double?

    /// The share of intervals that hold the true mean.
    public static let confidence = 0.95

    /// The estimate from independent values; `nil` when there are none.
    public init?(of values: [Double]) {
        guard !values.isEmpty else { return nil }
        let count = values.count
        let mean = values.reduce(0, +) / Double(count)
        self.count = count
        self.mean = mean
        guard count > 1 else {
            standardDeviation = nil
            halfWidth = nil
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(count - 1)).squareRoot()
        standardDeviation = deviation
        halfWidth =
            StudentT.twoSidedQuantile(Self.confidence, degrees: count - 1) * deviation
            / Double(count).squareRoot()
    }

    /// The confidence interval.
    public var interval: ClosedRange<Double>? {
        halfWidth.map { mean - $0...mean + $0 }
    }

    /// Whether the interval holds no zero; `nil` where there is no interval.
    public var excludesZero: Bool? {
        // What is left of equal values after rounding is no difference.
        halfWidth.map { abs(mean) > $0 + 1e-12 }
    }
}
