import Agents
import Glibc
import JSON

/// Tells what a demonstration comes to.
protocol DemoPrinter {
    /// Before the first seed.
    func begin()
    /// After each seed.
    func show(_ outcome: DemoOutcome)
    /// At the end.
    func summarise(_ outcomes: [DemoOutcome], seconds: Double)
}

/// Tables for people.
struct DemoText: DemoPrinter {
    let plan: DemoPlan
    let url: String

    func begin() {
        print("DataEnvGym: agents teach a student \(DemoPlan.task) over HTTP at \(url)")
        print("\(plan.iterations) iterations of \(plan.budget) data; each agent has a student of its own")
        for agent in DemoPlan.agents { print("  \(agent.rawValue): \(agent.summary)") }
        print("")
        fflush(nil)
    }

    func show(_ outcome: DemoOutcome) {
        guard plan.seeds.count > 1 else { return }
        let finals = zip(DemoPlan.agents, outcome.reports).map { agent, report in
            "\(agent.rawValue) \(Percent.text(report.curve.last?.test))"
        }
        print("seed \(outcome.seed): test accuracy \(finals.joined(separator: ", "))")
        fflush(nil)
    }

    func summarise(_ outcomes: [DemoOutcome], seconds: Double) {
        if plan.seeds.count > 1 { print("") }
        print(table(outcomes).text)
        print("")
        let last = outcomes.lastIteration
        let finals = DemoPlan.agents.indices.map { outcomes.mean(agent: $0, iteration: last, \.test) }
        let base = outcomes.mean(agent: 0, iteration: 0, \.test)
        for (agent, final) in zip(DemoPlan.agents, finals) {
            print("\(agent.rawValue): test accuracy from \(Percent.text(base)) to \(Percent.text(final))")
        }
        if let random = finals[0], let conditioned = finals[1] {
            let points = Percent.fixed((conditioned - random) * 100, 1)
            print("looking at the errors was worth \(points) points of test accuracy")
        }
        print("\(Percent.fixed(seconds, 1)) s in all\n")
        print(Self.next)
    }

    private func table(_ outcomes: [DemoOutcome]) -> Table {
        var header = ["iteration", "data"]
        for agent in DemoPlan.agents { header += ["\(agent.rawValue): validation", "test"] }
        var table = Table(header: header)
        for iteration in 0...outcomes.lastIteration {
            var row = ["\(iteration)", "\(iteration * plan.budget)"]
            for agent in DemoPlan.agents.indices {
                row.append(Percent.text(outcomes.mean(agent: agent, iteration: iteration, \.validation)))
                row.append(Percent.text(outcomes.mean(agent: agent, iteration: iteration, \.test)))
            }
            table.rows.append(row)
        }
        return table
    }

    private static let next = """
        Teach by hand next: start the server in one terminal and talk to it from another.
          .build/release/dataenvgym serve
          curl -s localhost:8080/v1/sessions -H 'Content-Type: application/json' -d '{"task":"math-pocket"}'
          curl -s 'localhost:8080/v1/sessions/ID/observation?wait=30'
        The README goes on from there.
        """
}

/// JSON lines for machines.
struct DemoJSON: DemoPrinter {
    func begin() {}

    func show(_ outcome: DemoOutcome) {
        for (agent, report) in zip(DemoPlan.agents, outcome.reports) {
            for point in report.curve {
                write { object in
                    object("type", "iteration")
                    object("seed", outcome.seed)
                    object("agent", agent.rawValue)
                    object("iteration", point.iteration)
                    object("training_data", point.trainingData)
                    object("validation_accuracy", point.validation)
                    object("test_accuracy", point.test)
                    object("reward", point.reward)
                }
            }
        }
    }

    func summarise(_ outcomes: [DemoOutcome], seconds: Double) {
        let last = outcomes.lastIteration
        write { object in
            object("type", "summary")
            object("seconds", seconds)
            object("seeds", outcomes.count)
            object.object("agents") { agents in
                for (index, agent) in DemoPlan.agents.enumerated() {
                    agents.object(agent.rawValue) { values in
                        values("test_accuracy", outcomes.mean(agent: index, iteration: last, \.test))
                        values(
                            "validation_accuracy", outcomes.mean(agent: index, iteration: last, \.validation))
                        values("base_test_accuracy", outcomes.mean(agent: index, iteration: 0, \.test))
                    }
                }
            }
        }
    }

    private func write(_ body: (inout ObjectWriter) -> Void) {
        var writer = JSONWriter()
        writer.object(body)
        print(writer.text)
        fflush(nil)
    }
}
