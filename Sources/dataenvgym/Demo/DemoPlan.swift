import Agents

/// What the demonstration runs: for each seed, each agent on a session of its own, at the same time.
struct DemoPlan: Sendable {
    let seeds: [Int]
    let iterations: Int
    let budget: Int
    let api: GymAPI

    static let task = "math-pocket"
    static let agents: [BuiltInAgent] = [.random, .errorConditioned]

    /// Runs all agents with one seed.
    func run(seed: Int, isSilent: Bool) async throws -> DemoOutcome {
        let display = ProgressDisplay(
            names: Self.agents.map(\.rawValue), iterations: iterations, isSilent: isSilent)
        defer { display.finish() }
        let reports = try await withThrowingTaskGroup(of: (Int, SessionReport).self) { group in
            for (index, agent) in Self.agents.enumerated() {
                group.addTask {
                    (index, try await run(agent, seed: seed) { display.show($0, of: index) })
                }
            }
            return try await group.reduce(into: [Int: SessionReport]()) { $0[$1.0] = $1.1 }
        }
        return DemoOutcome(seed: seed, reports: Self.agents.indices.compactMap { reports[$0] })
    }

    private func run(
        _ builtIn: BuiltInAgent, seed: Int, observer: @escaping AgentRunner.Observer
    ) async throws -> SessionReport {
        let agent = try await builtIn.make(
            task: Self.task, environment: .openEnded, seed: UInt64(seed), api: api)
        let options = SessionOptions(
            task: Self.task, seed: seed, iterations: iterations, trainingData: iterations * budget,
            name: "demo: \(builtIn.rawValue)", labels: ["agent": builtIn.rawValue])
        let runner = AgentRunner(api: api, dataPerIteration: budget, observer: observer)
        return try await runner.run(agent, creating: options)
    }
}

/// What came of one seed: a report for each agent, in the order of `DemoPlan.agents`.
struct DemoOutcome: Sendable {
    let seed: Int
    let reports: [SessionReport]
}

extension [DemoOutcome] {
    /// The mean over the seeds of an agent's value in an iteration; `nil` if some seed has none.
    func mean(
        agent: Int, iteration: Int, _ value: KeyPath<SessionReport.Point, Double?>
    ) -> Double? {
        var sum = 0.0
        for outcome in self {
            guard let point = outcome.reports[agent].curve.first(where: { $0.iteration == iteration }),
                let value = point[keyPath: value]
            else { return nil }
            sum += value
        }
        return isEmpty ? nil : sum / Double(count)
    }

    /// The last iteration that every session has.
    var lastIteration: Int {
        flatMap(\.reports).compactMap { $0.curve.last?.iteration }.min() ?? 0
    }
}
