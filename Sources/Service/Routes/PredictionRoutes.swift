import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// Asking the current student.
    var predictionRoutes: [Route] {
        [
            route(.post, "/v1/sessions/{id}/predictions", "predict") { try await $0.predict($1) },
            route(.post, "/v1/sessions/{id}/quality-checks", "checkQuality") {
                try await $0.checkQuality($1)
            },
        ]
    }

    /// Checks data as an iteration would, with the current student, and stores nothing.
    private func checkQuality(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let record = try await session(call)
        let scope = try await actionScope(of: record)
        let data = try QualityCheckRequest(try call.json(), scope: scope).data
        let (_, responses) = try await responses(to: data.map(\.instruction), in: record)
        let used = try await store.trainedData(
            of: record.id, after: nil, limit: SessionLimits.maximumTrainingData
        ).map(\.datum.instruction)
        let checked = QualityCheck(task: scope.task, mode: record.configuration.quality)
            .check(data, responses: responses, used: used)
        return .object { object in
            QualityReport(checked).write(&object)
            object.array("data", zip(checked, responses)) { writer, item in
                writer.object { object in
                    object("accepted", item.0.rejection == nil)
                    object("findings", item.0.findings.map(\.rawValue))
                    object("student_response", item.1)
                }
            }
        }
    }

    /// The current student's responses, and the iteration that it is of.
    private func responses(
        to instructions: [String], in record: SessionRecord
    ) async throws -> (iteration: Int, responses: [String]) {
        let name = record.configuration.student
        guard let student = catalogue.student(name) else { throw APIError.notFound("student \(name)") }
        let last = try await store.lastSucceeded(before: Int.max, of: record.id)
        let responses = try await predictionGate.pass {
            let checkpoint: StudentCheckpoint
            if let name = last?.checkpoint {
                checkpoint = try await store.checkpoints.load(name)
            } else {
                checkpoint = try await student.baseCheckpoint()
            }
            return try await student.predict(
                instructions, with: checkpoint, settings: record.configuration.training
            ) { _ in }
        }
        return (last?.number ?? 0, responses)
    }

    private func predict(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let record = try await session(call)
        let request = try PredictionRequest(try call.json())
        let task = try task(of: record)
        let (iteration, responses) = try await responses(to: request.instructions, in: record)
        return .object { object in
            object("iteration", iteration)
            object.array("predictions", responses) { writer, response in
                writer.object { prediction in
                    prediction("response", response)
                    prediction("answer", task.scorer.finalAnswer(in: response))
                }
            }
        }
    }
}
