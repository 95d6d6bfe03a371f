import Agents
import ArgumentParser
import Glibc
import Gym
import HTTPClient
import HTTPServer
import JSON

/// `dataenvgym run`: a built-in agent against a running server.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a built-in agent on a new session of a running server.",
        discussion: BuiltInAgent.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

    @Option(help: "The agent: \(BuiltInAgent.allCases.map(\.rawValue).joined(separator: ", ")).")
    var agent: BuiltInAgent

    @Option(help: "The server.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The task.")
    var task = "math-pocket"

    @Option(
        help:
            "The environment: \(EnvironmentKind.allCases.map(\.rawValue).joined(separator: ", ")); the agent's first by default."
    )
    var environment: EnvironmentKind?

    @Option(help: "The skills: gold, discovered, or the id of a skill discovery.")
    var skills: String?

    @Option(help: "Where new subskills come from in skill_tree: teacher or fixed.")
    var proposals: ProposalSource?

    @Option(help: "What becomes of data that fail a quality check: report or filter.")
    var quality: QualityMode?

    @Option(help: "Trains in every so many iterations only, on the data of all of them.")
    var iterationsPerTraining: Int?

    @Option(help: "The student; the server's first by default.")
    var student: String?

    @Option(help: "The teacher; the first that can make data for the task by default.")
    var teacher: String?

    @Option(help: "The seed of session and agent.")
    var seed = 0

    @Option(help: "Iterations of the session.")
    var iterations = 10

    @Option(help: "Training data in each iteration.")
    var budget = 100

    @Option(help: "Where each iteration's training starts: base or continue.")
    var start: TrainingStart?

    @Option(help: "Optimiser steps of each iteration.")
    var steps: Int?

    @Option(
        help:
            "For select_random: a file of JSON lines with instruction and response, in place of the train split."
    )
    var data: String?

    @Flag(help: "Prints the session's report as JSON in place of a table.")
    var json = false

    func validate() throws {
        guard (0...9_007_199_254_740_991).contains(seed) else {
            throw ValidationError("--seed must be 0 to 2^53 - 1.")
        }
        guard (1...1000).contains(iterations) else {
            throw ValidationError("--iterations must be 1 to 1000.")
        }
        guard (1...10_000).contains(budget) else { throw ValidationError("--budget must be 1 to 10000.") }
        guard data == nil || agent == .selectRandom else {
            throw ValidationError("--data is for the agent select_random.")
        }
    }

    func run() async throws {
        try TerminationSignals.handle { _ in _exit(130) }
        let client = try HTTPClient()
        let api = GymAPI(base: url, client: client)
        let builtIn = agent
        let environment = environment ?? builtIn.environments.first ?? .openEnded
        let agent = try await builtIn.make(
            task: task, environment: environment, seed: UInt64(seed),
            data: try data.map { try DataFile.load($0) }, api: api)
        let options = SessionOptions(
            task: task, environment: environment, student: student, teacher: teacher, skills: skills,
            proposals: proposals, quality: quality, seed: seed, iterations: iterations,
            trainingData: min(iterations * budget, SessionLimits.maximumTrainingData),
            iterationsPerTraining: iterationsPerTraining, start: start, steps: steps, name: builtIn.rawValue,
            labels: ["agent": builtIn.rawValue])
        let display = ProgressDisplay(names: [builtIn.rawValue], iterations: iterations, isSilent: json)
        let runner = AgentRunner(api: api, dataPerIteration: budget) { display.show($0, of: 0) }
        let report = try await runner.run(agent, creating: options)
        display.finish()
        if json { print(report.json.text) } else { show(report) }
        client.close()
    }

    private func show(_ report: SessionReport) {
        var table = Table(header: ["iteration", "data", "validation", "test"])
        for point in report.curve {
            table.rows.append([
                "\(point.iteration)", "\(point.trainingData)", Percent.text(point.validation),
                Percent.text(point.test),
            ])
        }
        print(table.text)
        print("\nsession \(report.session): \(url)/v1/sessions/\(report.session)/report")
    }
}

extension BuiltInAgent: ExpressibleByArgument {}
extension TrainingStart: ExpressibleByArgument {}
extension EnvironmentKind: ExpressibleByArgument {}
extension ProposalSource: ExpressibleByArgument {}
extension QualityMode: ExpressibleByArgument {}
