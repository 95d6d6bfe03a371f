import Agents
import ArgumentParser
import FoundationEssentials
import Glibc
import HTTPClient
import HTTPServer
import Hosting
import Logging

/// `dataenvgym demo`: the whole loop on this machine, over real HTTP.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows two agents teaching a student each, side by side at equal budgets.",
        discussion: """
            Starts a server in this process on a free port and runs two built-in agents against it over HTTP: `random` does not look \
            at what the student gets wrong, `error_conditioned` does. Prints a table of each iteration's accuracy.
            """)

    @Option(help: "How many seeds to run, one after the other; the figures are means over them.")
    var seeds = 1

    @Option(help: "The first seed.")
    var seed = 1

    @Option(help: "Iterations of each session.")
    var iterations = 10

    @Option(help: "Training data in each iteration.")
    var budget = 100

    @Option(help: "Where to keep the sessions; a temporary directory by default, removed at the end.")
    var data: String?

    @Flag(help: "Prints JSON lines for machines in place of tables for people.")
    var json = false

    func validate() throws {
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds must be 1 to 100.") }
        guard (0...1_000_000).contains(seed) else { throw ValidationError("--seed must be 0 to 1000000.") }
        guard (1...1000).contains(iterations) else {
            throw ValidationError("--iterations must be 1 to 1000.")
        }
        guard (1...10_000).contains(budget) else { throw ValidationError("--budget must be 1 to 10000.") }
    }

    func run() async throws {
        let directory = data ?? "\(FileManager.default.temporaryDirectory.path)/dataenvgym-demo-\(getpid())"
        let isTemporary = data == nil
        let removeDirectory: @Sendable () -> Void = {
            if isTemporary { try? FileManager.default.removeItem(atPath: directory) }
        }
        defer { removeDirectory() }
        try TerminationSignals.handle { _ in
            removeDirectory()
            _exit(130)
        }
        var options = Host.Options(dataDirectory: directory, logger: Log.make(level: .error))
        options.port = 0
        let host = try await Host(options)
        let client = try HTTPClient()
        let plan = DemoPlan(
            seeds: Array(seed..<seed + seeds), iterations: iterations, budget: budget,
            api: GymAPI(base: host.url, client: client))
        let printer: any DemoPrinter = json ? DemoJSON() : DemoText(plan: plan, url: host.url)
        printer.begin()
        let start = ContinuousClock.now
        var outcomes: [DemoOutcome] = []
        for seed in plan.seeds {
            let outcome = try await plan.run(seed: seed, isSilent: json)
            printer.show(outcome)
            outcomes.append(outcome)
        }
        printer.summarise(outcomes, seconds: (ContinuousClock.now - start) / .seconds(1))
        client.close()
        await host.stop(gracePeriod: 1)
    }
}
