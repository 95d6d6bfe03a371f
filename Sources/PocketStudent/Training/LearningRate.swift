import Glibc

/// The rate at each step: a linear rise, then a cosine down to the floor.
struct LearningRate {
    let peak: Double
    let warmup: Int
    let steps: Int
    let floor: Double

    /// - Parameter step: from 1 to `steps`.
    func callAsFunction(step: Int) -> Double {
        // A warm-up never takes more than half of a short job.
        let rise = min(warmup, steps / 2)
        if step <= rise { return peak * Double(step) / Double(rise) }
        let progress = Double(step - rise) / Double(max(steps - rise, 1))
        return peak * (floor + (1 - floor) * 0.5 * (1 + cos(Double.pi * progress)))
    }
}
