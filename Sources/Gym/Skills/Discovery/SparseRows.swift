/// A sparse matrix by rows, which are texts; columns are terms.
struct SparseRows {
    private(set) var starts: [Int] = [0]
    private(set) var columns: [UInt32] = []
    private(set) var values: [Float] = []

    /// The number of rows.
    var count: Int { starts.count - 1 }

    /// Where in `columns` and `values` a row lies.
    func range(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// Appends a row of columns in ascending order, all with the same value.
    mutating func append(_ row: [UInt32], value: Float = 1) {
        columns += row
        values.append(contentsOf: repeatElement(value, count: row.count))
        starts.append(columns.count)
    }

    /// The number of rows that each column occurs in.
    func columnCounts(_ width: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: width)
        for column in columns { counts[Int(column)] += 1 }
        return counts
    }

    /// Multiplies each column by its weight and scales every row to length 1; a row of zeros stays one.
    mutating func weigh(by weights: [Float]) {
        for row in 0..<count {
            var square: Float = 0
            for place in range(row) {
                values[place] *= weights[Int(columns[place])]
                square += values[place] * values[place]
            }
            guard square > 0 else { continue }
            let scale = 1 / square.squareRoot()
            for place in range(row) { values[place] *= scale }
        }
    }
}
