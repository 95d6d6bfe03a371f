import Experiments
import Synchronization
import Testing

@Suite("Runner")
struct ExperimentRunnerTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "the service is gone"
    }

    /// Counts, from many tasks at once.
    private final class Tally: Sendable {
        private let state = Mutex((now: 0, most: 0, events: [String]()))

        func enter() { state.withLock { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) } }
        func leave() { state.withLock { $0.now -= 1 } }
        func note(_ event: String) { state.withLock { $0.events.append(event) } }
        var most: Int { state.withLock { $0.most } }
        var events: [String] { state.withLock { $0.events } }
    }

    private static func word(_ progress: ExperimentProgress) -> String {
        switch progress.event {
        case .started: "started"
        case .finished: "finished \(progress.done)/\(progress.total)"
        case .failed(let reason): "failed \(progress.done)/\(progress.total): \(reason)"
        case .skipped: "skipped \(progress.done)/\(progress.total)"
        }
    }

    private let cells = Samples.plan(arms: [Samples.openEnded], iterations: 2, seeds: 4).cells

    @Test("All cells run, so many at a time, and the outcome is in their order")
    func parallel() async throws {
        let scratch = Scratch()
        let tally = Tally()
        let runner = ExperimentRunner(cells: cells, log: try RunLog(path: scratch.log), parallel: 3) { cell in
            tally.enter()
            // Later cells finish first.
            try await Task.sleep(for: .milliseconds(4 * (5 - cell.seed)))
            tally.leave()
            return Samples.record(cell)
        }
        let outcome = try await runner.run()
        #expect(outcome.records.map(\.key) == cells.map(\.key))
        #expect(outcome.failures.isEmpty && outcome.unfinished.isEmpty)
        #expect(tally.most == 3)
    }

    @Test("Cells in the log are skipped, failed ones are tried again")
    func resume() async throws {
        let scratch = Scratch()
        let log = try RunLog(path: scratch.log)
        let first = try await ExperimentRunner(cells: cells, log: log) { cell in
            if cell.seed == 2 { throw Broken() }
            return Samples.record(cell)
        }.run()
        #expect(first.failures.map(\.cell.seed) == [2, 2])
        #expect(first.failures.allSatisfy { $0.reason == "the service is gone" })
        #expect(first.records.count == 6)

        let tally = Tally()
        let second = try await ExperimentRunner(
            cells: cells, log: log, observer: { tally.note(Self.word($0)) },
            run: { Samples.record($0) }
        ).run()
        #expect(second.records.map(\.key) == cells.map(\.key))
        #expect(
            tally.events == (1...6).map { "skipped \($0)/8" } + [
                "started", "finished 7/8", "started", "finished 8/8",
            ])
    }

    @Test("A record of another cell is a failure")
    func wrongRecord() async throws {
        let scratch = Scratch()
        let cells = cells
        let outcome = try await ExperimentRunner(cells: cells, log: try RunLog(path: scratch.log)) { _ in
            Samples.record(cells[0])
        }.run()
        #expect(outcome.records.count == 1)
        #expect(outcome.failures.count == cells.count - 1)
    }

    @Test("Cancelling keeps what has finished and starts nothing more")
    func cancel() async throws {
        let scratch = Scratch()
        let log = try RunLog(path: scratch.log)
        let runner = ExperimentRunner(cells: cells, log: log, parallel: 2) { cell in
            if cell != cells[0] { try await Task.sleep(for: .seconds(60)) }
            return Samples.record(cell)
        }
        let task = Task { try await runner.run() }
        while await log.records.isEmpty { await Task.yield() }
        task.cancel()
        let outcome = try await task.value
        #expect(outcome.records.map(\.key) == [cells[0].key])
        #expect(outcome.failures.isEmpty)
        #expect(outcome.unfinished == Array(cells.dropFirst()))
    }

    @Test("No cells is no work")
    func nothing() async throws {
        let scratch = Scratch()
        let outcome = try await ExperimentRunner(cells: [], log: try RunLog(path: scratch.log)) {
            Samples.record($0)
        }.run()
        #expect(outcome.records.isEmpty)
    }
}
