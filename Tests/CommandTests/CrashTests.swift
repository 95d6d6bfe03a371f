import Foundation
import JSON
import TestSupport
import Testing

@Suite("The binary: kill -9 and restart", .serialized)
struct CrashTests {
    private static let plan =
        #"{"type":"plan","specs":[{"skill":"total","count":20},{"skill":"rect","count":10}]}"#

    private func create(on server: ServerProcess) async throws -> String {
        let session = try await server.post(
            "/v1/sessions",
            #"{"task":"math-pocket","seed":11,"training":{"steps":30},"limits":{"iterations":3}}"#)
        return try #require(session["id"]?.stringValue)
    }

    /// The feedback of two iterations that nothing interrupts.
    private func uninterrupted() async throws -> [JSONValue] {
        let directory = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        let id = try await create(on: server)
        var feedback = [try await server.feedback(id, 0)]
        for iteration in 1...2 {
            _ = try await server.post("/v1/sessions/\(id)/actions", Self.plan)
            feedback.append(try await server.feedback(id, iteration))
        }
        #expect(server.terminate() == 0)
        return feedback
    }

    /// When the server is killed: in that phase, or so many milliseconds after the action was acknowledged.
    enum Moment: CustomTestStringConvertible {
        case phase(String)
        case milliseconds(Int)

        var testDescription: String {
            switch self {
            case .phase(let name): "while \(name)"
            case .milliseconds(let time): "\(time) ms after the answer"
            }
        }
    }

    @Test("whenever it is killed, the session ends as an uninterrupted one, and nothing is applied twice")
    func killed() async throws {
        let expected = try await uninterrupted()
        // Generating and checking take a few milliseconds: those kills are timed; SessionsTests stop inside of them.
        let moments: [Moment] = [
            .milliseconds(0), .milliseconds(2), .milliseconds(5), .milliseconds(9), .milliseconds(15),
            .milliseconds(30), .phase("training"), .phase("training"), .phase("evaluating"),
        ]
        let directory = try TemporaryDirectory()
        var server = try ServerProcess(data: directory.path)
        let id = try await create(on: server)
        server.kill()
        server = try ServerProcess(data: directory.path)
        #expect(try await server.feedback(id, 0) == expected[0])
        for iteration in 1...2 {
            for (index, moment) in moments.enumerated() {
                // The retry of an action that was acknowledged before the crash is the same iteration.
                let answer = try await server.post(
                    "/v1/sessions/\(id)/actions", Self.plan, key: "action-\(iteration)")
                #expect(answer["iteration"]?.intValue == iteration)
                let wasCaught = try await reach(moment, of: iteration, session: id, on: server)
                server.kill()
                server = try ServerProcess(data: directory.path)
                if !wasCaught, index > 0 { break }
            }
            #expect(try await server.feedback(id, iteration) == expected[iteration])
        }
        let data = try await server.get("/v1/sessions/\(id)")
        #expect(data["spent"] == ["iterations": 2, "training_data": 60, "teacher_tokens": 0])
        #expect(server.terminate() == 0)
    }

    /// Waits for the moment; false if the iteration was over before.
    private func reach(
        _ moment: Moment, of iteration: Int, session: String, on server: ServerProcess
    ) async throws -> Bool {
        switch moment {
        case .milliseconds(let time):
            try await Task.sleep(for: .milliseconds(time))
            return true
        case .phase(let name):
            while true {
                let status = try await server.get("/v1/sessions/\(session)/feedback/\(iteration)")["status"]?
                    .stringValue
                if status == name { return true }
                if ["succeeded", "failed", "cancelled"].contains(status) { return false }
            }
        }
    }
}
