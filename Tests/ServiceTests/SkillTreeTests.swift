import JSON
import TestSupport
import Testing

@Suite("API: the environment skill_tree")
struct SkillTreeTests {
    private static let environment = #","environment":"skill_tree""#
    private static let explore = Self.explore(2)

    private static func explore(_ count: Int) -> String {
        #"""
        {"type":"skill_tree","actions":{"common":
        {"type":"explore","num_new_skills":\#(count),"data_allocation_for_new_skills":3}}}
        """#
    }

    private static func exploit(_ delta: String) -> String {
        #"{"type":"skill_tree","actions":{"common":{"type":"exploit","data_allocation_delta":\#(delta)}}}"#
    }

    /// A session whose tree of `common` has sub1 and sub2 with three data each.
    private func grown(_ server: TestServer) async throws -> String {
        let id = try await server.readySession(Self.environment)
        #expect(try await server.act(id, Self.explore).json["status"] == "succeeded")
        return id
    }

    @Test("exploring adds the proposed subskills and makes their data")
    func explores() async throws {
        let server = try TestServer()
        let id = try await grown(server)
        let observation = try await server.get("/v1/sessions/\(id)/observation").json
        let tree = try #require(observation.named("common", in: "skills"))
        #expect(tree.all("name", in: "subskills") == ["sub1", "sub2"])
        #expect(tree.all("data_allocation", in: "subskills") == [3, 3])
        #expect(tree.all("training_data", in: "subskills") == [3, 3])
        #expect(tree.all("accuracy_before_training", in: "subskills") == [0.0, 0.0])
        #expect(tree["exhausted"] == false)
        #expect(tree["training_data"] == 6)
        #expect(tree.all("iteration", in: "history") == [0, 1])
        #expect(tree["history"]?[0]?["action"] == .null)
        #expect(tree["history"]?[1]?["action"]?["type"] == "explore")
        let rare = try #require(observation.named("rare", in: "skills"))
        #expect(rare["subskills"] == [])
        #expect(rare["history"]?[1]?["action"] == .null)
        #expect(observation["performance"] == 0.3)
    }

    @Test("exploiting changes allocations and makes what is lacking; lowering them takes nothing back")
    func exploits() async throws {
        let server = try TestServer()
        let id = try await grown(server)
        let feedback = try await server.act(id, Self.exploit(#"{"sub1":2,"sub2":-1}"#)).json
        #expect(feedback["data"]?["received"] == 2)
        let tree = try #require(feedback["observation"]?.named("common", in: "skills"))
        #expect(tree.all("data_allocation", in: "subskills") == [5, 2])
        #expect(tree.all("training_data", in: "subskills") == [5, 3])
        // The student that has seen six data answers the first two of any batch.
        #expect(tree.all("accuracy_before_training", in: "subskills") == [1.0, 0.0])
        let used = try await server.lines("/v1/sessions/\(id)/training-data")
        #expect(used.count == 8)
        #expect(used.allSatisfy { $0.contains(#""skill":"common""#) })
        #expect(used.suffix(2).allSatisfy { $0.contains(#""subskill":"sub1""#) })
    }

    @Test("an action that asks for no new data trains once more on what there is")
    func nothingNew() async throws {
        let server = try TestServer()
        let id = try await grown(server)
        let feedback = try await server.act(id, Self.exploit(#"{"sub1":-3}"#)).json
        #expect(feedback["status"] == "succeeded")
        #expect(feedback["data"]?["received"] == 0)
        #expect(feedback["data"]?["accumulated"] == 6)
        #expect(feedback["quality"]?["accuracy_before_training"] == .null)
        let tree = try #require(feedback["observation"]?.named("common", in: "skills"))
        #expect(tree.all("data_allocation", in: "subskills") == [0, 3])
        #expect(tree.all("training_data", in: "subskills") == [3, 3])
    }

    @Test("own data count for their subskill, which the tree gets if it does not have it")
    func ownData() async throws {
        let server = try TestServer()
        let id = try await grown(server)
        let feedback = try await server.act(
            id,
            #"""
            {"type":"data","data":[{"instruction":"a","response":"r","skill":"common","subskill":"sub1"},
            {"instruction":"b","response":"r","skill":"rare","subskill":"own"}]}
            """#
        ).json
        let observation = try #require(feedback["observation"])
        #expect(observation.named("common", in: "skills")?.all("training_data", in: "subskills") == [4, 3])
        #expect(observation.named("rare", in: "skills")?.all("name", in: "subskills") == ["own"])
        #expect(observation.named("rare", in: "skills")?.all("data_allocation", in: "subskills") == [1])
    }

    @Test("supplied subskills are taken as they are, also where proposals are exhausted")
    func supplied() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let all = try await server.act(id, Self.explore(3)).json
        #expect(all["observation"]?.named("common", in: "skills")?["exhausted"] == true)
        let before = try await server.everything(of: id)
        let refused = try await server.act(id, Self.explore)
        #expect(refused.status == 422)
        #expect(refused.pointers == ["/actions/common/type"])
        #expect(try await server.everything(of: id) == before)
        let feedback = try await server.act(
            id,
            #"""
            {"type":"skill_tree","actions":{"common":{"type":"explore","num_new_skills":1,
            "data_allocation_for_new_skills":2,"new_skills":[{"name":"mine","instruction":"about this"}]}}}
            """#
        ).json
        let tree = try #require(feedback["observation"]?.named("common", in: "skills"))
        #expect(tree.all("name", in: "subskills") == ["sub1", "sub2", "sub3", "mine"])
        #expect(tree["history"]?[2]?["action"]?["new_skills"]?[0]?["name"] == "mine")
    }

    @Test("fixed proposals are the task's own list")
    func fixedProposals() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment + #","proposals":"fixed""#)
        let feedback = try await server.act(id, Self.explore).json
        let tree = try #require(feedback["observation"]?.named("common", in: "skills"))
        #expect(tree.all("name", in: "subskills") == ["one", "two"])
        #expect(tree["exhausted"] == true)
        let other = try await server.post(
            "/v1/sessions",
            #"{"task":"task","environment":"skill_tree","proposals":"fixed","skills":"discovered"}"#)
        #expect(other.status == 422)
        #expect(other.pointers == ["/proposals"])
    }

    private static func explore(with members: String) -> String {
        #"{"type":"skill_tree","actions":{"common":{"type":"explore",\#(members)}}}"#
    }

    private static func supply(_ count: Int, _ names: String) -> String {
        let start = #""num_new_skills":\#(count),"data_allocation_for_new_skills":1"#
        return explore(with: #"\#(start),"new_skills":\#(names)"#)
    }

    @Test(
        "an action that the trees do not allow is refused with its place, and nothing changes",
        arguments: [
            (
                #"""
                {"type":"skill_tree","actions":{"x":{"type":"explore","num_new_skills":1,
                "data_allocation_for_new_skills":1}}}
                """#, ["/actions/x"]
            ),
            (
                #"{"type":"skill_tree","actions":{"x":{"type":"exploit","data_allocation_delta":{"a":1}}}}"#,
                ["/actions/x"]
            ),
            (Self.exploit(#"{"sub1":-4}"#), ["/actions/common/data_allocation_delta/sub1"]),
            (Self.exploit(#"{"sub2":1,"sub1":-100000}"#), ["/actions/common/data_allocation_delta/sub1"]),
            (Self.exploit(#"{"sub9":1}"#), ["/actions/common/data_allocation_delta/sub9"]),
            (Self.exploit(#"{"a/b~":1}"#), ["/actions/common/data_allocation_delta/a~1b~0"]),
            (Self.exploit(#"{"sub1":100001}"#), ["/actions/common/data_allocation_delta/sub1"]),
            (Self.exploit(#"{"sub1":1.5}"#), ["/actions/common/data_allocation_delta/sub1"]),
            (Self.exploit("{}"), ["/actions/common/data_allocation_delta"]),
            (Self.exploit(#"{"sub1":1,"sub1":2}"#), ["/actions/common/data_allocation_delta/sub1"]),
            (
                Self.explore(with: #""num_new_skills":0,"data_allocation_for_new_skills":1"#),
                ["/actions/common/num_new_skills"]
            ),
            (
                Self.explore(with: #""num_new_skills":1,"data_allocation_for_new_skills":0"#),
                ["/actions/common/data_allocation_for_new_skills"]
            ),
            (
                Self.supply(2, #"[{"name":"a"},{"name":"a"}]"#),
                ["/actions/common/new_skills/1/name"]
            ),
            (
                Self.supply(1, #"[{"name":"sub2"}]"#),
                ["/actions/common/new_skills/0/name"]
            ),
            (
                Self.supply(2, #"[{"name":"a"}]"#),
                ["/actions/common/num_new_skills"]
            ),
            (
                #"""
                {"type":"skill_tree","actions":{"common":{"type":"exploit","data_allocation_delta":{"sub1":1}},
                "common":{"type":"exploit","data_allocation_delta":{"sub2":1}}}}
                """#, ["/actions/common"]
            ),
            (#"{"type":"skill_tree","actions":{"common":{"type":"prune"}}}"#, ["/actions/common/type"]),
            (#"{"type":"skill_tree","actions":{}}"#, ["/actions"]),
            (#"{"type":"skill_tree"}"#, ["/actions"]),
            (#"{"type":"plan","specs":[{"skill":"common","count":1}]}"#, ["/type"]),
            (
                #"{"type":"data","data":[{"instruction":"a","response":"b","skill":"common"}]}"#,
                ["/data/0/subskill"]
            ),
            (#"{"type":"data","data":[{"instruction":"a","response":"b"}]}"#, ["/data/0/skill"]),
            (Self.explore(with: #""num_new_skills":1,"data_allocation_for_new_skills":10000"#), [""]),
        ])
    func refused(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let id = try await grown(server)
        let before = try await server.everything(of: id)
        let answer = try await server.act(id, body)
        #expect(answer.status == 422)
        #expect(answer.type == "/problems/invalid-request")
        #expect(answer.pointers == pointers)
        #expect(try await server.everything(of: id) == before)
    }

    @Test("a retry of an action after its iteration is over is answered as that iteration")
    func idempotency() async throws {
        let server = try TestServer()
        let id = try await server.readySession(Self.environment)
        let key = [("Idempotency-Key", "grow-1")]
        // All three subskills are taken then: as a new action it would be refused.
        let first = try await server.act(id, Self.explore(3), headers: key)
        let second = try await server.act(id, Self.explore(3), headers: key)
        #expect(second.status == 200)
        #expect(second.bytes == first.bytes)
        #expect(try await server.get("/v1/sessions/\(id)").json["iteration"] == 1)
        #expect(try await server.act(id, Self.explore(3)).pointers == ["/actions/common/type"])
    }

    @Test("without a teacher trees take data only")
    func noTeacher() async throws {
        let server = try TestServer()
        let created = try await server.post("/v1/sessions", #"{"task":"other","environment":"skill_tree"}"#)
        let id = try #require(created.json["id"]?.stringValue)
        _ = try await server.get("/v1/sessions/\(id)/observation?wait=20")
        #expect(try await server.act(id, Self.explore).pointers == ["/type"])
        let data = #"{"instruction":"a","response":"b","skill":"rare","subskill":"own"}"#
        let taken = try await server.act(id, #"{"type":"data","data":[\#(data)]}"#)
        #expect(taken.json["status"] == "succeeded")
    }
}
