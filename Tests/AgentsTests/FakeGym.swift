import Agents
import HTTPClient
import JSON
import Synchronization

/// A scripted stand-in for the service: what a session does is fixed, and answers can be replaced by failures.
///
/// The student gets one more of its ten validation instances right with every iteration.
final class FakeGym: Sendable {
    struct Call: Sendable {
        let method: String
        let path: String
        let body: JSONValue?
        let headers: HTTPClientHeaders
    }

    private struct State {
        var calls: [Call] = []
        var interruptions: [Result<HTTPClientResponse, HTTPClientError>] = []
        var created = false
        var iteration = 0
        var polls = 0
        var data = 0
        var completed = 0
        var keys: [String: Int] = [:]
        var failing: Set<Int> = []
        var cancelled = false
    }

    private let state = Mutex(State())
    let iterations: Int
    let trainingData: Int

    init(iterations: Int = 3, trainingData: Int = 100, failing: Set<Int> = []) {
        self.iterations = iterations
        self.trainingData = trainingData
        state.withLock { $0.failing = failing }
    }

    /// All calls so far.
    var calls: [Call] { state.withLock(\.calls) }

    /// The bodies of all actions so far.
    var actions: [JSONValue] { calls.filter { $0.path.hasSuffix("/actions") }.compactMap(\.body) }

    /// Answers the next calls with these in place of the script.
    func interrupt(_ outcomes: [Result<HTTPClientResponse, HTTPClientError>]) {
        state.withLock { $0.interruptions = outcomes }
    }

    func cancel() { state.withLock { $0.cancelled = true } }

    func api(
        token: String? = nil,
        retry: RetryPolicy = RetryPolicy(
            attempts: 4, firstWait: .milliseconds(1), longestWait: .milliseconds(2))
    ) -> GymAPI {
        GymAPI(base: "http://gym.test/", token: token, retry: retry) { request throws(HTTPClientError) in
            try self.answer(request)
        }
    }

    private func answer(_ request: HTTPClientRequest) throws(HTTPClientError) -> HTTPClientResponse {
        let path = String(request.url.dropFirst("http://gym.test".count))
        let body = request.body.flatMap { try? JSONValue(parsing: $0) }
        let call = Call(method: request.method, path: path, body: body, headers: request.headers)
        let outcome: Result<HTTPClientResponse, HTTPClientError> = state.withLock { state in
            state.calls.append(call)
            if !state.interruptions.isEmpty { return state.interruptions.removeFirst() }
            return .success(respond(call, &state))
        }
        return try outcome.get()
    }

    static func json(_ value: JSONValue, status: Int = 200) -> HTTPClientResponse {
        HTTPClientResponse(status: status, headers: ["Content-Type": "application/json"], body: value.bytes())
    }

    private func respond(_ call: Call, _ state: inout State) -> HTTPClientResponse {
        let path = String(call.path.prefix { $0 != "?" })
        switch (call.method, path) {
        case ("GET", "/v1"): return Self.json(["name": "dataenvgym", "version": "1.2", "links": [:]])
        case ("GET", "/v1/tasks/math-pocket"): return Self.json(Self.task)
        case ("GET", "/v1/tasks/math-pocket/instances"): return instances(call)
        case ("POST", "/v1/sessions"):
            state.created = true
            return Self.json(session(state), status: 201)
        case ("GET", "/v1/sessions/S1"): return Self.json(session(state))
        case ("GET", "/v1/sessions/S1/observation"): return Self.json(observation(state))
        case ("POST", "/v1/sessions/S1/actions"): return act(call, &state)
        case ("GET", "/v1/sessions/S1/feedback/\(state.iteration)"): return Self.json(feedback(&state))
        case ("GET", "/v1/sessions/S1/report"):
            return Self.json([
                "session": "S1",
                "curve": [["iteration": 0, "training_data": 0, "validation": 0.2, "test": 0.25]],
                "new": 1,
            ])
        case ("POST", "/v1/sessions/S1/cancel"):
            state.cancelled = true
            return HTTPClientResponse(status: 204)
        default:
            return Self.json(
                [
                    "type": "/problems/not-found", "title": "there is no such thing", "status": 404,
                    "detail": .string(path),
                ],
                status: 404)
        }
    }

