import JSON
import TestSupport
import Testing

@Suite("API: what is held out stays so")
struct HeldOutTests {
    /// Everything that an agent may need to read or to send in a session.
    private func whatAnAgentSees(_ server: TestServer, _ id: String) async throws -> [String: String] {
        var seen: [String: String] = [:]
        for part in [
            "", "/observation", "/feedback/0", "/feedback/1", "/feedback/2", "/feedback/0/results",
            "/feedback/1/results", "/feedback/1/results?correct=true", "/training-data",
        ] {
            let answer = try await server.get("/v1/sessions/\(id)\(part)")
            #expect(answer.status == 200)
            seen[part] = String(decoding: answer.bytes, as: UTF8.self)
        }
        for (part, body) in [
            ("/predictions", #"{"instructions":["a","b"]}"#),
            (
                "/quality-checks",
                #"{"data":[{"instruction":"a","response":"right","skill":"rare","subskill":"own"}]}"#
            ),
        ] {
            let answer = try await server.post("/v1/sessions/\(id)\(part)", body)
            #expect(answer.status == 200)
            seen[part] = String(decoding: answer.bytes, as: UTF8.self)
        }
        for list in ["/v1/tasks/task", "/v1/tasks/task/instances"] {
            seen[list] = String(decoding: try await server.get(list).bytes, as: UTF8.self)
        }
        // The catalogue says how many test instances there are, and nothing else of them.
        seen["/v1/tasks/task"] = seen["/v1/tasks/task"]?.replacing(#""test":{"count":20}"#, with: "")
        return seen
    }

    @Test(
        "nothing that an agent needs shows test results or test instances",
        arguments: ["open_ended", "skill_list", "skill_tree"])
    func hidden(environment: String) async throws {
        let server = try TestServer()
        let discovered = try await server.post(
            "/v1/skill-discoveries", #"{"task":"task","method":"shuffled","categories":2}"#)
        let skills = try #require(discovered.json["id"]?.stringValue)
        for source in ["gold", skills] {
            let id = try await server.readySession(
                #","environment":"\#(environment)","skills":"\#(source)","schedule":{"test_every":1}"#)
            let skill = source == "gold" ? "rare" : "group_1"
            func datum(_ instruction: String) -> String {
                #"{"instruction":"\#(instruction)","response":"r","skill":"\#(skill)","subskill":"s"}"#
            }
            _ = try await server.act(id, #"{"type":"data","data":[\#(datum("own"))]}"#)
            // One that is refused because it is a test instance's is not shown either.
            let mixed = #"{"type":"data","data":[\#(datum("more")),\#(datum("Test Question 3"))]}"#
            #expect(try await server.act(id, mixed).json["data"]?["rejected"] == 1)
            let session = try await server.get("/v1/sessions/\(id)").json
            #expect(session["iteration"] == 2)
            let report = try await server.get("/v1/sessions/\(id)/report").json
            #expect(report["curve"]?[1]?["test"] != .null)
            guard source == "gold" else { continue }
            // What the owner may ask for does show them: the patterns below would find them.
            let owner = try await server.get("/v1/sessions/\(id)/feedback/1/results?split=test")
            #expect(String(decoding: owner.bytes, as: UTF8.self).contains(/"test[0-9]+"/))
            for (path, text) in try await whatAnAgentSees(server, id) {
                #expect(!text.contains(#""test":"#), "\(path)")
                #expect(!text.contains(#""split":"test""#), "\(path)")
                #expect(!text.contains(/"test[0-9]+"/), "\(path)")
                #expect(!text.lowercased().contains("test question"), "\(path)")
            }
        }
        let list = "/v1/skill-discoveries/\(skills)"
        for path in [list, list + "/assignments", "/v1/skill-discoveries"] {
            let text = String(decoding: try await server.get(path).bytes, as: UTF8.self)
            #expect(!text.contains("test"), "\(path)")
        }
    }

    @Test(
        "no action can name a test instance, and its refusal is that of an id that is not there",
        arguments: ["open_ended", "skill_list"])
    func unknownIDs(environment: String) async throws {
        let server = try TestServer()
        let id = try await server.readySession(#","environment":"\#(environment)""#)
        func errors(_ instance: String) async throws -> JSONValue? {
            try await server.act(id, #"{"type":"plan","specs":[{"like":["\#(instance)"],"count":1}]}"#)
                .json["errors"]
        }
        let held = try await errors("test3")
        #expect(held?[0]?["pointer"] == "/specs/0/like/0")
        #expect(held == (try await errors("nobody")))
    }
}
