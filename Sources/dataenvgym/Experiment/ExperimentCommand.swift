import Agents
import ArgumentParser
import Experiments
import FoundationEssentials
import Glibc
import HTTPClient
import HTTPServer
import Hosting
import Logging

/// `dataenvgym experiment`: a grid of agents over seeds, with a table and figures.
struct ExperimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "Compares agents at equal budgets over several seeds; writes records, a table and figures.",
        discussion: """
            Runs every cell of the plan's grid against a server in this process. Each finished run is kept in DIR/runs.jsonl, so that a \
            stopped experiment goes on where it stopped; the table and the figures in DIR/report.md are made from these records.
            """)

    @Argument(help: "The plan: YAML with tasks, iterations, budget, seeds and arms (docs/experiments.md).")
    var plan: String

    @Option(help: "Where records, table and figures go; by default a folder named like the plan's file.")
    var out: String?

    @Option(help: "How many runs at a time; by default one for each processor.")
    var parallel: Int?

    @Option(help: "The configuration file; ./dataenvgym.yaml is read if it exists.")
    var config: String?

    @Flag(help: "Runs nothing: makes table and figures from the records that are there.")
    var reportOnly = false

    func validate() throws {
        guard parallel.map({ (1...64).contains($0) }) ?? true else {
            throw ValidationError("--parallel must be 1 to 64.")
        }
    }

    func run() async throws {
        let agents = Dictionary(
            uniqueKeysWithValues: ExperimentCell.Environment.allCases.map { environment in
                let able = BuiltInAgent.allCases.filter { agent in
                    agent.environments.contains { $0.rawValue == environment.rawValue }
                }
                return (environment, able.map(\.rawValue))
            })
        let plan = try PlanReader(path: plan, agents: agents).read()
        let out = out ?? folder
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let log = try RunLog(path: out + "/runs.jsonl")
        let outcome =
            reportOnly ? await stored(plan, log) : try await run(plan, log: log, in: out)
        let report = ExperimentReport(plan: plan, records: outcome.records, failures: outcome.failures)
        print(report.markdown)
        print("written to \(try report.write(to: out))")
        for failure in outcome.failures {
            StandardError.write("failed: \(failure.cell.key): \(failure.reason)\n")
        }
        guard outcome.failures.isEmpty else { throw ExitCode.failure }
    }

    /// The plan's file name without its extension, beside the plan.
    private var folder: String {
        let dot = plan.lastIndex(of: ".")
        let slash = plan.lastIndex(of: "/")
        guard let dot, slash.map({ $0 < dot }) ?? true, dot > plan.startIndex else { return plan + ".out" }
        return String(plan[..<dot])
    }

    private func stored(_ plan: ExperimentPlan, _ log: RunLog) async -> ExperimentOutcome {
        let records = await log.records
        return ExperimentOutcome(
            records: plan.cells.compactMap { records[$0.key] }, failures: [],
            unfinished: plan.cells.filter { records[$0.key] == nil })
    }

    private func run(
        _ plan: ExperimentPlan, log: RunLog, in folder: String
    ) async throws -> ExperimentOutcome {
        // The sessions are scratch: what counts is in the log. A crash leaves the folder to the next start.
        let scratch = folder + "/sessions"
        try? FileManager.default.removeItem(atPath: scratch)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        try TerminationSignals.handle { _ in
            try? FileManager.default.removeItem(atPath: scratch)
            _exit(130)
        }
        let slots = parallel ?? ProcessInfo.processInfo.activeProcessorCount
        var options = Host.Options(dataDirectory: scratch, logger: Log.make(level: .error))
        options.port = 0
        options.configuration = try Configuration.read(explicit: config)
        options.configuration.trainingSlots = slots
        let host = try await Host(options)
        let client = try HTTPClient()
        let cellRun = ExperimentCellRun(api: GymAPI(base: host.url, client: client))
        let display = ExperimentDisplay()
        let runner = ExperimentRunner(
            cells: plan.cells, log: log, parallel: slots, observer: { display.show($0) },
            run: { try await cellRun.run($0) })
        let outcome = try await runner.run()
        client.close()
        await host.stop(gracePeriod: 1)
        return outcome
    }
}

/// Tells on standard error how an experiment goes: a line for each run.
private struct ExperimentDisplay: Sendable {
    private let start = ContinuousClock.now

    func show(_ progress: ExperimentProgress) {
        let text: String
        switch progress.event {
        case .started: return
        case .skipped: text = "is there already"
        case .failed(let reason): text = "failed: \(reason)"
        case .finished(let record):
            text =
                "test \(Percent.text(record.curve.first?.test)) -> \(Percent.text(record.curve.last?.test))"
        }
        let seconds = (ContinuousClock.now - start).components.seconds
        StandardError.write(
            "\(seconds) s  \(progress.done)/\(progress.total)  \(progress.cell.key)  \(text)\n")
    }
}
