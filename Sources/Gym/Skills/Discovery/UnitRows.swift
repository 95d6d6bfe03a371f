/// Dense vectors of length 1 (or 0), all of the same number of dimensions, in one array.
struct UnitRows: Sendable, Equatable {
    /// The number of components of each vector.
    let dimensions: Int
    private(set) var values: [Float] = []

    init(dimensions: Int) { self.dimensions = dimensions }

    /// The number of vectors.
    var count: Int { dimensions == 0 ? 0 : values.count / dimensions }

    /// Appends a vector, scaled to length 1; one that is too short to have a direction becomes zero.
    mutating func append(_ vector: some Collection<Float>) {
        var square: Float = 0
        for value in vector { square += value * value }
        let scale = square > 1e-10 ? 1 / square.squareRoot() : 0
        for value in vector { values.append(value * scale) }
    }

    /// Some of the vectors in a new order, bit by bit as they are.
    func picking(_ indices: [Int]) -> UnitRows {
        var picked = UnitRows(dimensions: dimensions)
        for index in indices { picked.values += self[index] }
        return picked
    }

    /// One vector's components.
    subscript(index: Int) -> ArraySlice<Float> { values[index * dimensions..<(index + 1) * dimensions] }

    /// Whether a vector has no direction.
    func isZero(_ index: Int) -> Bool { self[index].allSatisfy { $0 == 0 } }

    /// The cosine of the angle between a vector and another one of `others`.
    func cosine(_ index: Int, _ others: UnitRows, _ other: Int) -> Float {
        let (mine, theirs) = (index * dimensions, other * dimensions)
        return values.withUnsafeBufferPointer { first in
            others.values.withUnsafeBufferPointer { second in
                // Sound: both indices are below `count` (nearest and its callers draw them from it), both
                // vectors have `dimensions` components, and the pointers do not leave the closure.
                // Eight running sums, so that the compiler can keep them in one vector register.
                var sums = SIMD8<Float>(repeating: 0)
                var axis = 0
                while axis + 8 <= dimensions {
                    for lane in 0..<8 {
                        sums[lane] += first[mine + axis + lane] * second[theirs + axis + lane]
                    }
                    axis += 8
                }
                var sum = sums.sum()
                while axis < dimensions {
                    sum += first[mine + axis] * second[theirs + axis]
                    axis += 1
                }
                return sum
            }
        }
    }

    /// The nearest of `centres` and its cosine; the first of several as near, -1 where there is no centre.
    func nearest(_ index: Int, of centres: UnitRows) -> (centre: Int, cosine: Float) {
        var best = (centre: -1, cosine: -Float.infinity)
        for centre in 0..<centres.count {
            let cosine = cosine(index, centres, centre)
            if cosine > best.cosine { best = (centre, cosine) }
        }
        return best
    }
}
