/// The natural logarithm without a C library, so that `Gym` needs none and every machine gives the same bits.
enum NaturalLogarithm {
    private static let ofTwo = 0.693_147_180_559_945_3

    /// ln(x) to about 1e-14; 0 for anything but a positive finite number, which suits the sums of `x ln x`
    /// here.
    static func of(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return 0 }
        // x = 2^e m with m in [1, 2); ln m = 2 artanh((m - 1) / (m + 1)), whose series converges by 1/9 a
        // term.
        let m = x.significand
        let t = (m - 1) / (m + 1)
        let square = t * t
        var sum = 0.0
        for divisor in stride(from: 29.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
        return Double(x.exponent) * ofTwo + 2 * t * sum
    }
}