    static let task: JSONValue = [
        "name": "math-pocket", "domain": "math", "description": "x",
        "skills": [
            ["name": "addition", "description": "sums", "subskills": ["carry"]],
            ["name": "fractions", "extra": 1],
            ["name": "percent"],
        ],
        "splits": ["train": ["count": 5], "validation": ["count": 10]],
    ]

    /// Five instances in pages of two.
    private func instances(_ call: Call) -> HTTPClientResponse {
        let cursor = call.path.split(separator: "cursor=").dropFirst().first.flatMap { Int($0) } ?? 0
        let items = (cursor..<min(cursor + 2, 5)).map { number -> JSONValue in
            [
                "id": .string("t\(number)"), "instruction": .string("\(number)+1?"), "answer": "a",
                "response": .string("r\(number)"), "skill": "addition", "subskill": nil,
            ]
        }
        let next: JSONValue = cursor + 2 < 5 ? .string("\(cursor + 2)") : .null
        return Self.json(["items": .array(items), "next_cursor": next])
    }

    private func status(_ state: State) -> JSONValue {
        if state.cancelled { return "cancelled" }
        if state.completed >= iterations || state.data >= trainingData { return "finished" }
        return state.polls > 0 ? "busy" : "ready"
    }

    private func session(_ state: State) -> JSONValue {
        [
            "id": "S1", "status": status(state), "task": "math-pocket", "seed": 7,
            "limits": [
                "iterations": .integer(Int64(iterations)), "training_data": .integer(Int64(trainingData)),
            ],
            "iteration": .integer(Int64(state.iteration)),
            "spent": [
                "iterations": .integer(Int64(state.completed)), "training_data": .integer(Int64(state.data)),
            ],
        ]
    }

    private func observation(_ state: State) -> JSONValue {
        let examples = (0..<10).map { number -> JSONValue in
            [
                "instance": ["id": .string("v\(number)"), "instruction": "?", "answer": "1"], "response": "1",
                "correct": .bool(number < state.completed + 2),
            ]
        }
        return [
            "status": status(state), "environment": "open_ended",
            "iteration": .integer(Int64(state.iteration)),
            "performance": .double(Double(state.completed + 2) / 10), "examples": .array(examples),
        ]
    }

    private func act(_ call: Call, _ state: inout State) -> HTTPClientResponse {
        let key = call.headers.first("Idempotency-Key") ?? ""
        let items = call.body?["specs"]?.arrayValue?.map { $0["count"]?.intValue ?? 0 }
        let count = items?.reduce(0, +) ?? call.body?["data"]?.arrayValue?.count ?? 0
        if state.keys[key] == nil {
            state.iteration += 1
            state.keys[key] = state.iteration
            if !state.failing.contains(state.iteration) {
                state.data += count
                state.completed += 1
            }
        }
        let iteration = JSONValue.integer(Int64(state.keys[key] ?? 0))
        return Self.json(["iteration": iteration, "status": "queued"], status: 202)
    }

    /// Running at the first look, over at the second.
    private func feedback(_ state: inout State) -> JSONValue {
        state.polls = (state.polls + 1) % 2
        let number = JSONValue.integer(Int64(state.iteration))
        if state.polls == 1 {
            return [
                "iteration": number, "status": "training",
                "progress": ["phase": "training", "fraction": 0.4, "detail": "step 24 of 60"],
            ]
        }
        if state.failing.contains(state.iteration) {
            return [
                "iteration": number, "status": "failed", "error": ["title": "no", "detail": "out of luck"],
            ]
        }
        return [
            "iteration": number, "status": "succeeded", "reward": state.iteration == 0 ? nil : 0.1,
            "reports": [
                ["split": "validation", "metric": "accuracy", "value": 0.3, "count": 10, "slices": []]
            ],
            "data": ["received": 5, "accepted": 4, "rejected": 1, "accumulated": 9, "rejections": []],
            "timing": ["queued_s": 0.1, "training_s": nil], "loss": 0.5, "observation": ["iteration": number],
        ]
    }
}
