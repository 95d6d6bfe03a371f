import Agents
import Glibc
import Gym
import JSON
import Synchronization
import Testing

/// Collects a run's events as short texts.
private final class Log: Sendable {
    private let lines = Mutex<[String]>([])

    var texts: [String] { lines.withLock { $0 } }

    func add(_ event: AgentEvent) {
        let text =
            switch event {
            case .started(let session): "started \(session.id)"
            case .progress(let iteration, let progress):
                "\(iteration) \(progress.phase) \(progress.fraction) \(progress.detail)"
            case .feedback(let feedback): "\(feedback.iteration) \(feedback.status)"
            case .finished(let report): "finished \(report.session)"
            }
        lines.withLock { $0.append(text) }
    }
}

private func run(_ gym: FakeGym, _ agent: any Agent, dataPerIteration: Int? = nil) async throws -> [String] {
    let log = Log()
    let runner = AgentRunner(
        api: gym.api(), dataPerIteration: dataPerIteration, pollSeconds: 1, pause: .milliseconds(1)
    ) { log.add($0) }
    _ = try await runner.run(agent, creating: SessionOptions(task: "math-pocket", seed: 7))
    return log.texts
}

@Suite("Agents: runs")
struct RunnerTests {
    @Test("a run goes from the session's creation to its report, and tells all in order")
    func wholeRun() async throws {
        let gym = FakeGym(iterations: 2)
        let texts = try await run(gym, ErrorConditionedAgent(seed: 7))
        let progress = "training 0.4 step 24 of 60"
        #expect(
            texts == [
                "started S1", "0 \(progress)", "0 succeeded", "1 \(progress)", "1 succeeded", "2 \(progress)",
                "2 succeeded", "finished S1",
            ])
    }

    @Test("what is left of the data is spread over the iterations left")
    func budgets() async throws {
        func counts(_ gym: FakeGym) -> [Int] {
            gym.actions.map {
                ($0["specs"]?.arrayValue ?? []).reduce(0) { $0 + ($1["count"]?.intValue ?? 0) }
            }
        }
        let even = FakeGym(iterations: 3, trainingData: 100)
        _ = try await run(even, ErrorConditionedAgent(seed: 1))
        #expect(counts(even) == [34, 33, 33])
        let fixed = FakeGym(iterations: 5, trainingData: 100)
        _ = try await run(fixed, ErrorConditionedAgent(seed: 1), dataPerIteration: 45)
        #expect(counts(fixed) == [45, 45, 10])
    }

    @Test("the same seed gives the same actions")
    func deterministic() async throws {
        func actions(_ kind: BuiltInAgent, seed: UInt64) async throws -> [JSONValue] {
            let gym = FakeGym()
            let agent = try await kind.make(
                task: "math-pocket", environment: .openEnded, seed: seed, api: gym.api())
            #expect(agent.name == kind.rawValue)
            _ = try await run(gym, agent)
            return gym.actions
        }
        for kind in BuiltInAgent.allCases where kind.environments.contains(.openEnded) {
            let first = try await actions(kind, seed: 1)
            #expect(!first.isEmpty)
            #expect(try await actions(kind, seed: 1) == first)
            #expect(try await actions(kind, seed: 2) != first)
        }
    }

    @Test("a failed iteration is told and the run goes on")
    func oneFailure() async throws {
        let texts = try await run(FakeGym(iterations: 2, failing: [1]), ErrorConditionedAgent(seed: 1))
        #expect(texts.filter { $0.hasSuffix("failed") } == ["1 failed"])
        #expect(texts.suffix(2) == ["3 succeeded", "finished S1"])
    }

    @Test(
        "iteration 0 failing, or three iterations in a row, ends the run with the reason",
        arguments: [
            [0], [2, 3, 4],
        ])
    func failures(failing: Set<Int>) async throws {
        let error = try await #require(throws: AgentRunError.self) {
            try await run(FakeGym(iterations: 9, failing: failing), ErrorConditionedAgent(seed: 1))
        }
        #expect("\(error)" == "iteration \(failing.max() ?? -1) failed: out of luck")
    }

    @Test("a session that somebody else cancels ends the run")
    func cancelled() async throws {
        let gym = FakeGym()
        gym.cancel()
        let error = try await #require(throws: AgentRunError.self) {
            try await run(gym, ErrorConditionedAgent(seed: 1))
        }
        #expect("\(error)" == "session S1 was cancelled")
    }

    @Test("a session can be taken up again, and one that is over gives its report")
    func resumed() async throws {
        let gym = FakeGym(iterations: 1)
        let api = gym.api()
        let session = try await api.createSession(SessionOptions(task: "math-pocket"))
        let runner = AgentRunner(api: api)
        _ = try await runner.run(ErrorConditionedAgent(seed: 1), on: session)
        let report = try await runner.run(ErrorConditionedAgent(seed: 1), on: try await api.session("S1"))
        #expect(report.session == "S1")
        #expect(gym.actions.count == 1)
        try await api.cancel("S1")
    }
}

@Suite("Agents: files of training data")
struct DataFileTests {
    private func load(_ text: String) throws -> [TrainingDatum] {
        let path = "/tmp/agents-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).jsonl"
        let file = fopen(path, "w")
        fputs(text, file)
        fclose(file)
        defer { unlink(path) }
        return try DataFile.load(path)
    }

    @Test("one example a line; empty lines and further members are skipped")
    func lines() throws {
        let text = """
            {"instruction":"1+1?","response":"2","skill":"addition","score":1}

            {"response":"é","instruction":"x"}\r
            """
        #expect(
            try load(text) == [
                TrainingDatum(instruction: "1+1?", response: "2", skill: "addition"),
                TrainingDatum(instruction: "x", response: "é"),
            ])
    }

    @Test(
        "an error names the line",
        arguments: [
            (
                "{\"instruction\":\"a\",\"response\":\"b\"}\n{\"instruction\":1}",
                "line 2: /instruction must be a string"
            ),
            ("{", "line 1: expected a key"), ("\n\n", "no examples"), ("", "no examples"),
            ("[]", "must be an object"),
        ])
    func errors(text: String, expected: String) throws {
        let error = try #require(throws: DataFileError.self) { try load(text) }
        #expect("\(error)".contains(expected))
    }

    @Test("a missing file is an error")
    func missing() {
        #expect(throws: DataFileError.self) { try DataFile.load("/nonexistent/file.jsonl") }
    }
}
