import PocketStudent
import Synchronization
import Testing

@Suite struct ComputePoolTests {
    @Test func runsEveryItemOnce() async {
        let pool = ComputePool(threads: 3, niceness: 0)
        let seen = Mutex([Int](repeating: 0, count: 1_000))
        await pool.perform(items: 1_000) { item, thread in
            #expect((0..<3).contains(thread))
            seen.withLock { $0[item] += 1 }
            return .done
        }
        #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test func givesItemsThatWantMoreAnotherTurn() async {
        let pool = ComputePool(threads: 2, niceness: 0)
        let turns = Mutex([0, 0, 0])
        await pool.perform(items: 3) { item, _ in
            turns.withLock {
                $0[item] += 1
                return $0[item] < 5 ? .again : .done
            }
        }
        #expect(turns.withLock { $0 } == [5, 5, 5])
    }

    /// What the items of several jobs write down.
    private final class Notes: Sendable {
        let order = Mutex<[Int]>([])
        let isHeld = Atomic<Bool>(true)

        /// An item of job `number`, which waits until the line is set up.
        func item(of number: Int) -> ComputePool.Outcome {
            if isHeld.load(ordering: .acquiring) { return .again }
            order.withLock { $0.append(number) }
            return .done
        }
    }

    @Test func takesTurnsBetweenJobs() async {
        let pool = ComputePool(threads: 1, niceness: 0)
        let notes = Notes()
        async let first: Void = pool.perform(items: 20) { _, _ in notes.item(of: 1) }
        async let second: Void = pool.perform(items: 20) { _, _ in notes.item(of: 2) }
        try? await Task.sleep(for: .milliseconds(50))
        notes.isHeld.store(false, ordering: .releasing)
        _ = await (first, second)
        let firstHalf = notes.order.withLock { $0.prefix(20) }
        #expect((8...12).contains(firstHalf.count { $0 == 1 }))
    }

    @Test func refusesMoreJobsThanItTakes() async throws {
        let pool = ComputePool(threads: 1, niceness: 0, maximumJobs: 1)
        let cancellation = PocketCancellation()
        let model = try Fixtures.model()
        let rows = Fixtures.rows(50, seed: 1)
        var settings = PocketTrainingSettings()
        settings.steps = 10_000
        let limit = settings
        let job = Task {
            try await PocketEngine.train(
                model, rows: rows, settings: limit, seed: 1, pool: pool, cancellation: cancellation)
        }
        try await Task.sleep(for: .milliseconds(100))
        await #expect(throws: PocketError.busy) {
            try await PocketEngine.predict(model, prompts: ["copy 1"], pool: pool)
        }
        cancellation.cancel()
        _ = await job.result
        #expect(
            try await PocketEngine.predict(model, prompts: ["copy 1"], maxNewTokens: 1, pool: pool).count == 1
        )
    }

    @Test func endsWithItsOwner() async {
        for _ in 0..<20 {
            let pool = ComputePool(threads: 2, niceness: 0)
            await pool.perform(items: 4) { _, _ in .done }
        }
    }
}
