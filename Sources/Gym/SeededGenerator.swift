/// A pseudo-random generator whose output depends on its seed alone, on every machine and in every build.
///
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), seeded through SplitMix64.
/// The derived draws (`integer(below:)`, `shuffle`, ...) are defined here and not taken from the standard
/// library, because a session's replay depends on them and the standard library may change its own.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// A generator for a seed; every seed, 0 included, is good.
    public init(seed: UInt64) {
        var state = seed
        s0 = Self.splitMix(&state)
        s1 = Self.splitMix(&state)
        s2 = Self.splitMix(&state)
        s3 = Self.splitMix(&state)
    }

    /// A generator for a named purpose under a seed, so that two purposes never share a stream.
    ///
    /// - Parameters:
    ///   - seed: the session's or the task's seed.
    ///   - purpose: any text; it is hashed with FNV-1a, which is stable across runs (Swift's `Hasher` is not).
    ///   - index: tells apart the uses of one purpose, an iteration's number for example.
    public init(seed: UInt64, purpose: String, index: UInt64 = 0) {
        var mixed = seed ^ StableHash.value(of: purpose)
        let first = Self.splitMix(&mixed)
        mixed = first ^ (index &* 0x9E37_79B9_7F4A_7C15)
        self.init(seed: Self.splitMix(&mixed))
    }

    private static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let rotated = s1 &* 5
        let result = ((rotated << 7) | (rotated >> 57)) &* 9
        let t = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = (s3 << 45) | (s3 >> 19)
        return result
    }

    /// A uniform integer in `0 ..< bound` without modulo bias (Lemire 2019).
    ///
    /// - Parameter bound: at least 1.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "integer(below:) needs a bound of at least 1")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// A uniform integer in a closed range.
    public mutating func integer(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + integer(below: range.upperBound - range.lowerBound + 1)
    }

    /// A uniform number in `0 ..< 1`, with 53 random bits.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A standard normal number (Box-Muller, the cosine branch).
    ///
    /// The elementary functions are handed in, so that `Gym` needs no C library.
    ///
    /// - Parameters:
    ///   - logarithm: the natural logarithm.
    ///   - cosine: the cosine of an angle in radians.
    public mutating func normal(logarithm: (Double) -> Double, cosine: (Double) -> Double) -> Double {
        let radius = (-2 * logarithm(1 - unit())).squareRoot()
        return radius * cosine(2 * Double.pi * unit())
    }

    /// One element, each as likely as the next; `nil` for an empty collection.
    public mutating func element<C: RandomAccessCollection>(of items: C) -> C.Element? {
        guard !items.isEmpty else { return nil }
        return items[items.index(items.startIndex, offsetBy: integer(below: items.count))]
    }

    /// Shuffles in place (Fisher-Yates).
    public mutating func shuffle<T>(_ items: inout [T]) {
        guard items.count > 1 else { return }
        for last in stride(from: items.count - 1, through: 1, by: -1) {
            items.swapAt(last, integer(below: last + 1))
        }
    }

    /// The items in random order.
    public mutating func shuffled<T>(_ items: [T]) -> [T] {
        var copy = items
        shuffle(&copy)
        return copy
    }
}
