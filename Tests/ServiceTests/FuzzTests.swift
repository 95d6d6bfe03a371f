import Gym
import JSON
import TestSupport
import Testing

@Suite("API: random bodies")
struct FuzzTests {
    private static let task = #"{"task":"task","limits":{"iterations":3},"labels":{"a":"b"}}"#
    private static let bodies: [(path: String, body: String)] = [
        ("/v1/sessions", task),
        ("/v1/sessions", #"{"task":"task","environment":"skill_tree","schedule":{"test_every":2}}"#),
        ("open/actions", #"{"type":"data","data":[{"instruction":"q","response":"r"}]}"#),
        ("open/actions", #"{"type":"plan","specs":[{"like":["validation1"],"count":1}]}"#),
        (
            "tree/actions",
            #"{"type":"skill_tree","actions":{"common":{"type":"explore","#
                + #""num_new_skills":1,"data_allocation_for_new_skills":1,"new_skills":[{"name":"a"}]}}}"#
        ),
        (
            "tree/actions",
            #"{"type":"skill_tree","actions":{"rare":{"type":"exploit","#
                + #""data_allocation_delta":{"own":-1}}}}"#
        ),
        (
            "tree/quality-checks",
            #"{"data":[{"instruction":"q","response":"r","skill":"rare","subskill":"s"}]}"#
        ),
        ("open/fork", #"{"iteration":0,"limits":{"training_data":3},"name":"n"}"#),
        ("/v1/skill-discoveries", #"{"task":"task","method":"shuffled","categories":3,"seed":4}"#),
        (
            "/v1/skill-discoveries",
            #"{"task":"task","method":"supplied","categories":[{"name":"a"}],"#
                + #""assignments":{"train1":"a"}}"#
        ),
    ]

    @Test("never give a 5xx, and what is taken is what the contract allows")
    func mutated() async throws {
        let server = try TestServer()
        let open = try await server.readySession()
        let tree = try await server.readySession(#","environment":"skill_tree""#)
        var generator = SeededGenerator(seed: 17)
        for round in 0..<600 {
            let (place, text) = Self.bodies[round % Self.bodies.count]
            var body = Array(text.utf8)
            for _ in 0..<generator.integer(in: 1...4) {
                let position = generator.integer(below: body.count)
                // Half the changes keep the text JSON now and then.
                let other = body[generator.integer(below: body.count)]
                body[position] = round.isMultiple(of: 2) ? other : UInt8(generator.integer(below: 256))
            }
            let path = place.replacing("open/", with: "/v1/sessions/\(open)/")
                .replacing("tree/", with: "/v1/sessions/\(tree)/")
            let answer = try await server.send(
                "POST", path, body: body, headers: [("Content-Type", "application/json")])
            #expect(answer.status < 500, "\(path) \(String(decoding: body, as: UTF8.self))")
        }
    }
}
