import Gym
import JSON
import TestSupport
import Testing

@Suite("API: skill discoveries")
struct SkillDiscoveryTests {
    private static let path = "/v1/skill-discoveries"

    private func discover(_ server: TestServer, _ body: String) async throws -> JSONValue {
        let answer = try await server.post(Self.path, body)
        #expect(answer.status == 201)
        let id = try #require(answer.json["id"]?.stringValue)
        #expect(answer.headers.first("Location") == "\(Self.path)/\(id)")
        return answer.json
    }

    @Test(
        "clusters and shuffles cover train and validation, and the same request is the same discovery",
        arguments: ["clusters", "shuffled"])
    func computed(method: String) async throws {
        let server = try TestServer()
        let body = #"{"task":"task","method":"\#(method)","categories":2,"seed":5}"#
        let found = try await discover(server, body)
        #expect(found["method"]?.stringValue == method)
        #expect(found["seed"] == 5)
        let train = found.all("train", in: "skills").compactMap(\.intValue).reduce(0, +)
        let validation = found.all("validation", in: "skills").compactMap(\.intValue).reduce(0, +)
        #expect(train == 10)
        #expect(validation == 20)
        #expect(try await discover(server, body) == found)
        let id = try #require(found["id"]?.stringValue)
        #expect(try await server.get("\(Self.path)/\(id)").json == found)
        #expect(try await server.all(Self.path, limit: 1).count == 1)
    }

