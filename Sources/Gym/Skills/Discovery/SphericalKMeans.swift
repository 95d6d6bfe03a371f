/// Spherical k-means (Dhillon and Modha 2001) with k-means++ seeding (Arthur and Vassilvitskii 2007): groups
/// unit vectors so that the cosines to their group's centre add up to much.
struct SphericalKMeans {
    /// How many starts; the best is kept.
    let restarts: Int
    /// The most rounds of one start.
    let rounds: Int

    /// A grouping of vectors.
    struct Grouping {
        /// The centres; every one is the nearest of at least one vector.
        let centres: UnitRows
        /// The group of each vector.
        let assignment: [Int]
        /// The mean cosine of the vectors to their centres.
        let cohesion: Float
    }

    /// Groups vectors, none of which may be zero.
    ///
    /// - Parameters:
    ///   - rows: the vectors.
    ///   - count: how many groups; there are fewer where there are fewer different vectors.
    func group(_ rows: UnitRows, into count: Int, generator: inout SeededGenerator) -> Grouping {
        var best: Grouping?
        for _ in 0..<max(1, restarts) {
            let grouping = start(rows, count, &generator)
            if best.map({ grouping.cohesion > $0.cohesion }) ?? true { best = grouping }
        }
        return best ?? Grouping(centres: UnitRows(dimensions: rows.dimensions), assignment: [], cohesion: 0)
    }

    private func start(_ rows: UnitRows, _ count: Int, _ generator: inout SeededGenerator) -> Grouping {
        var centres = seeds(rows, count, &generator)
        var assignment: [Int] = []
        for _ in 0..<rounds {
            let (next, cosines) = assign(rows, to: centres)
            if next == assignment { break }
            assignment = next
            centres = means(rows, assignment, cosines, count: centres.count)
        }
        return Self.settle(rows, centres)
    }

    /// The first centre is any vector, each further one likely to be far from those before it.
    private func seeds(_ rows: UnitRows, _ count: Int, _ generator: inout SeededGenerator) -> UnitRows {
        var centres = UnitRows(dimensions: rows.dimensions)
        guard rows.count > 0, count > 0 else { return centres }
        centres.append(rows[generator.integer(below: rows.count)])
        var distances = [Float](repeating: .infinity, count: rows.count)
        while centres.count < count {
            for row in 0..<rows.count {
                let distance = 1 - rows.cosine(row, centres, centres.count - 1)
                // Rounding leaves equal vectors a little apart.
                distances[row] = min(distances[row], distance < 1e-5 ? 0 : distance)
            }
            let total = distances.reduce(0.0) { $0 + Double($1) }
            // All vectors are centres already: no further group can have a vector of its own.
            guard total > 0 else { break }
            var rest = generator.unit() * total
            var pick = 0
            for (row, distance) in distances.enumerated() where distance > 0 {
                pick = row
                rest -= Double(distance)
                if rest < 0 { break }
            }
            centres.append(rows[pick])
        }
        return centres
    }

    private func assign(_ rows: UnitRows, to centres: UnitRows) -> (assignment: [Int], cosines: [Float]) {
        var assignment: [Int] = []
        var cosines: [Float] = []
        assignment.reserveCapacity(rows.count)
        cosines.reserveCapacity(rows.count)
        for row in 0..<rows.count {
            let (centre, cosine) = rows.nearest(row, of: centres)
            assignment.append(centre)
            cosines.append(cosine)
        }
        return (assignment, cosines)
    }

    /// The groups' mean directions; an empty group restarts at the vector that is farthest from its own
    /// centre.
    private func means(_ rows: UnitRows, _ assignment: [Int], _ cosines: [Float], count: Int) -> UnitRows {
        let dimensions = rows.dimensions
        var sums = [Float](repeating: 0, count: count * dimensions)
        var sizes = [Int](repeating: 0, count: count)
        for (row, group) in assignment.enumerated() {
            sizes[group] += 1
            for (axis, value) in rows[row].enumerated() { sums[group * dimensions + axis] += value }
        }
        var lonely = cosines.indices.sorted { (cosines[$0], $0) < (cosines[$1], $1) }.makeIterator()
        var centres = UnitRows(dimensions: dimensions)
        for group in 0..<count {
            if sizes[group] == 0, let row = lonely.next() {
                centres.append(rows[row])
            } else {
                centres.append(sums[group * dimensions..<(group + 1) * dimensions])
            }
        }
        return centres
    }

    /// The final assignment, after dropping centres that are no vector's nearest.
    ///
    /// Dropping such a centre moves no vector, so one pass is enough.
    private static func settle(_ rows: UnitRows, _ centres: UnitRows) -> Grouping {
        let nearest = (0..<rows.count).map { rows.nearest($0, of: centres) }
        let used = Set(nearest.map(\.centre)).sorted()
        var newIndex = [Int](repeating: 0, count: centres.count)
        for (index, centre) in used.enumerated() { newIndex[centre] = index }
        let cohesion = nearest.reduce(0) { $0 + $1.cosine } / Float(max(1, rows.count))
        return Grouping(
            centres: centres.picking(used), assignment: nearest.map { newIndex[$0.centre] },
            cohesion: cohesion)
    }
}
