import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// Taking the agent's actions.
    var actionRoutes: [Route] {
        [
            deferred(.post, "/v1/sessions/{id}/actions", "submitAction") { try await $0.submitAction($1) }
        ]
    }

    private func submitAction(_ call: APICall) async throws {
        try call.allowQuery([])
        let record = try await session(call)
        let scope = try await actionScope(of: record)
        let action = try ActionRequest(try call.json(), scope: scope).action
        try scope.validate(action)
        let submission = Store.Submission(
            action: action, key: try idempotencyKey(call),
            fingerprint: try SHA256.hexadecimal(call.request.body))
        let outcome = try await sessions.submit(submission, to: record.id)
        switch outcome {
        case .accepted(let iteration), .repeated(let iteration):
            await answer(call, iteration: iteration, of: record.id)
        case .keyReused(let iteration):
            throw APIError.keyReused(iteration: iteration)
        }
    }

    /// What actions and data for a session are checked against.
    func actionScope(of record: SessionRecord) async throws -> ActionScope {
        let task = try task(of: record)
        return ActionScope(
            record.configuration, task: task,
            skills: try await sessions.library.skills(of: record, task: task),
            teacher: record.configuration.teacher.flatMap(catalogue.teacher))
    }

    private func idempotencyKey(_ call: APICall) throws(APIError) -> String? {
        guard let key = call.request.headers["Idempotency-Key"] else { return nil }
        let isPlain = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard (1...255).contains(key.utf8.count), isPlain else {
            throw .badParameter(name: "Idempotency-Key", detail: "must be 1 to 255 visible ASCII characters")
        }
        return key
    }

    /// `202` with the place of the feedback, or `200` with the feedback if the client prefers to wait and it is ready in time.
    private func answer(_ call: APICall, iteration: Int, of session: String) async {
        let location = "/v1/sessions/\(session)/feedback/\(iteration)"
        await LongPoll.start(
            call, session: session, signals: sessions.signals, seconds: call.preferredWait,
            answerError: { self.answer($0, to: call.request) },
            look: { isLast in
                if call.preferredWait > 0,
                    let feedback = try await self.feedback(
                        call, iteration: iteration, isLast: false)
                {
                    return feedback
                }
                guard isLast || self.isStopping else { return nil }
                var response = HTTPResponse.object(.accepted) { object in
                    object("iteration", iteration)
                    object("status", IterationPhase.queued.rawValue)
                    object.object("links") { $0("feedback", location) }
                }
                response.headers.add("Location", location)
                return response
            })
    }
}
