/// Runs the cells of an experiment, some at a time, and takes up again where an earlier run stopped.
public struct ExperimentRunner: Sendable {
    /// Runs one cell. Must give the record of that cell.
    public typealias Run = @Sendable (ExperimentCell) async throws -> RunRecord
    /// Told what happens, from one task at a time; must not block.
    public typealias Observer = @Sendable (ExperimentProgress) -> Void

    private let cells: [ExperimentCell]
    private let log: RunLog
    private let parallel: Int
    private let run: Run
    private let observer: Observer

    /// A runner.
    /// - Parameters:
    ///   - cells: what to run, in order; no two with the same key.
    ///   - log: where records are kept; cells that have one there are not run.
    ///   - parallel: how many cells run at a time; less than 1 counts as 1.
    ///   - observer: told what happens.
    ///   - run: runs one cell. What it throws is the cell's failure; the other cells go on.
    public init(
        cells: [ExperimentCell], log: RunLog, parallel: Int = 1, observer: @escaping Observer = { _ in },
        run: @escaping Run
    ) {
        self.cells = cells
        self.log = log
        self.parallel = max(1, parallel)
        self.observer = observer
        self.run = run
    }

    /// Runs every cell that has no record yet. Cancelling the task cancels the runs under way and starts no other; what
    /// has finished by then is kept.
    /// - Throws: `RunLogError` when a record cannot be kept: further results would be lost too.
    public func run() async throws(RunLogError) -> ExperimentOutcome {
        var state = State(cells: cells, records: await log.records)
        for index in cells.indices where state.records[index] != nil {
            report(.skipped, index, &state)
        }
        let waiting = cells.indices.filter { state.records[$0] == nil }
        let failure = await withTaskGroup(of: Ended.self) { group -> RunLogError? in
            var next = waiting.makeIterator()
            for _ in 0..<min(parallel, waiting.count) { start(&next, &group, state) }
            while let ended = await group.next() {
                if let failure = await take(ended, &state) {
                    group.cancelAll()
                    return failure
                }
                start(&next, &group, state)
            }
            return nil
        }
        if let failure { throw failure }
        return state.outcome
    }

    private func start(
        _ next: inout IndexingIterator<[Int]>, _ group: inout TaskGroup<Ended>, _ state: State
    ) {
        guard !Task.isCancelled, let index = next.next() else { return }
        observer(
            ExperimentProgress(
                event: .started, cell: cells[index], done: state.done, total: cells.count))
        group.addTask { await attempt(index) }
    }

    /// Runs one cell; whatever it throws becomes a reason.
    private func attempt(_ index: Int) async -> Ended {
        do {
            let record = try await run(cells[index])
            guard record.key != cells[index].key else { return Ended(index: index, end: .record(record)) }
            return Ended(
                index: index, end: .failed("the run gave the record of another cell: \(record.key)"))
        } catch {
            // What fails after a cancellation fails because of it, whatever error the layers below made of that.
            let isCancelled = Task.isCancelled || error is CancellationError
            return Ended(index: index, end: isCancelled ? .cancelled : .failed("\(error)"))
        }
    }

    /// Keeps what a run gave.
    /// - Returns: why it could not be kept.
    private func take(_ ended: Ended, _ state: inout State) async -> RunLogError? {
        switch ended.end {
        case .record(let record):
            do throws(RunLogError) {
                try await log.append(record)
            } catch {
                return error
            }
            state.records[ended.index] = record
            report(.finished(record), ended.index, &state)
        case .failed(let reason):
            fail(reason, ended.index, &state)
        case .cancelled:
            break
        }
        return nil
    }

    private func fail(_ reason: String, _ index: Int, _ state: inout State) {
        state.failures[index] = reason
        report(.failed(reason), index, &state)
    }

    private func report(_ event: ExperimentProgress.Event, _ index: Int, _ state: inout State) {
        state.done += 1
        observer(
            ExperimentProgress(event: event, cell: cells[index], done: state.done, total: cells.count))
    }
}

/// How a cell's run ended.
private struct Ended: Sendable {
    enum End: Sendable {
        case record(RunRecord)
        case failed(String)
        case cancelled
    }

    let index: Int
    let end: End
}

/// What is known of each cell, by its index.
private struct State {
    let cells: [ExperimentCell]
    var records: [RunRecord?]
    var failures: [String?]
    var done = 0

    init(cells: [ExperimentCell], records: [String: RunRecord]) {
        self.cells = cells
        self.records = cells.map { records[$0.key] }
        failures = Array(repeating: nil, count: cells.count)
    }

    var outcome: ExperimentOutcome {
        ExperimentOutcome(
            records: records.compactMap { $0 },
            failures: zip(cells, failures).compactMap { cell, reason in
                reason.map { ExperimentOutcome.Failure(cell: cell, reason: $0) }
            },
            unfinished: cells.indices.filter { records[$0] == nil && failures[$0] == nil }.map { cells[$0] })
    }
}