    private static let supplied = #"""
        {"task":"task","method":"supplied","categories":[{"name":"a","description":"first"},{"name":"b"}],
        "assignments":{"train0":"a","train1":"b","validation0":"a","validation1":"b"}}
        """#

    @Test("a supplied discovery keeps what it says and is repaired where it says nothing")
    func suppliedDiscovery() async throws {
        let server = try TestServer()
        let found = try await discover(server, Self.supplied)
        #expect(found.all("name", in: "skills") == ["a", "b"])
        #expect(found["repaired"] == 26)
        let id = try #require(found["id"]?.stringValue)
        let assignments = try await server.all("\(Self.path)/\(id)/assignments", limit: 1000)
        #expect(assignments.count == 30)
        #expect(assignments[1]["skill"] == "b")
        #expect(assignments[10]["skill"] == "a")
    }

    @Test("assignments are read page by page, and no test instance is among them")
    func assignments() async throws {
        let server = try TestServer()
        let found = try await discover(server, #"{"task":"task","method":"shuffled","categories":3}"#)
        let id = try #require(found["id"]?.stringValue)
        let items = try await server.all("\(Self.path)/\(id)/assignments", limit: 7)
        let ids = items.compactMap { $0["id"]?.stringValue }
        #expect(ids == (0..<10).map { "train\($0)" } + (0..<20).map { "validation\($0)" })
        let names = Set(found.all("name", in: "skills").compactMap(\.stringValue))
        #expect(items.allSatisfy { names.contains($0["skill"]?.stringValue ?? "") })
    }

    @Test("discoveries are listed page by page")
    func list() async throws {
        let server = try TestServer()
        var made: Set<String> = []
        for seed in 0..<4 {
            let found = try await discover(
                server, #"{"task":"task","method":"shuffled","categories":4,"seed":\#(seed)}"#)
            made.insert(try #require(found["id"]?.stringValue))
        }
        let listed = try await server.all(Self.path, limit: 3).compactMap { $0["id"]?.stringValue }
        #expect(listed == made.sorted())
    }

    @Test("two sessions use one discovery by its id: shown, planned and counted by its skills")
    func reuse() async throws {
        let server = try TestServer()
        let found = try await discover(server, Self.supplied)
        let id = try #require(found["id"]?.stringValue)
        for environment in ["skill_list", "skill_tree"] {
            let session = try await server.readySession(
                #","environment":"\#(environment)","skills":"\#(id)""#)
            #expect(try await server.get("/v1/sessions/\(session)").json["skills"]?.stringValue == id)
            let observation = try await server.get("/v1/sessions/\(session)/observation").json
            #expect(observation.all("name", in: "skills") == ["a", "b"])
            let action =
                environment == "skill_list"
                ? #"{"type":"plan","specs":[{"skill":"b","count":2}]}"#
                : #"""
                {"type":"skill_tree","actions":{"b":{"type":"explore","num_new_skills":1,
                "data_allocation_for_new_skills":2}}}
                """#
            let feedback = try await server.act(session, action).json
            #expect(feedback["observation"]?.all("training_data", in: "skills") == [0, 2])
            #expect(Set(feedback.all("skill", in: "skill_rewards").compactMap(\.stringValue)) == ["a", "b"])
        }
    }

    @Test("a plan cannot narrow a discovered skill, and gold names are unknown to it")
    func planByDiscoveredSkill() async throws {
        let server = try TestServer()
        let id = try #require(try await discover(server, Self.supplied)["id"]?.stringValue)
        let session = try await server.readySession(#","environment":"skill_list","skills":"\#(id)""#)
        let before = try await server.everything(of: session)
        for (spec, pointer) in [
            (#"{"skill":"a","subskill":"x","count":1}"#, "/specs/0/subskill"),
            (#"{"skill":"a","instruction":"x","count":1}"#, "/specs/0/instruction"),
            (#"{"skill":"common","count":1}"#, "/specs/0/skill"),
        ] {
            let answer = try await server.act(session, #"{"type":"plan","specs":[\#(spec)]}"#)
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer])
        }
        #expect(try await server.everything(of: session) == before)
    }

    @Test("a skill without instances is shown without performance")
    func emptySkill() async throws {
        let server = try TestServer()
        let body = Self.supplied.replacing(#"{"name":"b"}"#, with: #"{"name":"b"},{"name":"c"}"#)
        let id = try #require(try await discover(server, body)["id"]?.stringValue)
        for environment in ["skill_list", "skill_tree"] {
            let session = try await server.readySession(
                #","environment":"\#(environment)","skills":"\#(id)""#)
            let observation = try await server.get("/v1/sessions/\(session)/observation").json
            let empty = try #require(observation.named("c", in: "skills"))
            #expect(empty["performance"] == .null)
            #expect(empty["count"] == 0)
        }
    }

    @Test("a session can ask for the standard discovery, which is made once")
    func standard() async throws {
        let server = try TestServer()
        let first = try await server.readySession(#","environment":"skill_list","skills":"discovered""#)
        let second = try await server.readySession(#","environment":"skill_list","skills":"discovered""#)
        let name = try await server.get("/v1/sessions/\(first)").json["skills"]
        #expect(try await server.get("/v1/sessions/\(second)").json["skills"] == name)
        #expect(try await server.all(Self.path, limit: 10).compactMap { $0["id"] } == [name])
    }

    /// A task that has the fixture's skills but other instances.
    private static func stranger() throws -> BenchmarkTask {
        let task = try Fixture.task()
        return try BenchmarkTask(
            name: "stranger", summary: "", domain: .math, skills: task.skills, scorer: task.scorer,
            splits: [
                .train: task.instances(.test), .validation: task.instances(.validation),
                .test: task.instances(.train),
            ])
    }

    @Test("an id that is not there, or is of another task's instances, is refused")
    func unknown() async throws {
        let server = try TestServer(moreTasks: [try Self.stranger()])
        #expect(try await server.get("\(Self.path)/skills-0123456789abcdef").status == 404)
        #expect(try await server.get("\(Self.path)/none/assignments").status == 404)
        let id = try #require(try await discover(server, Self.supplied)["id"]?.stringValue)
        for (task, skills) in [("task", "skills-0123456789abcdef"), ("task", "x"), ("stranger", id)] {
            let answer = try await server.post(
                "/v1/sessions", #"{"task":"\#(task)","environment":"skill_list","skills":"\#(skills)"}"#)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/skills"])
        }
        #expect(try await server.get("/v1/sessions").json["items"] == [])
    }

    @Test(
        "bad requests point at the mistake and store nothing",
        arguments: [
            ("{}", ["/task"]), (#"{"task":"none"}"#, ["/task"]),
            (#"{"task":"task","method":"guess"}"#, ["/method"]),
            (#"{"task":"task","categories":1}"#, ["/categories"]),
            (#"{"task":"task","categories":201}"#, ["/categories"]),
            (#"{"task":"task","seed":-1}"#, ["/seed"]), (#"{"task":"task","sede":1}"#, ["/sede"]),
            (#"{"task":"task","assignments":{"train0":"a"}}"#, ["/assignments"]),
            (#"{"task":"task","method":"supplied"}"#, ["/categories", "/assignments"]),
            (
                #"{"task":"task","method":"supplied","categories":[],"assignments":{"train0":"a"}}"#,
                ["/categories", "/assignments/train0"]
            ),
            (
                #"""
                {"task":"task","method":"supplied","categories":[{"name":"a"},{"name":"a"}],
                "assignments":{"train0":"a"}}
                """#, ["/categories/1/name"]
            ),
            (
                #"""
                {"task":"task","method":"supplied","categories":[{"name":"a"}],
                "assignments":{"train0":"a","train1":"b","train2":7}}
                """#, ["/assignments/train1", "/assignments/train2"]
            ),
            (
                #"""
                {"task":"task","method":"supplied","categories":[{"name":"a"}],"assignments":{"nobody":"a"}}
                """#, ["/assignments"]
            ),
        ])
    func refused(body: String, pointers: [String]) async throws {
        let server = try TestServer()
        let answer = try await server.post(Self.path, body)
        #expect(answer.status == 422)
        #expect(Set(answer.pointers) == Set(pointers))
        #expect(try await server.get(Self.path).json["items"] == [])
    }
}
