/// Chooses a number of categories where none is asked for.
///
/// The criterion is the elbow of the cohesion curve (Satopaa et al. 2011): the number after which further
/// categories bring the texts least closer to their centres, as the point farthest above the chord of the
/// curve.
enum CategoryCount {
    /// The fewest and the most categories that are tried.
    static let bounds = 2...40
    /// The numbers that are tried; their gaps grow, because near a large number one more changes little.
    private static let candidates = Array(2...12) + [14, 16, 18, 20, 22, 24, 28, 32, 36, 40]

    /// The chosen number: within `bounds`, or 1 for fewer than two vectors.
    static func choose(_ rows: UnitRows, generator: inout SeededGenerator) -> Int {
        let means = SphericalKMeans(restarts: 3, rounds: 12)
        var curve: [(count: Int, cohesion: Float)] = []
        for count in candidates where count <= rows.count {
            let grouping = means.group(rows, into: count, generator: &generator)
            curve.append((count, grouping.cohesion))
            // Fewer different vectors than that: every one is a centre already.
            if grouping.centres.count < count { break }
        }
        guard let first = curve.first, let last = curve.last, last.count > first.count else {
            return curve.first?.count ?? 1
        }
        let rise = last.cohesion - first.cohesion
        // How far a point lies above the chord from the first to the last.
        func height(_ point: (count: Int, cohesion: Float)) -> Float {
            let along = Float(point.count - first.count) / Float(last.count - first.count)
            return point.cohesion - first.cohesion - rise * along
        }
        var best = first
        for point in curve where height(point) > height(best) { best = point }
        return best.count
    }
}
