import Gym
import Testing

@Suite("Clustering quality")
struct DiscoveryQualityMeasureTests {
    private func nmi(_ a: [Int], _ b: [Int]) -> Double { ClusteringQuality.normalisedMutualInformation(a, b) }
    private func ari(_ a: [Int], _ b: [Int]) -> Double { ClusteringQuality.adjustedRandIndex(a, b) }

    @Test("adjusted Rand index: scikit-learn's documented examples")
    func knownRandIndices() {
        #expect(ari([0, 0, 1, 1], [0, 0, 1, 1]) == 1)
        #expect(ari([0, 0, 1, 1], [1, 1, 0, 0]) == 1)
        #expect(abs(ari([0, 0, 1, 2], [0, 0, 1, 1]) - 4.0 / 7) < 1e-12)
        #expect(abs(ari([0, 0, 1, 1], [0, 0, 1, 2]) - 4.0 / 7) < 1e-12)
        #expect(ari([0, 0, 0, 0], [0, 1, 2, 3]) == 0)
        #expect(abs(ari([0, 0, 1, 1], [0, 1, 0, 1]) + 0.5) < 1e-12)
        // 8 pairs of the 15 in all: together 2, rows 6, columns 3, expected 1.2, most 4.5.
        #expect(abs(ari([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) - 0.8 / 3.3) < 1e-12)
    }

    @Test("normalised mutual information: hand-computed values")
    func knownInformation() {
        #expect(abs(nmi([0, 0, 1, 1], [1, 1, 0, 0]) - 1) < 1e-12)
        #expect(nmi([0, 0, 0, 0], [0, 1, 2, 3]) == 0)
        #expect(abs(nmi([0, 0, 1, 1], [0, 1, 0, 1])) < 1e-12)
        // Entropies ln 2 and 3/2 ln 2, information ln 2: 2 / 2.5.
        #expect(abs(nmi([0, 0, 1, 1], [0, 0, 1, 2]) - 0.8) < 1e-12)
        // Entropies ln 2 and ln 3, information 2/3 ln 2.
        #expect(abs(nmi([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) - 0.515803742979) < 1e-9)
    }

    @Test("degenerate groupings have defined values")
    func degenerate() {
        for items in [[], [5], [1, 1, 1]] {
            #expect(nmi(items, items) == 1)
            #expect(ari(items, items) == 1)
        }
        #expect(ari([1, 2, 3], [4, 5, 6]) == 1)
        #expect(nmi([.min, .max], [0, 1]) == 1)
    }

    @Test(
        "symmetric, blind to names, 1 for equal groupings and about 0 for independent ones", arguments: 1...10
    )
    func properties(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let groups = random.integer(in: 2...12)
        let a = (0..<2000).map { _ in random.integer(below: groups) }
        let b = (0..<2000).map { _ in random.integer(below: 7) }
        #expect(abs(nmi(a, b) - nmi(b, a)) < 1e-12)
        #expect(abs(ari(a, b) - ari(b, a)) < 1e-12)
        #expect(abs(nmi(a, a.map { 100 - $0 }) - 1) < 1e-12)
        #expect(abs(ari(a, a.map { 100 - $0 }) - 1) < 1e-12)
        #expect(abs(ari(a, b)) < 0.02)
        #expect((0..<0.05).contains(nmi(a, b)))
        var noisy = a
        for index in stride(from: 0, to: noisy.count, by: 4) { noisy[index] = random.integer(below: groups) }
        #expect(ari(a, noisy) > 0.3 && ari(a, noisy) < 1)
    }
}
