import Glibc

/// The cosines and sines of the rotary positions (Su et al. 2021, RoFormer): pair `i` of a head turns by
/// `position * 10000^(-2i / headWidth)`. A pair is column `i` and column `i + headWidth / 2`, which suits
/// vectors.
///
/// Unchecked, because pointers are not `Sendable`: the memory is written once, in `init`, and only read
/// afterwards.
final class RotaryTable: @unchecked Sendable {
    /// `half` floats for each position.
    let cosine: Floats
    let sine: Floats
    private let storage: AlignedFloats

    /// A table for positions `0 ..< positions`.
    init(positions: Int, headWidth: Int) {
        let half = headWidth / 2
        storage = AlignedFloats(count: 2 * positions * half)
        let cosines = storage.pointer
        let sines = storage.pointer + positions * half
        for pair in 0..<half {
            let frequency = pow(10_000, -2 * Double(pair) / Double(headWidth))
            for position in 0..<positions {
                cosines[position * half + pair] = Float(cos(Double(position) * frequency))
                sines[position * half + pair] = Float(sin(Double(position) * frequency))
            }
        }
        cosine = Floats(cosines)
        sine = Floats(sines)
    }
}
