import Agents
import Gym
import HTTPClient
import JSON
import Testing

@Suite("Agents: the API's client")
struct GymAPITests {
    @Test("answers are decoded, with members that this version does not know")
    func decoding() async throws {
        let gym = FakeGym()
        let api = gym.api(token: "secret")
        #expect(try await api.index().version == "1.2")
        let task = try await api.task("math-pocket")
        #expect(task.skills.map(\.name) == ["addition", "fractions", "percent"])
        #expect(task.skills[0].subskills == ["carry"])
        #expect(task.splits == ["train": 5, "validation": 10])
        #expect(gym.calls.allSatisfy { $0.headers.first("Authorization") == "Bearer secret" })
        let report = try await api.report(of: "S1")
        #expect(report.curve.first?.test == 0.25)
        #expect(report.json["new"] == 1)
    }

    @Test("lists are followed from page to page")
    func pages() async throws {
        let gym = FakeGym()
        let instances = try await gym.api().allInstances(of: "math-pocket")
        #expect(instances.map(\.id) == ["t0", "t1", "t2", "t3", "t4"])
        #expect(
            instances[1].datum
                == TrainingDatum(instruction: "1+1?", response: "r1", skill: "addition", subskill: nil))
        #expect(gym.calls.count == 3)
    }

    @Test("a list that never ends is refused")
    func endlessList() async throws {
        let gym = FakeGym()
        gym.interrupt([.success(FakeGym.json(["items": [], "next_cursor": "1"]))])
        await #expect(throws: GymAPIError.self) { try await gym.api().allInstances(of: "math-pocket") }
    }

    @Test("removing what a lost answer has removed already is no error; other refusals are")
    func deleteTwice() async throws {
        let gym = FakeGym()
        let gone = FakeGym.json(["type": "/problems/not-found", "title": "no", "status": 404], status: 404)
        gym.interrupt([.failure(.connectionLost("reset")), .success(gone)])
        try await gym.api().delete("S1")
        #expect(gym.calls.map(\.method) == ["DELETE", "DELETE"])
        gym.interrupt([.success(FakeGym.json(["title": "no", "status": 403], status: 403))])
        await #expect(throws: GymAPIError.self) { try await gym.api().delete("S1") }
    }

    @Test("names are escaped in paths")
    func escaping() async throws {
        let gym = FakeGym()
        await #expect(throws: GymAPIError.self) { try await gym.api().task("a b/../é?x") }
        #expect(gym.calls[0].path == "/v1/tasks/a%20b%2F..%2F%C3%A9%3Fx")
    }

    @Test("a problem document becomes a readable error")
    func problems() async throws {
        let gym = FakeGym()
        let problem: JSONValue = [
            "type": "/problems/invalid-request", "title": "the request is not valid", "status": 422,
            "detail": "one thing is wrong",
            "errors": [["pointer": "/limits/iterations", "detail": "must be at least 1"]],
        ]
        gym.interrupt([.success(FakeGym.json(problem, status: 422))])
        let error = try await #require(throws: GymAPIError.self) {
            try await gym.api().createSession(SessionOptions(task: "t"))
        }
        #expect(
            "\(error)"
                == "422 the request is not valid: one thing is wrong; /limits/iterations must be at least 1")
        guard case .problem(422, _, _, let errors) = error else { throw error }
        #expect(errors == [JSONIssue(pointer: "/limits/iterations", detail: "must be at least 1")])
    }

    @Test("an answer that is no JSON, or lacks members, is an error that says so")
    func unexpected() async throws {
        let gym = FakeGym()
        gym.interrupt([.success(HTTPClientResponse(status: 500, body: Array("<html>".utf8)))])
        let first = try await #require(throws: GymAPIError.self) { try await gym.api().index() }
        #expect("\(first)" == "500 the service answered with an error")
        gym.interrupt([.success(HTTPClientResponse(status: 200, body: Array("{".utf8)))])
        let second = try await #require(throws: GymAPIError.self) { try await gym.api().index() }
        #expect("\(second)".contains("GET /v1: expected a key"))
        gym.interrupt([.success(FakeGym.json(["id": 1]))])
        let third = try await #require(throws: GymAPIError.self) { try await gym.api().session("S1") }
        #expect("\(third)".contains("/id must be a string, found an integer; /status is required"))
    }

    @Test("all options are written, and limits, schedule and training only with what is in them")
    func allOptions() {
        var options = SessionOptions(
            task: "t", environment: .skillTree, skills: "discovered", proposals: .fixed, quality: .filter,
            teacherTokens: 9, iterationsPerTraining: 2, testEvery: 5, context: 64, name: "n")
        #expect(
            String(decoding: options.bytes, as: UTF8.self)
                == #"{"task":"t","environment":"skill_tree","skills":"discovered","proposals":"fixed","#
                + #""quality":"filter","seed":0,"limits":{"teacher_tokens":9},"#
                + #""schedule":{"iterations_per_training":2,"test_every":5},"training":{"context":64},"name":"n"}"#
        )
        options = SessionOptions(task: "t", testEvery: 3)
        #expect(
            String(decoding: options.bytes, as: UTF8.self)
                == #"{"task":"t","environment":"open_ended","seed":0,"schedule":{"test_every":3}}"#)
        #expect(
            String(decoding: SessionOptions(task: "t").bytes, as: UTF8.self)
                == #"{"task":"t","environment":"open_ended","seed":0}"#)
    }

    @Test("a fork names the iteration, and the limits that are to differ")
    func forking() async throws {
        let gym = FakeGym()
        let answer: JSONValue = [
            "id": "S2", "status": "ready", "task": "t", "environment": "skill_tree", "skills": "gold",
            "limits": ["iterations": 5, "training_data": 50, "teacher_tokens": nil],
            "spent": ["iterations": 2, "training_data": 20],
        ]
        gym.interrupt([.success(FakeGym.json(answer, status: 201)), .success(FakeGym.json(answer))])
        let fork = try await gym.api().fork(
            "S 1", iteration: 2, limits: SessionOptions.Limits(iterations: 5), name: "again")
        #expect(fork.id == "S2" && fork.environment == "skill_tree" && fork.skills == "gold")
        _ = try await gym.api().fork("S1", iteration: 0)
        #expect(gym.calls.map(\.path) == ["/v1/sessions/S%201/fork", "/v1/sessions/S1/fork"])
        #expect(gym.calls.map(\.method) == ["POST", "POST"])
        #expect(gym.calls[0].body == ["iteration": 2, "limits": ["iterations": 5], "name": "again"])
        #expect(gym.calls[1].body == ["iteration": 0])
    }

    @Test("an export comes as its bytes, whatever they are")
    func exporting() async throws {
        let gym = FakeGym()
        let bytes: [UInt8] = [0x50, 0x4B, 0, 255]
        gym.interrupt([.success(HTTPClientResponse(status: 200, body: bytes))])
        #expect(try await gym.api().export(of: "S1") == bytes)
        #expect(gym.calls[0].path == "/v1/sessions/S1/export")
        #expect(gym.calls[0].headers.all("Accept") == ["*/*"])
        await #expect(throws: GymAPIError.self) { try await gym.api().export(of: "S1") }
    }

    @Test("a session's options and both kinds of action are written as the API takes them")
    func bodies() {
        let options = SessionOptions(
            task: "t", student: "pocket", seed: 7, iterations: 3, start: .continue, steps: 60,
            labels: ["b": "2", "a": "1"])
        #expect(
            String(decoding: options.bytes, as: UTF8.self)
                == #"{"task":"t","environment":"open_ended","student":"pocket","seed":7,"limits":{"iterations":3},"#
                + #""training":{"start":"continue","steps":60},"labels":{"a":"1","b":"2"}}"#)
        let data = Action.data([TrainingDatum(instruction: "i", response: "r", skill: "s")])
        #expect(
            String(decoding: data.bytes, as: UTF8.self)
                == #"{"type":"data","data":[{"instruction":"i","response":"r","skill":"s"}]}"#)
        let plan = Action.plan([
            DataSpec(kind: .skill("s", subskill: "u", hint: "h"), count: 1),
            DataSpec(kind: .like(["x"]), count: 2),
            DataSpec(kind: .instruction("w"), count: 3),
        ])
        #expect(
            String(decoding: plan.bytes, as: UTF8.self)
                == #"{"type":"plan","specs":[{"skill":"s","subskill":"u","instruction":"h","count":1},"#
                + #"{"like":["x"],"count":2},{"instruction":"w","count":3}]}"#)
    }
}

