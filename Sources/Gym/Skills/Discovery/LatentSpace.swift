/// The few directions in which a collection's term vectors vary most (latent semantic analysis, Deerwester
/// et al. 1990).
///
/// In them two texts can be alike without a common term, if their terms keep the same company elsewhere.
/// Found by subspace iteration, which needs nothing but products with the sparse matrix. The basis is not
/// turned to the single singular vectors, because angles within the subspace do not depend on that.
struct LatentSpace: Sendable, Equatable {
    /// How often the subspace is sharpened; the directions that matter settle in a few rounds.
    private static let rounds = 10
    /// The space is learnt from about so many texts, spread evenly; bounds the time on large collections.
    private static let sampleLimit = 4000

    /// The number of directions.
    let dimensions: Int
    /// The weight of each term in each direction, a row for each term.
    private let basis: [Float]

    /// The space of a collection of unit vectors.
    init(_ vectors: SparseRows, termCount: Int, dimensions: Int, generator: inout SeededGenerator) {
        self.dimensions = dimensions
        var basis = (0..<termCount * dimensions).map { _ in Float(generator.unit() - 0.5) }
        var places = [Float](repeating: 0, count: dimensions)
        let step = max(1, (vectors.count + Self.sampleLimit - 1) / Self.sampleLimit)
        for _ in 0..<Self.rounds {
            var next = [Float](repeating: 0, count: termCount * dimensions)
            for row in stride(from: 0, to: vectors.count, by: step) {
                for axis in 0..<dimensions { places[axis] = 0 }
                for place in vectors.range(row) {
                    let (start, value) = (Int(vectors.columns[place]) * dimensions, vectors.values[place])
                    for axis in 0..<dimensions { places[axis] += value * basis[start + axis] }
                }
                for place in vectors.range(row) {
                    let (start, value) = (Int(vectors.columns[place]) * dimensions, vectors.values[place])
                    for axis in 0..<dimensions { next[start + axis] += value * places[axis] }
                }
            }
            Self.orthonormalise(&next, dimensions: dimensions)
            basis = next
        }
        self.basis = basis
    }

    /// The rows' places in the space, scaled to length 1; a row with no part in it stays zero.
    func project(_ vectors: SparseRows) -> UnitRows {
        var rows = UnitRows(dimensions: dimensions)
        var place = [Float](repeating: 0, count: dimensions)
        for row in 0..<vectors.count {
            for axis in 0..<dimensions { place[axis] = 0 }
            for entry in vectors.range(row) {
                let (start, value) = (Int(vectors.columns[entry]) * dimensions, vectors.values[entry])
                for axis in 0..<dimensions { place[axis] += value * basis[start + axis] }
            }
            rows.append(place)
        }
        return rows
    }

    /// Gram-Schmidt in its modified form; a column that depends on the others becomes zero.
    private static func orthonormalise(_ matrix: inout [Float], dimensions: Int) {
        let rows = matrix.count / max(1, dimensions)
        for axis in 0..<dimensions {
            let before = length(matrix, axis, dimensions)
            for earlier in 0..<axis {
                var overlap: Float = 0
                for row in 0..<rows {
                    overlap += matrix[row * dimensions + earlier] * matrix[row * dimensions + axis]
                }
                for row in 0..<rows {
                    matrix[row * dimensions + axis] -= overlap * matrix[row * dimensions + earlier]
                }
            }
            let after = length(matrix, axis, dimensions)
            // What is left of a dependent column is rounding error, which must not be blown up to length 1.
            let scale = after > 1e-4 * before && after > 0 ? 1 / after : 0
            for row in 0..<rows { matrix[row * dimensions + axis] *= scale }
        }
    }

    private static func length(_ matrix: [Float], _ axis: Int, _ dimensions: Int) -> Float {
        var sum: Float = 0
        for place in stride(from: axis, to: matrix.count, by: dimensions) {
            sum += matrix[place] * matrix[place]
        }
        return sum.squareRoot()
    }
}
