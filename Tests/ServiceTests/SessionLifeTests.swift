import JSON
import Service
import Testing

@Suite("API: a session's life")
struct SessionLifeTests {
    @Test("index, catalogue and health answer as the contract says")
    func catalogue() async throws {
        let server = try TestServer()
        #expect(try await server.get("/v1").json["name"] == "dataenvgym")
        for path in ["/v1/tasks", "/v1/students", "/v1/teachers", "/v1/environments"] {
            let list = try await server.get(path)
            #expect(list.status == 200)
            #expect(list.json["items"]?.arrayValue?.isEmpty == false)
        }
        #expect(try await server.get("/v1/tasks/task").json["splits"]?["validation"]?["count"] == 20)
        #expect(try await server.get("/v1/tasks/none").status == 404)
        #expect(try await server.get("/healthz").status == 200)
        #expect(try await server.get("/readyz").status == 200)
        #expect(try await server.get("/openapi.yaml").bytes == Contract.bytes)
    }

    @Test("the train split is read page by page; the held-out splits are not to be had")
    func instances() async throws {
        let server = try TestServer()
        var ids: [String] = []
        var next: String? = ""
        while let cursor = next {
            let suffix = cursor.isEmpty ? "" : "&cursor=\(cursor)"
            let page = try await server.get("/v1/tasks/task/instances?limit=4\(suffix)").json
            ids += (page["items"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            next = page["next_cursor"]?.stringValue
        }
        #expect(ids == (0..<10).map { "train\($0)" })
        #expect(try await server.get("/v1/tasks/task/instances?split=test").status == 400)
        #expect(try await server.get("/v1/tasks/task/instances?split=validation").status == 400)
    }

    @Test("create, observe, act, feedback, results, report, to the end")
    func wholeLife() async throws {
        let server = try TestServer()
        let created = try await server.post(
            "/v1/sessions",
            #"{"task":"task","seed":9,"limits":{"iterations":2},"name":"first","labels":{"b":"2","a":"1"}}"#)
        #expect(created.status == 201)
        let id = try #require(created.json["id"]?.stringValue)
        #expect(created.headers.first("Location") == "/v1/sessions/\(id)")
        #expect(created.json["labels"] == ["a": "1", "b": "2"])

        let observation = try await server.get("/v1/sessions/\(id)/observation?wait=20").json
        #expect(observation["examples"]?.arrayValue?.count == 20)
        #expect(observation["examples"]?[0]?["instance"]?["skill"] == nil)
        #expect(observation["remaining"]?["iterations"] == 2)

        let feedback = try await server.turn(id, count: 4)
        #expect(feedback.status == 200)
        #expect(feedback.json["status"] == "succeeded")
        #expect(feedback.json["reward"] == 0.2)
        #expect(feedback.json["data"]?["accumulated"] == 4)
        #expect(feedback.json["reports"]?.arrayValue?.count == 1)
        #expect(feedback.json["reports"]?[0]?["split"] == "validation")
        #expect(try await server.get("/v1/sessions/\(id)/feedback/1").json == feedback.json)

        let wrong = try await server.get("/v1/sessions/\(id)/feedback/1/results?correct=false&limit=3").json
        #expect(wrong["items"]?.arrayValue?.count == 3)
        #expect(wrong["next_cursor"]?.stringValue != nil)
        let test = try await server.get("/v1/sessions/\(id)/feedback/1/results?split=test&correct=true").json
        #expect(test["items"]?.arrayValue?.count == 4)

        #expect(try await server.turn(id, count: 4, name: "more").json["status"] == "succeeded")
        let session = try await server.get("/v1/sessions/\(id)").json
        #expect(session["status"] == "finished")
        #expect(session["spent"] == ["iterations": 2, "training_data": 8, "teacher_tokens": 0])
        let report = try await server.get("/v1/sessions/\(id)/report").json
        #expect(report["curve"]?.arrayValue?.map { $0["training_data"]?.intValue } == [0, 4, 8])
        let over = try await server.turn(id, count: 1)
        #expect(over.status == 409)
        #expect(over.type == "/problems/session-finished")
        #expect(over.headers.first("x-should-retry") == "false")
    }

    @Test("all data are streamed as NDJSON, in order, however many")
    func trainingData() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        _ = try await server.turn(id, count: 1200)
        _ = try await server.turn(id, count: 3, name: "more")
        let answer = try await server.get("/v1/sessions/\(id)/training-data")
        let lines = answer.bytes.split(separator: UInt8(ascii: "\n"))
        let instructions = try lines.map { try JSONValue(parsing: Array($0))["instruction"]?.stringValue }
        #expect(instructions == (0..<1200).map { "own \($0)" } + (0..<3).map { "more \($0)" })
    }

    @Test("predictions come from the student as it is now")
    func predictions() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let path = "/v1/sessions/\(id)/predictions"
        let before = try await server.post(path, #"{"instructions":["a","b"]}"#)
        #expect(before.json["predictions"]?[1]?["response"] == "wrong")
        _ = try await server.turn(id, count: 2)
        let after = try await server.post(path, #"{"instructions":["a","b"]}"#)
        #expect(after.json["iteration"] == 1)
        #expect(after.json["predictions"]?[1]?["response"] == "right")
    }

    @Test("a plan is carried out by the teacher")
    func plan() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let answer = try await server.post(
            "/v1/sessions/\(id)/actions",
            #"{"type":"plan","specs":[{"skill":"s","count":3},{"like":["validation3"],"count":2}]}"#,
            headers: [("Prefer", "respond-async, wait=20")])
        #expect(answer.status == 200)
        #expect(answer.json["data"]?["received"] == 5)
    }

    @Test("sessions are listed newest first and can be removed")
    func listAndDelete() async throws {
        let server = try TestServer()
        var ids: [String] = []
        for _ in 0..<3 { ids.append(try await server.readySession()) }
        let first = try await server.get("/v1/sessions?limit=2").json
        let cursor = try #require(first["next_cursor"]?.stringValue)
        let second = try await server.get("/v1/sessions?limit=2&cursor=\(cursor)").json
        let listed = ((first["items"]?.arrayValue ?? []) + (second["items"]?.arrayValue ?? []))
            .compactMap { $0["id"]?.stringValue }
        #expect(listed == ids.reversed())
        #expect(try await server.send("DELETE", "/v1/sessions/\(ids[1])").status == 204)
        #expect(try await server.get("/v1/sessions/\(ids[1])").status == 404)
        #expect(try await server.send("DELETE", "/v1/sessions/\(ids[1])").status == 404)
    }

    @Test("the same seed gives the same feedback, byte for byte but for the timing")
    func determinism() async throws {
        let server = try TestServer()
        var bodies: [JSONValue] = []
        for _ in 0..<2 {
            let id = try await server.readySession(#","seed":5"#)
            var feedback = try await server.turn(id, count: 7).json.objectValue ?? [:]
            feedback["timing"] = nil
            bodies.append(.object(feedback))
        }
        #expect(bodies[0].bytes() == bodies[1].bytes())
    }
}
