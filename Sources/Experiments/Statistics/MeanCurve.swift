/// The mean of several runs' test curves.
public struct MeanCurve: Sendable, Equatable {
    /// One iteration.
    public struct Point: Sendable, Equatable {
        /// The iteration.
        public let iteration: Int
        /// The test performance, 0 to 1.
        public let test: Estimate
    }

    /// The points by iteration.
    public let points: [Point]

    /// The mean of these curves. Points without a test performance are left out.
    public init(of curves: [[RunRecord.CurvePoint]]) {
        var values: [Int: [Double]] = [:]
        for point in curves.joined() {
            if let test = point.test { values[point.iteration, default: []].append(test) }
        }
        points = values.sorted { $0.key < $1.key }.compactMap { iteration, values in
            Estimate(of: values).map { Point(iteration: iteration, test: $0) }
        }
    }

    /// The point with the highest mean, the earliest of several.
    ///
    /// Only iterations that most runs reached count: a mean over fewer runs would compare other seeds.
    public var best: Point? {
        let most = points.map(\.test.count).max() ?? 0
        return points.filter { $0.test.count == most }
            .reduce(nil) { best, point in
                guard let best, best.test.mean >= point.test.mean else { return point }
                return best
            }
    }
}
