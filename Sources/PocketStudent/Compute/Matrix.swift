import COneDNN

/// Matrix products, row-major, by oneDNN.
enum Matrix {
    /// `c = alpha * op(a) * op(b) + beta * c`.
    ///
    /// - Parameters:
    ///   - rows: rows of the result. `columns`: its columns. `inner`: the length of the sums.
    ///   - a: with rows `lda` floats apart; likewise `b` and `c`.
    ///   - transposeA: whether `a` is stored as [inner, rows]. `transposeB`: whether `b` is stored as
    ///     [columns, inner].
    @inline(__always)
    static func multiply(
        rows: Int, columns: Int, inner: Int, alpha: Float = 1,
        _ a: Floats, _ lda: Int, transposeA: Bool = false,
        _ b: Floats, _ ldb: Int, transposeB: Bool = false,
        beta: Float = 0, into c: MutableFloats, _ ldc: Int
    ) {
        guard rows > 0, columns > 0 else { return }
        let status = pocket_sgemm(
            transposeA, transposeB, Int64(rows), Int64(columns), Int64(inner), alpha, a, Int64(lda), b,
            Int64(ldb),
            beta, c, Int64(ldc))
        // Only a shape that contradicts itself is refused: a mistake in this module, never in its input.
        precondition(status == 0, "oneDNN refused a matrix product")
    }
}
