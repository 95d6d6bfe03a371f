import JSON
import TestSupport
import Testing

@Suite("API: exports")
struct ExportTests {
    private static let setup = #","environment":"skill_tree","seed":11,"limits":{"iterations":4}"#
    private static let actions = [
        #"""
        {"type":"skill_tree","actions":{"common":{"type":"explore","num_new_skills":2,
        "data_allocation_for_new_skills":2},"rare":{"type":"explore","num_new_skills":1,
        "data_allocation_for_new_skills":1,"new_skills":[{"name":"mine","instruction":"about this"}]}}}
        """#,
        #"{"type":"skill_tree","actions":{"common":{"type":"exploit","data_allocation_delta":{"sub2":3}}}}"#,
        #"""
        {"type":"data","data":[{"instruction":"own","response":"right","skill":"rare","subskill":"mine"},
        {"instruction":"Validation question 3","response":"right","skill":"rare","subskill":"mine"}]}
        """#,
    ]

    /// A session that has taken the actions.
    private func session(_ server: TestServer, _ setup: String = setup) async throws -> String {
        let id = try await server.readySession(setup)
        for action in Self.actions { try await server.lastingFeedback(id, action) }
        return id
    }

    private func json(_ line: String) throws -> JSONValue { try JSONValue(parsing: Array(line.utf8)) }

    @Test("a header, then each iteration with action, data, feedback, test report and the student's digest")
    func lines() async throws {
        let server = try TestServer()
        let id = try await session(server)
        let lines = try await server.lines("/v1/sessions/\(id)/export").map(json)
        #expect(lines.count == 5)
        let header = lines[0]
        #expect(header["format"] == "dataenvgym-session")
        #expect(header["id"]?.stringValue == id)
        #expect(header["session"]?["seed"] == 11)
        #expect(lines[1]["action"] == .null)
        #expect(lines[1]["test"]?["split"] == "test")
        for (line, action) in zip(lines.dropFirst(2), Self.actions) {
            #expect(line["action"] == (try json(action)))
            #expect(line["checkpoint"]?.stringValue != nil)
            #expect(line["feedback"]?["timing"] == nil)
            let number = try #require(line["iteration"]?.intValue)
            let feedback = try await server.get("/v1/sessions/\(id)/feedback/\(number)")
            #expect(line["feedback"]?.bytes() == Array(TestServer.lasting(feedback).utf8))
        }
        #expect(lines[4].all("rejected", in: "data") == [nil, "overlap"])
        #expect(lines[4].all("findings", in: "data")[1].arrayValue?.contains("overlap") == true)
    }

    @Test("equal seed and actions give equal lines; another seed does not")
    func determinism() async throws {
        let server = try TestServer()
        let first = try await session(server)
        let second = try await session(server)
        let one = try await server.lines("/v1/sessions/\(first)/export")
        let two = try await server.lines("/v1/sessions/\(second)/export")
        #expect(one[0] != two[0])
        #expect(one.dropFirst() == two.dropFirst())
        let other = try await session(server, Self.setup.replacing("11", with: "12"))
        #expect(try await server.lines("/v1/sessions/\(other)/export").dropFirst() != one.dropFirst())
    }

    @Test("another service replays an export, skill discovery included, to the same lines")
    func replay() async throws {
        let server = try TestServer()
        let found = try await server.post(
            "/v1/skill-discoveries", #"{"task":"task","method":"shuffled","categories":3,"seed":4}"#)
        let skills = try #require(found.json["id"]?.stringValue)
        let id = try await server.readySession(
            #","environment":"skill_list","skills":"\#(skills)","schedule":{"iterations_per_training":2}"#)
        for action in [
            #"{"type":"plan","specs":[{"skill":"group_2","count":3},{"like":["train3"],"count":1}]}"#,
            #"{"type":"data","data":[{"instruction":"own","response":"right","skill":"group_1"}]}"#,
            #"{"type":"plan","specs":[{"skill":"group_3","count":1}]}"#,
        ] { try await server.lastingFeedback(id, action) }
        let original = try await server.lines("/v1/sessions/\(id)/export")

        let fresh = try TestServer()
        var discovery = try #require(try json(original[1])["skill_discovery"]?.objectValue)
        discovery["id"] = nil
        let supplied = try await fresh.post("/v1/skill-discoveries", text(.object(discovery)))
        #expect(supplied.json["id"]?.stringValue == skills)
        let body = try #require(try json(original[0])["session"])
        let created = try await fresh.post("/v1/sessions", text(body))
        let copy = try #require(created.json["id"]?.stringValue)
        _ = try await fresh.get("/v1/sessions/\(copy)/observation?wait=20")
        for line in original.dropFirst(3) {
            let action = try #require(try json(line)["action"])
            try await fresh.lastingFeedback(copy, text(action))
        }
        let replayed = try await fresh.lines("/v1/sessions/\(copy)/export")
        #expect(replayed.dropFirst() == original.dropFirst())
    }

    private func text(_ value: JSONValue) -> String { String(decoding: value.bytes(), as: UTF8.self) }

    @Test("a failed iteration is exported with its reason; one in flight is not exported yet")
    func failedAndUnfinished() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onTrain = { try await barrier.pass() }
        let server = try TestServer(student: student)
        let id = try await server.readySession()
        let overlap = #"{"type":"data","data":[{"instruction":"test question 1","response":"r"}]}"#
        #expect(try await server.act(id, overlap).json["status"] == "failed")
        _ = try await server.post(
            "/v1/sessions/\(id)/actions", #"{"type":"data","data":[{"instruction":"q","response":"r"}]}"#)
        try await barrier.waitForArrival()
        let lines = try await server.lines("/v1/sessions/\(id)/export").map(json)
        #expect(lines.count == 3)
        #expect(lines[2]["feedback"]?["status"] == "failed")
        #expect(lines[2]["checkpoint"] == .null)
        #expect(lines[2]["test"] == .null)
        barrier.open()
        #expect(try await server.get("/v1/sessions/none/export").status == 404)
    }
}
