import JSON
import TestSupport
import Testing

@Suite("API: quality checks")
struct QualityCheckTests {
    private static func body(_ data: [(instruction: String, response: String)]) -> String {
        let items = data.map { #"{"instruction":"\#($0.instruction)","response":"\#($0.response)"}"# }
        return #"{"data":[\#(items.joined(separator: ","))]}"#
    }

    @Test("the route tells what an iteration would find, and changes nothing")
    func findings() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        _ = try await server.turn(id, count: 3)
        let before = try await server.everything(of: id)
        let answer = try await server.post(
            "/v1/sessions/\(id)/quality-checks",
            // The student that has seen three data answers the first three of any batch with `right`.
            Self.body([
                ("new", "other"), ("known", "right"), ("OWN  1.", "r"), ("fresh", "right"),
                ("Test question 7?", "r"), ("fresh", "right"),
            ]))
        #expect(answer.status == 200)
        #expect(
            answer.json.all("findings", in: "data") == [
                [], ["known"], ["duplicate"], [], ["overlap"], ["duplicate"],
            ])
        #expect(answer.json.all("accepted", in: "data") == [true, true, true, true, false, true])
        #expect(answer.json["data"]?[0]?["student_response"] == "right")
        #expect(answer.json["checked"] == 6)
        #expect(answer.json["passed"] == 2)
        #expect(
            answer.json["findings"] == [
                ["finding": "overlap", "count": 1], ["finding": "duplicate", "count": 2],
                ["finding": "known", "count": 1],
            ])
        #expect(try await server.everything(of: id) == before)
    }

    @Test("what is checked has to be labelled as an action's data", arguments: ["skill_list", "skill_tree"])
    func labels(environment: String) async throws {
        let server = try TestServer()
        let id = try await server.readySession(#","environment":"\#(environment)""#)
        let path = "/v1/sessions/\(id)/quality-checks"
        #expect(try await server.post(path, Self.body([("q", "r")])).pointers == ["/data/0/skill"])
        let labelled = #"{"instruction":"q","response":"r","skill":"rare","subskill":"own"}"#
        #expect(try await server.post(path, #"{"data":[\#(labelled)]}"#).status == 200)
    }

    @Test("bad requests point at the mistake")
    func refused() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let path = "/v1/sessions/\(id)/quality-checks"
        let tooMany = Self.body(Array(repeating: ("q", "r"), count: 257))
        for (body, pointer) in [
            ("{}", "/data"), (#"{"data":[]}"#, "/data"), (tooMany, "/data"),
            (Self.body([("q", " ")]), "/data/0/response"), (#"{"data":[7]}"#, "/data/0"),
            (#"{"data":[{"instruction":"q","response":"r"}],"x":1}"#, "/x"),
        ] {
            let answer = try await server.post(path, body)
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer])
        }
        #expect(
            try await server.post("/v1/sessions/none/quality-checks", Self.body([("q", "r")])).status == 404)
    }

    @Test("report mode trains on data with findings, and says so")
    func reportMode() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        _ = try await server.turn(id, count: 3)
        let feedback = try await server.turn(id, count: 4).json
        #expect(feedback["data"]?["accepted"] == 4)
        #expect(feedback["quality"]?["findings"] == [["finding": "duplicate", "count": 3]])
        #expect(feedback["quality"]?["passed"] == 1)
        let used = try await server.lines("/v1/sessions/\(id)/training-data")
        #expect(used.count == 7)
        #expect(used.count { $0.contains(#""findings":["duplicate"]"#) } == 3)
    }

    @Test("filter mode refuses data with findings; an iteration without any other fails and costs nothing")
    func filterMode() async throws {
        let server = try TestServer()
        let id = try await server.readySession(#","quality":"filter""#)
        _ = try await server.turn(id, count: 3)
        let feedback = try await server.turn(id, count: 4).json
        #expect(feedback["data"]?["accepted"] == 1)
        #expect(feedback["data"]?["accumulated"] == 4)
        #expect(feedback["data"]?.all("index", in: "rejections") == [0, 1, 2])
        #expect(feedback["data"]?["rejections"]?[0]?["reason"] == "duplicate")
        let failed = try await server.turn(id, count: 2).json
        #expect(failed["status"] == "failed")
        #expect(failed["error"]?["detail"]?.stringValue?.contains("2 duplicate") == true)
        let session = try await server.get("/v1/sessions/\(id)").json
        #expect(session["status"] == "ready")
        #expect(session["spent"]?["training_data"] == 4)
        #expect(session["spent"]?["iterations"] == 2)
    }

    @Test("spent teacher tokens end plans, not the agent's own data")
    func teacherTokens() async throws {
        var teacher = NumberingTeacher()
        teacher.tokens = 40
        let server = try TestServer(teacher: teacher)
        let id = try await server.readySession(#","limits":{"teacher_tokens":60}"#)
        let plan = #"{"type":"plan","specs":[{"skill":"common","count":2}]}"#
        for left in [20, 0] {
            #expect(try await server.act(id, plan).json["status"] == "succeeded")
            let observation = try await server.get("/v1/sessions/\(id)/observation").json
            #expect(observation["remaining"]?["teacher_tokens"]?.intValue == left)
        }
        #expect(try await server.get("/v1/sessions/\(id)").json["spent"]?["teacher_tokens"] == 80)
        let before = try await server.everything(of: id)
        let refused = try await server.act(id, plan)
        #expect(refused.status == 409)
        #expect(refused.type == "/problems/teacher-tokens-spent")
        #expect(refused.headers.first("x-should-retry") == "false")
        #expect(try await server.everything(of: id) == before)
        #expect(try await server.turn(id, count: 1).json["status"] == "succeeded")
    }
}
