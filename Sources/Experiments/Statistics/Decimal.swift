import Glibc

/// Numbers as text with a fixed number of decimals, the same on every machine and in every locale.
package enum Decimal {
    /// The number with so many decimals (0 to 9), halves rounded away from zero; never `-0`.
    package static func text(_ value: Double, decimals: Int = 1) -> String {
        let scale = pow(10, Double(decimals))
        let scaled = (value * scale).rounded()
        guard let whole = Int(exactly: scaled) else { return value.isFinite ? "\(value)" : "-" }
        let digits = String(whole.magnitude)
        let sign = whole < 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// A share as percent with one decimal, without the sign: `12.3`.
    package static func percent(_ share: Double) -> String {
        text(share * 100)
    }

    /// A difference of shares in percentage points, always with its sign: `+1.2`, `-0.4`, `0.0`.
    package static func points(_ difference: Double) -> String {
        let text = text(difference * 100)
        return text.hasPrefix("-") || text == "0.0" ? text : "+" + text
    }
}
