import JSON
import TestSupport
import Testing

@Suite("API: forks")
struct ForkTests {
    private static func data(_ name: String, _ count: Int) -> String {
        let items = (0..<count).map {
            #"{"instruction":"\#(name) \#($0)","response":"right","skill":"rare","subskill":"own"}"#
        }
        return #"{"type":"data","data":[\#(items.joined(separator: ","))]}"#
    }

    private static let plan = #"{"type":"plan","specs":[{"skill":"common","count":3}]}"#
    private static let explore = #"""
        {"type":"skill_tree","actions":{"common":
        {"type":"explore","num_new_skills":1,"data_allocation_for_new_skills":2}}}
        """#

    private func fork(_ server: TestServer, _ id: String, _ body: String) async throws -> String {
        let answer = try await server.post("/v1/sessions/\(id)/fork", body)
        #expect(answer.status == 201)
        let fork = try #require(answer.json["id"]?.stringValue)
        #expect(answer.headers.first("Location") == "/v1/sessions/\(fork)")
        #expect(answer.json["status"] == "ready")
        #expect(answer.json["forked_from"]?["session"]?.stringValue == id)
        return fork
    }

    @Test(
        "a fork given the original's actions gives its feedback, byte for byte but for the timing",
        arguments: ["open_ended", "skill_list", "skill_tree"], [1, 2])
    func sameFeedback(environment: String, perTraining: Int) async throws {
        let server = try TestServer()
        let original = try await server.readySession(
            #"""
            ,"environment":"\#(environment)","seed":7,"limits":{"iterations":8},
            "schedule":{"iterations_per_training":\#(perTraining),"test_every":2}
            """#)
        let made = environment == "skill_tree" ? Self.explore : Self.plan
        let actions = [Self.data("a", 2), made, Self.data("b", 3), made, Self.data("c", 1)]
        var feedback: [String] = []
        for action in actions { feedback.append(try await server.lastingFeedback(original, action)) }
        let before = try await server.everything(of: original)
        for place in 0..<actions.count {
            let copy = try await fork(server, original, #"{"iteration":\#(place)}"#)
            for (action, expected) in zip(actions, feedback).dropFirst(place) {
                #expect(try await server.lastingFeedback(copy, action) == expected)
            }
            let used = try await server.lines("/v1/sessions/\(copy)/training-data")
            #expect(used == before[3].split(separator: "\n").map(String.init))
        }
        #expect(try await server.everything(of: original) == before)
    }

    @Test("a fork has its origin's history and spending, and its own limits, name and labels")
    func history() async throws {
        let server = try TestServer()
        let original = try await server.readySession(
            #","limits":{"iterations":2,"training_data":50},"name":"first","labels":{"a":"b"}"#)
        _ = try await server.act(original, Self.data("a", 2))
        let feedback = try await server.get("/v1/sessions/\(original)/feedback/1")
        let copy = try await fork(
            server, original, #"{"iteration":1,"limits":{"iterations":9},"name":"second","labels":null}"#)
        let session = try await server.get("/v1/sessions/\(copy)").json
        #expect(session["forked_from"]?["iteration"] == 1)
        #expect(session["iteration"] == 1)
        #expect(session["spent"] == ["iterations": 1, "training_data": 2, "teacher_tokens": 0])
        #expect(session["limits"] == ["iterations": 9, "training_data": 50, "teacher_tokens": nil])
        #expect(session["name"] == "second")
        #expect(session["labels"] == ["a": "b"])
        #expect(try await server.get("/v1/sessions/\(copy)/feedback/1").bytes == feedback.bytes)
        #expect(try await server.send("DELETE", "/v1/sessions/\(original)").status == 204)
        #expect(try await server.act(copy, Self.data("b", 2)).json["status"] == "succeeded")
    }

    @Test("a finished session goes on as a fork with higher limits")
    func finished() async throws {
        let server = try TestServer()
        let original = try await server.readySession(#","limits":{"iterations":1}"#)
        _ = try await server.act(original, Self.data("a", 2))
        #expect(try await server.get("/v1/sessions/\(original)").json["status"] == "finished")
        let refused = try await server.post("/v1/sessions/\(original)/fork", #"{"iteration":1}"#)
        #expect(refused.status == 422)
        #expect(refused.pointers == ["/limits"])
        let copy = try await fork(server, original, #"{"iteration":1,"limits":{"iterations":2}}"#)
        #expect(try await server.act(copy, Self.data("b", 1)).json["iteration"] == 2)
        let other = try await fork(server, original, #"{"iteration":0}"#)
        #expect(try await server.act(other, Self.data("b", 1)).json["iteration"] == 1)
    }

    @Test("the original's idempotency keys are not the fork's")
    func keys() async throws {
        let server = try TestServer()
        let original = try await server.readySession()
        let key = [("Idempotency-Key", "one")]
        _ = try await server.act(original, Self.data("a", 2), headers: key)
        let copy = try await fork(server, original, #"{"iteration":1}"#)
        #expect(try await server.act(copy, Self.data("b", 2), headers: key).json["iteration"] == 2)
        #expect(try await server.act(original, Self.data("a", 2), headers: key).json["iteration"] == 1)
    }

    @Test("an iteration that trained only because it was the last is none to go on from")
    func endedEarly() async throws {
        let server = try TestServer()
        let original = try await server.readySession(
            #","limits":{"iterations":1},"schedule":{"iterations_per_training":2}"#)
        _ = try await server.act(original, Self.data("a", 2))
        let answer = try await server.post(
            "/v1/sessions/\(original)/fork", #"{"iteration":1,"limits":{"iterations":5}}"#)
        #expect(answer.status == 422)
        #expect(answer.pointers == ["/iteration"])
    }

    @Test(
        "bad requests point at the mistake and make no session",
        arguments: [
            ("{}", ["/iteration"]), (#"{"iteration":-1}"#, ["/iteration"]),
            (#"{"iteration":2}"#, ["/iteration"]), (#"{"iteration":10001}"#, ["/iteration"]),
            (#"{"iteration":"1"}"#, ["/iteration"]), (#"{"iteration":1.5}"#, ["/iteration"]),
            (#"{"iteration":1,"limits":{"iterations":1}}"#, ["/limits"]),
            (#"{"iteration":1,"limits":{"training_data":2}}"#, ["/limits"]),
            (#"{"iteration":1,"limits":{"iterations":0}}"#, ["/limits/iterations"]),
            (#"{"iteration":1,"seed":4}"#, ["/seed"]), (#"{"iteration":1,"labels":{"a":1}}"#, ["/labels/a"]),
            ("[]", [""]),
        ])
    func refused(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        _ = try await server.act(id, Self.data("a", 2))
        let answer = try await server.post("/v1/sessions/\(id)/fork", body)
        #expect(answer.status == 422)
        #expect(answer.pointers == pointers)
        #expect(try await server.get("/v1/sessions").json["items"]?.arrayValue?.count == 1)
        #expect(try await server.post("/v1/sessions/none/fork", #"{"iteration":0}"#).status == 404)
    }

    @Test("an iteration in flight, and one that was cancelled, are none to go on from")
    func unfinished() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onTrain = { try await barrier.pass() }
        let server = try TestServer(student: student)
        let id = try await server.readySession()
        _ = try await server.post("/v1/sessions/\(id)/actions", Self.data("a", 1))
        try await barrier.waitForArrival()
        let running = try await server.post("/v1/sessions/\(id)/fork", #"{"iteration":1}"#)
        #expect(running.status == 422)
        #expect(running.pointers == ["/iteration"])
        // The iterations before it are over.
        _ = try await fork(server, id, #"{"iteration":0}"#)
        _ = try await server.send("POST", "/v1/sessions/\(id)/cancel")
        let cancelled = try await server.post("/v1/sessions/\(id)/fork", #"{"iteration":1}"#)
        #expect(cancelled.pointers == ["/iteration"])
        barrier.open()
    }
}
