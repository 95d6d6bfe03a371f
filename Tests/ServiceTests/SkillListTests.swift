import JSON
import TestSupport
import Testing

@Suite("API: the environment skill_list")
struct SkillListTests {
    private static let environment = #","environment":"skill_list""#

    @Test("the observation shows each skill with its performance, reward, data and examples")
    func observation() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let before = try await server.get("/v1/sessions/\(id)/observation").json
        #expect(before["examples"] == nil)
        #expect(before.all("name", in: "skills") == ["common", "rare"])
        #expect(before.all("count", in: "skills") == [15, 5])
        #expect(before.all("performance", in: "skills") == [0.0, 0.0])
        #expect(before.all("reward", in: "skills") == [nil, nil])
        #expect(before.all("training_data", in: "skills") == [0, 0])
        let rare = try #require(before.named("rare", in: "skills"))
        let shown = rare.all("instance", in: "examples").compactMap { $0["id"]?.stringValue }
        #expect(shown == ["validation0", "validation4", "validation8", "validation12", "validation16"])
        #expect(rare["examples"]?[0]?["instance"]?["skill"] == nil)
    }

    @Test("a plan by skill is carried out, labelled and counted by skill, with a reward for each")
    func planBySkill() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let feedback = try await server.act(
            id, #"{"type":"plan","specs":[{"skill":"rare","count":3},{"like":["validation1"],"count":1}]}"#
        ).json
        #expect(feedback["reward"] == 0.2)
        #expect(
            feedback["skill_rewards"] == [
                ["skill": "rare", "reward": 0.2], ["skill": "common", "reward": 0.2],
            ])
        let slices = try #require(feedback["reports"]?[0])
        #expect(Set(slices.all("value_of", in: "slices").compactMap(\.stringValue)) == ["common", "rare"])
        let after = try #require(feedback["observation"])
        #expect(after.all("training_data", in: "skills") == [1, 3])
        #expect(after.all("reward", in: "skills") == [0.2, 0.2])
        let used = try await server.lines("/v1/sessions/\(id)/training-data")
        let labels = try used.map { try JSONValue(parsing: Array($0.utf8))["skill"]?.stringValue }
        #expect(labels == ["rare", "rare", "rare", "common"])
    }

    @Test("own data count for the skills that they are labelled with")
    func ownData() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let feedback = try await server.act(
            id,
            #"""
            {"type":"data","data":[{"instruction":"a","response":"right","skill":"common","subskill":"mine"},
            {"instruction":"b","response":"right","skill":"rare"}]}
            """#
        ).json
        #expect(feedback["observation"]?.all("training_data", in: "skills") == [1, 1])
        #expect(feedback["quality"]?["checked"] == 2)
    }

    @Test(
        "what names no skill of the session is refused with its place, and nothing changes",
        arguments: [
            (#"{"type":"data","data":[{"instruction":"a","response":"b"}]}"#, ["/data/0/skill"]),
            (#"{"type":"data","data":[{"instruction":"a","response":"b","skill":null}]}"#, ["/data/0/skill"]),
            (#"{"type":"data","data":[{"instruction":"a","response":"b","skill":"x"}]}"#, ["/data/0/skill"]),
            (#"{"type":"data","data":[{"instruction":"a","response":"b","skill":7}]}"#, ["/data/0/skill"]),
            (
                #"{"type":"data","data":[{"instruction":"a","skill":"rare"},{"response":"b","skill":"x"}]}"#,
                ["/data/0/response", "/data/1/instruction", "/data/1/skill"]
            ),
            (#"{"type":"plan","specs":[{"skill":"x","count":1}]}"#, ["/specs/0/skill"]),
            (#"{"type":"plan","specs":[{"instruction":"more","count":1}]}"#, ["/specs/0/skill"]),
            (#"{"type":"plan","specs":[{"skill":"refused","count":1}]}"#, ["/specs/0/skill"]),
            (#"{"type":"plan","specs":[{"like":["test1"],"count":1}]}"#, ["/specs/0/like/0"]),
            (
                #"{"type":"skill_tree","actions":{"rare":{"type":"exploit","data_allocation_delta":{"a":1}}}}"#,
                ["/type"]
            ),
        ])
    func refused(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let before = try await server.everything(of: id)
        let answer = try await server.act(id, body)
        #expect(answer.status == 422)
        #expect(answer.type == "/problems/invalid-request")
        #expect(Set(answer.pointers) == Set(pointers))
        #expect(try await server.everything(of: id) == before)
    }

    @Test("an observation before iteration 0 is done shows the skills without results")
    func tooEarly() async throws {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onPredict = { try await barrier.pass() }
        let server = try TestServer(student: student)
        for environment in ["skill_list", "skill_tree"] {
            let created = try await server.post(
                "/v1/sessions", #"{"task":"task","environment":"\#(environment)"}"#)
            let id = try #require(created.json["id"]?.stringValue)
            let early = try await server.get("/v1/sessions/\(id)/observation").json
            #expect(early["performance"] == .null)
            #expect(early.all("performance", in: "skills") == [nil, nil])
        }
        barrier.open()
    }

    @Test("results are filtered by the session's skills")
    func resultsBySkill() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let rare = try await server.get("/v1/sessions/\(id)/feedback/0/results?skill=rare").json
        #expect(rare["items"]?.arrayValue?.count == 5)
        #expect(rare["items"]?[0]?["instance"]?["skill"] == "rare")
    }
}
