import JSON
import TestSupport
import Testing

@Suite("API: waiting and work in flight")
struct WaitingTests {
    /// A server whose student waits at the barrier while it trains, and a session that it is training.
    private func training() async throws -> (server: TestServer, id: String, barrier: Barrier) {
        let barrier = Barrier()
        var student = CountingStudent()
        student.onTrain = { try await barrier.pass() }
        let server = try TestServer(student: student)
        let id = try await server.readySession()
        let accepted = try await server.post(
            "/v1/sessions/\(id)/actions",
            #"{"type":"data","data":[{"instruction":"q","response":"r"}]}"#)
        #expect(accepted.status == 202)
        #expect(accepted.headers.first("Location") == "/v1/sessions/\(id)/feedback/1")
        try await barrier.waitForArrival()
        return (server, id, barrier)
    }

    @Test("a poll is held until the feedback is there")
    func longPoll() async throws {
        let (server, id, barrier) = try await training()
        async let feedback = server.get("/v1/sessions/\(id)/feedback/1?wait=20")
        async let observation = server.get("/v1/sessions/\(id)/observation?wait=20")
        try await Task.sleep(for: .milliseconds(100))
        #expect(server.sessions.signals.count == 2)
        barrier.open()
        #expect(try await feedback.json["status"] == "succeeded")
        #expect(try await observation.json["status"] == "ready")
        #expect(server.sessions.signals.count == 0)
    }

    @Test("a poll that waits in vain tells how far the iteration has come")
    func pollRunsOut() async throws {
        let (server, id, barrier) = try await training()
        let feedback = try await server.get("/v1/sessions/\(id)/feedback/1?wait=1")
        #expect(feedback.status == 200)
        #expect(feedback.json["status"] == "training")
        #expect(feedback.json["progress"]?["phase"] == "training")
        let observation = try await server.get("/v1/sessions/\(id)/observation?wait=1")
        #expect(observation.json["status"] == "busy")
        #expect(observation.json["iteration"] == 0)
        #expect(observation.json["examples"]?.arrayValue?.count == 20)
        let action = try await server.turn(id, count: 1)
        #expect(action.status == 409)
        barrier.open()
    }

    @Test("a further action on a busy session is refused and changes nothing")
    func busy() async throws {
        let (server, id, barrier) = try await training()
        let refused = try await server.turn(id, count: 5)
        #expect(refused.status == 409)
        #expect(refused.type == "/problems/session-busy")
        #expect(refused.headers.first("Retry-After") != nil)
        #expect(refused.headers.first("x-should-retry") == "false")
        barrier.open()
        let feedback = try await server.get("/v1/sessions/\(id)/feedback/1?wait=20")
        #expect(feedback.json["data"]?["accumulated"] == 1)
    }

    @Test("a retry with the same idempotency key is the same iteration; another body under it is refused")
    func idempotency() async throws {
        let server = try TestServer()
        let id = try await server.readySession()
        let path = "/v1/sessions/\(id)/actions"
        let body = #"{"type":"data","data":[{"instruction":"q","response":"r"}]}"#
        let key = [("Idempotency-Key", "abc-1"), ("Prefer", "wait=20")]
        let first = try await server.post(path, body, headers: key)
        let second = try await server.post(path, body, headers: key)
        #expect(first.json == second.json)
        let other = try await server.post(
            path, #"{"type":"data","data":[{"instruction":"other","response":"r"}]}"#, headers: key)
        #expect(other.status == 422)
        #expect(other.type == "/problems/idempotency-key-reused")
        #expect(try await server.get("/v1/sessions/\(id)").json["iteration"] == 1)
        let bad = try await server.post(path, body, headers: [("Idempotency-Key", "a b")])
        #expect(bad.status == 400)
    }

    @Test("cancelling stops an iteration in flight; its feedback says so")
    func cancel() async throws {
        let (server, id, _) = try await training()
        let cancelled = try await server.send("POST", "/v1/sessions/\(id)/cancel")
        #expect(cancelled.json["status"] == "cancelled")
        #expect(try await server.get("/v1/sessions/\(id)/feedback/1").json["status"] == "cancelled")
        #expect(try await server.turn(id, count: 1).status == 409)
        #expect(try await server.send("POST", "/v1/sessions/\(id)/cancel").status == 200)
    }

    @Test("a session removed while somebody waits for it is 404 for them at once")
    func deleteWhileWaiting() async throws {
        let (server, id, _) = try await training()
        async let feedback = server.get("/v1/sessions/\(id)/feedback/1?wait=20")
        try await Task.sleep(for: .milliseconds(100))
        #expect(try await server.send("DELETE", "/v1/sessions/\(id)").status == 204)
        #expect(try await feedback.status == 404)
    }

    @Test("a failing student fails the iteration with its reason, and the session goes on")
    func failure() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "out of chalk" }
        let barrier = Barrier()
        var student = CountingStudent()
        student.onTrain = {
            guard barrier.arrivals == 0 else { return }
            barrier.open()
            try await barrier.pass()
            throw Broken()
        }
        let server = try TestServer(student: student)
        let id = try await server.readySession()
        let failed = try await server.turn(id, count: 2)
        #expect(failed.json["status"] == "failed")
        #expect(failed.json["error"]?["detail"] == "out of chalk")
        let repeated = try await server.turn(id, count: 2)
        #expect(repeated.json["status"] == "succeeded")
        #expect(repeated.json["iteration"] == 2)
        #expect(repeated.json["data"]?["accumulated"] == 2)
    }

    @Test("a graceful stop answers those who wait at once")
    func shutdown() async throws {
        let (server, id, barrier) = try await training()
        async let feedback = server.get("/v1/sessions/\(id)/feedback/1?wait=20")
        try await Task.sleep(for: .milliseconds(100))
        let start = ContinuousClock.now
        server.stop(gracePeriod: 10)
        #expect(try await feedback.json["status"] == "training")
        #expect(ContinuousClock.now - start < .seconds(5))
        barrier.open()
    }

    @Test("five hundred polls are held without a thread or task each, and all are answered")
    func manyPolls() async throws {
        let (server, id, barrier) = try await training()
        let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<500 {
                group.addTask {
                    try await server.get("/v1/sessions/\(id)/feedback/1?wait=25").json["status"]
                        == "succeeded"
                }
            }
            group.addTask {
                while server.sessions.signals.count < 50 { try await Task.sleep(for: .milliseconds(5)) }
                barrier.open()
                return true
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 501)
        #expect(server.sessions.signals.count == 0)
    }
}
