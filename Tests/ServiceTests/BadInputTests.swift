import Gym
import JSON
import TestSupport
import Testing

@Suite("API: bad input gets a 4xx that points at the mistake, and changes nothing")
struct BadInputTests {
    @Test(
        "creating a session",
        arguments: [
            (#"{}"#, ["/task"]),
            (#"{"task":"none"}"#, ["/task"]),
            (#"{"task":7}"#, ["/task"]),
            (#"{"task":"task","seed":-1}"#, ["/seed"]),
            (#"{"task":"task","seed":1.5}"#, ["/seed"]),
            (#"{"task":"task","seed":9007199254740992}"#, ["/seed"]),
            (#"{"task":"task","environment":"maze"}"#, ["/environment"]),
            (#"{"task":"task","student":"x"}"#, ["/student"]),
            (#"{"task":"task","teacher":"x"}"#, ["/teacher"]),
            (#"{"task":"task","limits":{"iterations":0}}"#, ["/limits/iterations"]),
            (#"{"task":"task","limits":{"iterations":1001}}"#, ["/limits/iterations"]),
            (
                #"{"task":"task","limits":{"training_data":0,"iteration":3}}"#,
                ["/limits/training_data", "/limits/iteration"]
            ),
            (#"{"task":"task","training":{"start":"middle"}}"#, ["/training/start"]),
            (#"{"task":"task","training":{"steps":0}}"#, ["/training/steps"]),
            (#"{"task":"task","training":{"steps":5000000}}"#, ["/training/steps"]),
            (#"{"task":"task","training":{"steps":2000}}"#, ["/training/steps"]),
            (#"{"task":"task","labels":{"a":1}}"#, ["/labels/a"]),
            (#"{"task":"task","tsak":1}"#, ["/tsak"]),
            (#"{"task":"task","task":"task"}"#, ["/task"]),
            (#"{"task":"task","labels":{"a":"1","b":"2","a":"3"}}"#, ["/labels/a"]),
            (#"{"task":"task","quality":"strict"}"#, ["/quality"]),
            (#"{"task":"task","proposals":"none"}"#, ["/proposals"]),
            (
                #"{"task":"task","schedule":{"iterations_per_training":0,"test_every":1001}}"#,
                ["/schedule/iterations_per_training", "/schedule/test_every"]
            ),
            (#"{"task":"task","limits":{"teacher_tokens":0}}"#, ["/limits/teacher_tokens"]),
            (#"[]"#, [""]),
            (#"null"#, [""]),
        ])
    func session(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let answer = try await server.post("/v1/sessions", body)
        #expect(answer.status == 422)
        #expect(answer.type == "/problems/invalid-request")
        #expect(Set(answer.pointers) == Set(pointers))
        #expect(try await server.get("/v1/sessions").json["items"] == [])
    }

    @Test(
        "a body that is not JSON",
        arguments: [
            "", "{", #"{"task":"task"} x"#, #"{"task":NaN}"#, #"{"seed":1e999}"#,
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
            String(repeating: "[", count: 100_000), "\u{FEFF}{}", #"{"task":"\ud800"}"#,
        ])
    func malformed(body: String) async throws {
        let server = try TestServer()
        let answer = try await server.post("/v1/sessions", body)
        #expect(answer.status == 400)
        #expect(answer.type == "/problems/malformed-json")
    }

    @Test("a body that is not UTF-8")
    func notUTF8() async throws {
        let server = try TestServer()
        let body = Array(#"{"task":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let answer = try await server.send(
            "POST", "/v1/sessions", body: body, headers: [("Content-Type", "application/json")])
        #expect(answer.status == 400)
        #expect(answer.type == "/problems/malformed-json")
    }

    @Test(
        "a body without, or with another, media type",
        arguments: ["", "text/plain", "application/x-www-form-urlencoded"])
    func mediaType(type: String) async throws {
        let server = try TestServer()
        // An empty value makes libcurl leave the field out.
        let answer = try await server.send(
            "POST", "/v1/sessions", body: Array(#"{"task":"task"}"#.utf8), headers: [("Content-Type", type)])
        #expect(answer.status == 415)
    }

    @Test("a charset and letter case in the media type do no harm")
    func mediaTypeParameters() async throws {
        let server = try TestServer()
        let answer = try await server.send(
            "POST", "/v1/sessions", body: Array(#"{"task":"task"}"#.utf8),
            headers: [("Content-Type", "Application/JSON; charset=utf-8")])
        #expect(answer.status == 201)
    }

    @Test("a body of 33 MiB is refused with 413")
    func tooLarge() async throws {
        let server = try TestServer()
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 33 << 20)
        let answer = try await server.send(
            "POST", "/v1/sessions", body: body, headers: [("Content-Type", "application/json")])
        #expect(answer.status == 413)
        #expect(try await server.get("/healthz").status == 200)
    }

    private static let longText = String(repeating: "x", count: 32_769)

    @Test(
        "acting",
        arguments: [
            (#"{}"#, ["/type"]),
            (#"{"type":"teach"}"#, ["/type"]),
            (#"{"type":"data"}"#, ["/data"]),
            (#"{"type":"data","data":[]}"#, ["/data"]),
            (#"{"type":"data","data":{}}"#, ["/data"]),
            (
                #"{"type":"data","data":[{"instruction":"q","response":"r"},{"instruction":"q"}]}"#,
                ["/data/1/response"]
            ),
            (#"{"type":"data","data":[{"instruction":"","response":"r"}]}"#, ["/data/0/instruction"]),
            (#"{"type":"data","data":[{"instruction":" \t\n","response":"r"}]}"#, ["/data/0/instruction"]),
            (#"{"type":"data","data":[{"instruction":"q","response":"r","skil":"x"}]}"#, ["/data/0/skil"]),
            (
                #"{"type":"data","data":[{"instruction":"q","response":"\#(longText)"}]}"#,
                ["/data/0/response"]
            ),
            (#"{"type":"data","data":[7,"x"]}"#, ["/data/0", "/data/1"]),
            (#"{"type":"plan","specs":[]}"#, ["/specs"]),
            (#"{"type":"plan","specs":[{"count":3}]}"#, ["/specs/0"]),
            (#"{"type":"plan","specs":[{"skill":"a"}]}"#, ["/specs/0/count"]),
            (#"{"type":"plan","specs":[{"skill":"a","count":0}]}"#, ["/specs/0/count"]),
            (#"{"type":"plan","specs":[{"subskill":"a","count":1}]}"#, ["/specs/0/subskill"]),
            (#"{"type":"plan","specs":[{"like":[],"count":1}]}"#, ["/specs/0/like"]),
            (#"{"type":"plan","specs":[{"like":["validation1","nobody"],"count":1}]}"#, ["/specs/0/like/1"]),
            (#"{"type":"plan","specs":[{"like":["test1"],"count":1}]}"#, ["/specs/0/like/0"]),
            (#"{"type":"plan","specs":[{"like":["validation1"],"skill":"a","count":1}]}"#, ["/specs/0/like"]),
            (
                #"{"type":"plan","specs":[{"skill":"a","count":5},{"skill":"refused","count":5}]}"#,
                ["/specs/1/skill"]
            ),
        ])
    func action(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let answer = try await server.post("/v1/sessions/\(id)/actions", body)
        #expect(answer.status == 422)
        #expect(Set(answer.pointers) == Set(pointers))
        let session = try await server.get("/v1/sessions/\(id)").json
        #expect(session["status"] == "ready")
        #expect(session["iteration"] == 0)
    }

    @Test("more data than the session's limit leaves")
    func overLimit() async throws {
        let server = try TestServer()
        let id = try await server.readySession(#","limits":{"training_data":5}"#)
        #expect(try await server.turn(id, count: 6).status == 422)
        #expect(try await server.turn(id, count: 3).status == 200)
        #expect(try await server.turn(id, count: 3, name: "more").status == 422)
        #expect(try await server.turn(id, count: 2, name: "more").json["status"] == "succeeded")
        #expect(try await server.get("/v1/sessions/\(id)").json["status"] == "finished")
    }

    @Test("a mistake in a large body is answered shortly: the list of errors is bounded")
    func manyErrors() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let items = Array(repeating: "1", count: 10_000).joined(separator: ",")
        let answer = try await server.post(
            "/v1/sessions/\(id)/actions", #"{"type":"data","data":[\#(items)]}"#)
        #expect(answer.status == 422)
        #expect(answer.pointers.count <= 32)
        let tooMany = Array(repeating: "1", count: 10_001).joined(separator: ",")
        let over = try await server.post(
            "/v1/sessions/\(id)/actions", #"{"type":"data","data":[\#(tooMany)]}"#)
        #expect(over.pointers == ["/data"])
    }

    @Test("a plan for a session without a teacher")
    func noTeacher() async throws {
        let server = try TestServer()
        let created = try await server.post("/v1/sessions", #"{"task":"other"}"#)
        #expect(created.json["teacher"] == .null)
        let id = try #require(created.json["id"]?.stringValue)
        _ = try await server.get("/v1/sessions/\(id)/observation?wait=20")
        let answer = try await server.post(
            "/v1/sessions/\(id)/actions", #"{"type":"plan","specs":[{"skill":"a","count":1}]}"#)
        #expect(answer.pointers == ["/type"])
        let refused = try await server.post("/v1/sessions", #"{"task":"other","teacher":"numbering"}"#)
        #expect(refused.pointers == ["/teacher"])
    }

    @Test(
        "unknown ids are 404",
        arguments: [
            "/v1/sessions/none", "/v1/sessions/none/observation", "/v1/sessions/none/feedback/0",
            "/v1/sessions/none/report", "/v1/sessions/none/training-data", "/v1/sessions/none/export",
            "/v1/skill-discoveries/none", "/v1/sessions/%00",
            "/v1/sessions/' OR 1=1", "/v1/nothing",
        ])
    func unknown(path: String) async throws {
        let server = try TestServer()
        let status = try await server.get(path.replacing(" ", with: "%20")).status
        #expect(status == (path.hasSuffix("%00") ? 400 : 404))
    }

    @Test(
        "query parameters that cannot be understood, or are not known, are 400",
        arguments: [
            "observation?wait=-1", "observation?wait=x", "observation?wait=56", "observation?wiat=3",
            "feedback/0?wait=1e3", "feedback/0/results?correct=yes", "feedback/0/results?limit=0",
            "feedback/0/results?limit=1001", "feedback/0/results?cursor=abc",
            "feedback/0/results?split=train",
        ])
    func query(path: String) async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let answer = try await server.get("/v1/sessions/\(id)/\(path)")
        #expect(answer.status == 400)
        #expect(answer.type == "/problems/bad-parameter")
    }

    @Test(
        "feedback of an iteration that is not there is 404",
        arguments: ["1", "-1", "01", "x", "99999999999999999999"])
    func noIteration(number: String) async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        #expect(try await server.get("/v1/sessions/\(id)/feedback/\(number)").status == 404)
    }

    @Test(
        "predictions",
        arguments: [
            (#"{"instructions":[]}"#, "/instructions"), (#"{"instructions":"a"}"#, "/instructions"),
            (#"{"instructions":[""]}"#, "/instructions/0"), (#"{}"#, "/instructions"),
        ])
    func predictions(body: String, pointer: String) async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let answer = try await server.post("/v1/sessions/\(id)/predictions", body)
        #expect(answer.status == 422)
        #expect(answer.pointers == [pointer])
    }

    @Test("a method that a path does not have is 405 with Allow")
    func method() async throws {
        let server = try TestServer()
        let answer = try await server.send("PUT", "/v1/sessions")
        #expect(answer.status == 405)
        #expect(answer.headers.first("Allow")?.contains("POST") == true)
    }
}
