import JSON
import Testing

private enum Environment: String, CaseIterable {
    case openEnded = "open_ended"
    case skillList = "skill_list"
}

private struct Request: Equatable {
    var task: String
    var environment: Environment
    var seed: Int
    var iterations: Int
    var share: Double?
    var labels: [String: String]
    var like: [String]
    var dry: Bool
}

private func read(_ text: String) throws -> Request {
    try JSONReader.object(try JSONValue(parsing: text)) { o in
        let task = o.string("task", length: 1...8)
        let environment = o.enumeration("environment", Environment.self)
        let seed = o.integer("seed", in: 0...Int.max, default: 0)
        let iterations = o.object("limits") { l in l.integer("iterations", in: 1...1000) }
        let share = o.optionalDouble("share", in: 0...1)
        let labels = o.optionalMap("labels", count: 0...2) { $0.string(length: 0...4) } ?? []
        let like = o.optionalArray("like", count: 1...3) { $0.string(length: 1...4) } ?? []
        let dry = o.bool("dry", default: false)
        guard let task, let environment, let iterations else { return nil }
        return Request(
            task: task, environment: environment, seed: seed, iterations: iterations, share: share,
            labels: Dictionary(uniqueKeysWithValues: labels), like: like, dry: dry)
    }
}

private func issues(_ text: String) throws -> [String] {
    do {
        _ = try read(text)
        return []
    } catch let error as JSONIssues {
        return error.items.map { "\($0.pointer): \($0.detail)" }
    }
}

@Suite("JSON: typed reading")
struct ReadingTests {
    @Test("a full body and a minimal body are read")
    func accepted() throws {
        let full = try read(
            """
            {"task":"math","environment":"skill_list","seed":7,"limits":{"iterations":3.0},"share":1,
             "labels":{"a":"b"},"like":["x"],"dry":true}
            """)
        #expect(
            full
                == Request(
                    task: "math", environment: .skillList, seed: 7, iterations: 3, share: 1,
                    labels: ["a": "b"],
                    like: ["x"], dry: true))
        let minimal = try read(
            #"{"task":"é😀","environment":"open_ended","limits":{"iterations":1},"share":null,"labels":null}"#)
        #expect(minimal.seed == 0 && minimal.share == nil && minimal.labels.isEmpty && !minimal.dry)
    }

    @Test("all mistakes of a body are reported at once, each with its pointer")
    func allIssues() throws {
        let found = try issues(
            """
            {"task":"","environment":"tree","seed":-1,"limits":{"iterations":0,"iteratoins":1},"share":2,
             "labels":{"a/b":1},"like":["x",7,"toolong"],"dry":"yes","name":1,"sede":2}
            """)
        #expect(
            found == [
                "/task: must have 1 to 8 characters, found 0",
                "/environment: must be one of \"open_ended\", \"skill_list\"",
                "/seed: must be at least 0",
                "/limits/iterations: must be between 1 and 1000",
                "/limits/iteratoins: unknown field; did you mean \"iterations\"?",
                "/share: must be between 0 and 1",
                "/labels/a~1b: must be a string, found an integer",
                "/like/1: must be a string, found an integer",
                "/like/2: must have 1 to 4 characters, found 7",
                "/dry: must be a boolean, found a string",
                "/name: unknown field",
                "/sede: unknown field; did you mean \"seed\"?",
            ])
    }

    @Test("missing and mistyped members say what was expected")
    func mismatches() throws {
        #expect(
            try issues("{}") == ["/task: is required", "/environment: is required", "/limits: is required"])
        #expect(try issues("[]") == [": must be an object, found an array"])
        let found = try issues(
            #"{"task":null,"environment":1,"limits":[],"seed":1.5,"labels":[],"like":[],"share":"1"}"#)
        #expect(
            found == [
                "/task: must be a string, found null",
                "/environment: must be a string, found an integer",
                "/seed: must be an integer, found a number with a fraction",
                "/limits: must be an object, found an array",
                "/share: must be a number, found a string",
                "/labels: must be an object, found an array",
                "/like: must have 1 to 3 items, found 0",
            ])
        let large = #"{"task":"t","environment":"open_ended","limits":{"iterations":1e300}}"#
        #expect(try issues(large) == ["/limits/iterations: must be between 1 and 1000"])
    }

    @Test("at most 32 issues are kept, of however many")
    func bounded() throws {
        let value = JSONValue.array([JSONValue](repeating: 1, count: 100_000))
        let error = try #require(throws: JSONIssues.self) {
            try JSONReader.read(value) { $0.array { $0.string() } }
        }
        #expect(error.items.count == JSONIssues.maximumCount)
        #expect(error.items.last?.pointer == "/31")
        let unknown = JSONValue.object(JSONObject((0..<100).map { ("x\($0)", .null) }))
        let second = try #require(throws: JSONIssues.self) { try JSONReader.object(unknown) { _ in 1 } }
        #expect(second.items.count == JSONIssues.maximumCount)
    }

    @Test("a caller's own issues count, and unknown members can be allowed")
    func custom() throws {
        let value: JSONValue = ["type": "what", "rest": 1]
        let error = try #require(throws: JSONIssues.self) {
            try JSONReader.object(value) { o -> Int? in
                _ = o.string("type")
                o.issue(at: "type", "must be \"data\" or \"plan\"")
                o.allowUnknown()
                return nil
            }
        }
        #expect(error.description == "/type must be \"data\" or \"plan\"")
        let tolerant = try JSONReader.object(value) { o in
            o.allowUnknown()
            return o.integer("rest")
        }
        #expect(tolerant == 1)
    }

    @Test("a closure that gives nothing without a reason is still an error, never a trap")
    func silentFailure() throws {
        let error = try #require(throws: JSONIssues.self) { try JSONReader.object([:]) { _ -> Int? in nil } }
        #expect(error.items == [JSONIssue(pointer: "", detail: "is not valid")])
    }
}
