import Glibc

/// Student's t distribution for whole degrees of freedom.
public enum StudentT {
    /// From this many degrees of freedom on the normal distribution stands in; the quantiles differ by less than 1e-3.
    static let normalFrom = 5_000

    /// The probability that |T| is at most `t`.
    ///
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 for odd and 26.7.4 for even
    /// degrees of freedom: exact, finite sums.
    /// - Parameters:
    ///   - t: at least 0.
    ///   - degrees: degrees of freedom, at least 1.
    public static func probability(within t: Double, degrees: Int) -> Double {
        precondition(degrees >= 1, "Student's t needs at least one degree of freedom")
        if degrees >= normalFrom { return erf(t / 2.squareRoot()) }
        let angle = atan(t / Double(degrees).squareRoot())
        let cosine = cos(angle)
        let square = cosine * cosine
        let isOdd = degrees % 2 == 1
        // The sum's first term, and what turns each term into the next.
        var term = isOdd ? cosine : 1
        var sum = degrees > 1 ? term : 0
        var step = isOdd ? 2 : 1
        while step + 1 <= degrees - 2 {
            term *= square * Double(step) / Double(step + 1)
            sum += term
            step += 2
        }
        return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }

    /// The t for which |T| is at most t with this probability: 12.706 for 0.95 and one degree of freedom.
    /// - Parameters:
    ///   - probability: above 0 and below 1.
    ///   - degrees: degrees of freedom, at least 1.
    public static func twoSidedQuantile(_ probability: Double, degrees: Int) -> Double {
        precondition(0 < probability && probability < 1, "a probability lies between 0 and 1")
        var high = 1.0
        while self.probability(within: high, degrees: degrees) < probability, high < 1e12 { high *= 2 }
        var low = 0.0
        // Halving an interval of doubles ends after some sixty steps at neighbouring numbers.
        while true {
            let middle = (low + high) / 2
            guard low < middle, middle < high else { return middle }
            if self.probability(within: middle, degrees: degrees) < probability {
                low = middle
            } else {
                high = middle
            }
        }
    }
}
