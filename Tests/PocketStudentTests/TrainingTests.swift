import PocketStudent
import Synchronization
import Testing

@Suite struct TrainingTests {
    @Test func overfitsThirtyTwoRowsAndAnswersThem() async throws {
        let rows = Fixtures.rows(32, seed: 4)
        var settings = PocketTrainingSettings()
        settings.steps = 100
        let outcome = try await PocketEngine.train(
            Fixtures.model(), rows: rows, settings: settings, seed: 1, pool: Fixtures.pool)
        #expect(outcome.finalLoss < 0.02)
        let answers = try await PocketEngine.predict(
            outcome.model, prompts: rows.map(\.prompt), pool: Fixtures.pool)
        #expect(zip(answers, rows).count { $0 == $1.response } >= 31)
    }

    @Test(arguments: [2, 3])
    func givesTheSameBytesOnAnyNumberOfThreads(threads: Int) async throws {
        let rows = Fixtures.rows(60, seed: 5)
        let replay = Fixtures.rows(20, seed: 6)
        var settings = PocketTrainingSettings()
        settings.steps = 12
        let model = try Fixtures.model()
        let single = try await PocketEngine.train(
            model, rows: rows, replay: replay, settings: settings, seed: 9,
            pool: ComputePool(threads: 1, niceness: 0))
        let several = try await PocketEngine.train(
            model, rows: rows, replay: replay, settings: settings, seed: 9,
            pool: ComputePool(threads: threads, niceness: 0))
        #expect(single.model.checkpoint() == several.model.checkpoint())
        #expect(single.finalLoss == several.finalLoss)
        let other = try await PocketEngine.train(
            model, rows: rows, replay: replay, settings: settings, seed: 10, pool: Fixtures.pool)
        #expect(other.model.checkpoint() != single.model.checkpoint())
    }

    @Test func leavesItsModelAlone() async throws {
        let model = try Fixtures.model()
        let before = model.checkpoint()
        var settings = PocketTrainingSettings()
        settings.steps = 2
        _ = try await PocketEngine.train(
            model, rows: Fixtures.rows(8, seed: 1), settings: settings, seed: 1, pool: Fixtures.pool)
        #expect(model.checkpoint() == before)
    }

    @Test func skipsAndCutsRowsThatDoNotFit() async throws {
        let long = (0..<200).map { "\($0)" }.joined(separator: " ")
        var settings = PocketTrainingSettings()
        settings.steps = 1
        let rows = [
            PocketRow(prompt: "copy 1", response: "1"), PocketRow(prompt: long, response: "1"),
            PocketRow(prompt: "copy 1", response: long),
        ]
        let outcome = try await PocketEngine.train(
            Fixtures.model(), rows: rows, settings: settings, seed: 1, pool: Fixtures.pool)
        #expect(outcome.skippedRows == 1)
        #expect(outcome.cutRows == 1)
        await #expect(throws: PocketError.noTrainingRows) {
            try await PocketEngine.train(
                Fixtures.model(), rows: [rows[2]], settings: settings, seed: 1, pool: Fixtures.pool)
        }
        await #expect(throws: PocketError.noTrainingRows) {
            try await PocketEngine.train(
                Fixtures.model(), rows: [], settings: settings, seed: 1, pool: Fixtures.pool)
        }
    }

    @Test func refusesSettingsOutsideTheirRange() async throws {
        var settings = PocketTrainingSettings()
        settings.learningRate = .nan
        await #expect(throws: PocketError.self) {
            try await PocketEngine.train(
                Fixtures.model(), rows: Fixtures.rows(4, seed: 1), settings: settings, seed: 1,
                pool: Fixtures.pool)
        }
        settings = PocketTrainingSettings()
        settings.shards = 0
        await #expect(throws: PocketError.self) {
            try await PocketEngine.train(
                Fixtures.model(), rows: Fixtures.rows(4, seed: 1), settings: settings, seed: 1,
                pool: Fixtures.pool)
        }
    }

    @Test func reportsEveryStepInOrder() async throws {
        let steps = Mutex<[Int]>([])
        var settings = PocketTrainingSettings()
        settings.steps = 5
        let outcome = try await PocketEngine.train(
            Fixtures.model(), rows: Fixtures.rows(8, seed: 1), settings: settings, seed: 1,
            pool: Fixtures.pool
        ) { progress in
            steps.withLock { $0.append(progress.step) }
        }
        #expect(steps.withLock { $0 } == [1, 2, 3, 4, 5])
        #expect(outcome.tokens > 5 * 32 * 10)
    }

    @Test func stopsSoonWhenCancelled() async throws {
        let cancellation = PocketCancellation()
        var settings = PocketTrainingSettings()
        settings.steps = 100_000
        let limit = settings
        let rows = Fixtures.rows(100, seed: 1)
        let model = try Fixtures.model()
        // Its own pool, as the turns of the other tests' jobs would count too.
        let pool = ComputePool(threads: 2, niceness: 0)
        let job = Task {
            try await PocketEngine.train(
                model, rows: rows, settings: limit, seed: 1, pool: pool, cancellation: cancellation)
        }
        try await Task.sleep(for: .milliseconds(50))
        let clock = ContinuousClock()
        let start = clock.now
        cancellation.cancel()
        let result = await job.result
        #expect(clock.now - start < .seconds(1))
        #expect(throws: PocketError.cancelled) { try result.get() }
    }

    @Test func seesItsTasksCancellation() async throws {
        var settings = PocketTrainingSettings()
        settings.steps = 100_000
        let limit = settings
        let rows = Fixtures.rows(100, seed: 1)
        let model = try Fixtures.model()
        let job = Task {
            try await PocketEngine.train(model, rows: rows, settings: limit, seed: 1, pool: Fixtures.pool)
        }
        try await Task.sleep(for: .milliseconds(20))
        job.cancel()
        let result = await job.result
        #expect(throws: PocketError.cancelled) { try result.get() }
    }
}