@Suite("Agents: retries")
struct RetryTests {
    static func overloaded(_ headers: HTTPClientHeaders = ["Retry-After": "0"], status: Int = 503) -> Result<
        HTTPClientResponse, HTTPClientError
    > {
        .success(HTTPClientResponse(status: status, headers: headers))
    }

    @Test("an action is sent again with the same key, and begins one iteration")
    func actions() async throws {
        let gym = FakeGym()
        gym.interrupt([
            .failure(.connectionLost("x")), Self.overloaded(), Self.overloaded(status: 429),
        ])
        let action = Action.plan([DataSpec(kind: .like(["v1"]), count: 3)])
        #expect(try await gym.api().act(action, in: "S1", key: "k1") == 1)
        #expect(gym.calls.count == 4)
        #expect(gym.calls.allSatisfy { $0.headers.first("Idempotency-Key") == "k1" })
        #expect(Set(gym.actions.map(\.text)).count == 1)
        #expect(try await gym.api().act(action, in: "S1", key: "k1") == 1)
    }

    @Test("creating a session is sent again only when the service cannot have carried it out")
    func creation() async throws {
        let gym = FakeGym()
        gym.interrupt([.failure(.unreachable("x")), Self.overloaded()])
        #expect(try await gym.api().createSession(SessionOptions(task: "t")).id == "S1")
        for outcome in [Result.failure(HTTPClientError.connectionLost("x")), Self.overloaded(status: 502)] {
            gym.interrupt([outcome])
            await #expect(throws: GymAPIError.self) {
                try await gym.api().createSession(SessionOptions(task: "t"))
            }
        }
    }

    @Test(
        "what a repetition cannot help is not repeated",
        arguments: [
            Self.overloaded(["x-should-retry": "false"]), Self.overloaded(["Retry-After": "3600"]),
            Self.overloaded(status: 500), Self.overloaded(status: 409), .failure(.responseTooLarge(limit: 1)),
            .failure(.cancelled), .failure(.closed),
        ])
    func hopeless(outcome: Result<HTTPClientResponse, HTTPClientError>) async throws {
        let gym = FakeGym()
        gym.interrupt([outcome])
        await #expect(throws: GymAPIError.self) { try await gym.api().index() }
        #expect(gym.calls.count == 1)
    }

    @Test("the number of attempts is limited")
    func limited() async throws {
        let gym = FakeGym()
        gym.interrupt(Array(repeating: .failure(.unreachable("nobody")), count: 10))
        let error = try await #require(throws: GymAPIError.self) { try await gym.api().index() }
        #expect("\(error)" == "the host cannot be reached: nobody")
        #expect(gym.calls.count == 4)
    }

    @Test("cancelling the task ends the waiting between attempts")
    func cancellation() async throws {
        let gym = FakeGym()
        gym.interrupt([Self.overloaded(["Retry-After": "50"])])
        let task = Task { try await gym.api().index() }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        let error = await #expect(throws: GymAPIError.self) { try await task.value }
        #expect(error?.isCancellation == true)
    }
}
