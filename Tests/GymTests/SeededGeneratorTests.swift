import Gym
import Testing

@Suite("Seeded generator")
struct SeededGeneratorTests {
    @Test("gives the published outputs of xoshiro256** seeded through SplitMix64 and repeats them")
    func isStable() {
        var generator = SeededGenerator(seed: 0)
        var again = SeededGenerator(seed: 0)
        // First output for the state SplitMix64 gives from 0: computed with the authors' C code.
        #expect(generator.next() == 0x99EC_5F36_CB75_F2B4)
        _ = again.next()
        for _ in 0..<100 { #expect(generator.next() == again.next()) }
    }

    @Test("purposes and indices have streams of their own")
    func purposesDiffer() {
        var seen: Set<UInt64> = []
        for purpose in ["data", "training", "evaluation"] {
            for index in 0..<100 {
                var generator = SeededGenerator(seed: 7, purpose: purpose, index: UInt64(index))
                seen.insert(generator.next())
            }
        }
        #expect(seen.count == 300)
    }

    @Test("integers stay in range and are even", arguments: [1, 2, 3, 7, 10, 1000])
    func integersAreUniform(bound: Int) {
        var generator = SeededGenerator(seed: 42)
        var counts = [Int](repeating: 0, count: bound)
        let draws = 200 * bound
        for _ in 0..<draws { counts[generator.integer(below: bound)] += 1 }
        for count in counts { #expect(abs(count - 200) < 100) }
    }

    @Test("a shuffle keeps the elements")
    func shuffleIsPermutation() {
        var generator = SeededGenerator(seed: 3)
        let shuffled = generator.shuffled(Array(0..<500))
        #expect(shuffled != Array(0..<500))
        #expect(shuffled.sorted() == Array(0..<500))
    }

    @Test("the unit interval is filled evenly")
    func unitIsUniform() {
        var generator = SeededGenerator(seed: 5)
        let values = (0..<10_000).map { _ in generator.unit() }
        let mean = values.reduce(0, +) / 10_000
        #expect(values.allSatisfy { (0..<1).contains($0) })
        #expect(abs(mean - 0.5) < 0.02)
    }
}
