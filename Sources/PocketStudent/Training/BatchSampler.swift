import Gym

/// Draws batches: a fixed share of new rows and of replayed ones, each set shuffled anew when it is used up.
struct BatchSampler {
    private var new: EpochSampler
    private var replay: EpochSampler
    private let replayed: Int
    private let batch: Int

    /// - Parameters:
    ///   - new: number of new rows, at least one. `replay`: of replayed rows.
    ///   - share: the part of a batch that is replayed, when there are such rows.
    init(new: Int, replay: Int, batch: Int, share: Double, seed: UInt64) {
        self.batch = batch
        replayed = replay == 0 ? 0 : Int((Double(batch) * share).rounded())
        self.new = EpochSampler(count: new, random: SeededGenerator(seed: seed, purpose: "pocket-rows"))
        self.replay = EpochSampler(
            count: replay, random: SeededGenerator(seed: seed, purpose: "pocket-replay"))
    }

    /// The next batch, as indices: new rows first, replayed rows after `newCount`.
    mutating func next() -> (new: [Int], replay: [Int]) {
        ((0..<batch - replayed).map { _ in new.next() }, (0..<replayed).map { _ in replay.next() })
    }
}

/// Goes through `0 ..< count` in random order, again and again.
private struct EpochSampler {
    private var order: [Int]
    private var position: Int
    private var random: SeededGenerator

    init(count: Int, random: SeededGenerator) {
        order = Array(0..<count)
        position = count
        self.random = random
    }

    mutating func next() -> Int {
        if position == order.count {
            random.shuffle(&order)
            position = 0
        }
        position += 1
        return order[position - 1]
    }
}
