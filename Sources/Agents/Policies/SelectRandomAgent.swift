import Gym

/// Sends random examples from a pool that was there before: data selection instead of data generation.
///
/// No example is sent twice before every other was sent once. When the pool is used up, a new pass begins in a new
/// order; a batch never spans two passes, so it has no duplicates.
public struct SelectRandomAgent: Agent {
    /// The policy's name.
    public let name = "select_random"
    private let pool: [TrainingDatum]
    private var order: [Int] = []
    private var generator: SeededGenerator

    /// An agent that draws from a pool; `nil` when the pool is empty.
    public init?(pool: [TrainingDatum], seed: UInt64) {
        guard !pool.isEmpty else { return nil }
        self.pool = pool
        generator = SeededGenerator(seed: seed, purpose: "agent select_random")
    }

    /// The next examples of the pool, fewer than `budget` at the end of a pass.
    public mutating func act(observation: Observation, budget: Int) -> Action {
        if order.isEmpty { order = generator.shuffled(Array(pool.indices)) }
        let batch = order.suffix(budget).map { pool[$0] }
        order.removeLast(batch.count)
        return .data(batch)
    }
}
