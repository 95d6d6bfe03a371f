import Glibc

/// A linear scale with round numbers at its ticks.
struct Axis {
    /// The first and the last tick.
    let range: ClosedRange<Double>
    /// Where the ticks are.
    let ticks: [Double]
    /// What is written at each.
    let labels: [String]

    /// An axis that shows all of these values.
    ///
    /// Steps are 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).
    /// - Parameters:
    ///   - values: what has to be on it; what is not finite does not count.
    ///   - count: about how many ticks.
    ///   - wholeSteps: whether ticks are whole numbers, as iterations are.
    init(covering values: [Double], count: Int = 6, wholeSteps: Bool = false) {
        let finite = values.filter(\.isFinite)
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if high - low < 1e-9 {
            low -= 0.5
            high += 0.5
            if wholeSteps { low = max(0, low.rounded(.down)) }
        }
        var step = Self.niceStep((high - low) / Double(max(1, count - 1)))
        if wholeSteps { step = max(1, step.rounded()) }
        let first = Int((low / step - 1e-9).rounded(.up)) - (wholeSteps ? 0 : 1)
        let last = Int((high / step + 1e-9).rounded(.down)) + (wholeSteps ? 0 : 1)
        // Without whole steps the axis ends on ticks; a value on a tick needs none beyond it.
        let start = !wholeSteps && Double(first + 1) * step <= low + step * 1e-9 ? first + 1 : first
        let end = !wholeSteps && Double(last - 1) * step >= high - step * 1e-9 ? last - 1 : last
        ticks = (start...max(start, end)).map { Double($0) * step }
        range = wholeSteps ? low...high : Double(start) * step...Double(max(end, start + 1)) * step
        let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
        labels = ticks.map { Decimal.text($0, decimals: min(decimals, 9)) }
    }

    private static func niceStep(_ rough: Double) -> Double {
        guard rough > 0 else { return 1 }
        let power = pow(10, log10(rough).rounded(.down))
        let lead = rough / power
        return (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10) * power
    }

    /// Where a value lies: 0 at the start of the axis, 1 at its end.
    func share(_ value: Double) -> Double {
        (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
}
