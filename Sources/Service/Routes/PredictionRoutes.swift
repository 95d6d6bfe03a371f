import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// Asking the current student.
    var predictionRoutes: [Route] {
        [
            route(.post, "/v1/sessions/{id}/predictions", "predict") { try await $0.predict($1) }
        ]
    }

    private func predict(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let record = try await session(call)
        let request = try PredictionRequest(try call.json())
        let name = record.configuration.student
        guard let student = catalogue.student(name) else { throw APIError.notFound("student \(name)") }
        let task = try task(of: record)
        let last = try await store.lastSucceeded(before: Int.max, of: record.id)
        let responses = try await predictionGate.pass {
            let checkpoint: StudentCheckpoint
            if let name = last?.checkpoint {
                checkpoint = try await store.checkpoints.load(name)
            } else {
                checkpoint = try await student.baseCheckpoint()
            }
            return try await student.predict(
                request.instructions, with: checkpoint, settings: record.configuration.training
            ) { _ in }
        }
        return .object { object in
            object("iteration", last?.number ?? 0)
            object.array("predictions", responses) { writer, response in
                writer.object { prediction in
                    prediction("response", response)
                    prediction("answer", task.scorer.finalAnswer(in: response))
                }
            }
        }
    }
}
