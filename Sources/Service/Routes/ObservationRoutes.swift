import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// What the environment shows the agent.
    var observationRoutes: [Route] {
        [
            deferred(.get, "/v1/sessions/{id}/observation", "getObservation") { service, call in
                try call.allowQuery(["wait"])
                let seconds = try call.wait()
                let record = try await service.session(call)
                await LongPoll.start(
                    call, session: record.id, signals: service.sessions.signals, seconds: seconds,
                    answerError: { service.answer($0, to: call.request) },
                    look: { isLast in try await service.observation(call, isLast: isLast) })
            }
        ]
    }

    /// The observation once no iteration is in flight; the last one, with status `busy`, when the client waits no longer.
    private func observation(_ call: APICall, isLast: Bool) async throws -> HTTPResponse? {
        let record = try await session(call)
        guard record.state.status != .busy || isLast || isStopping else { return nil }
        let last = try await store.lastSucceeded(before: Int.max, of: record.id)
        let body = try await observation(after: last, of: record)
        return .object { object in
            object("status", record.state.status.rawValue)
            object.object("remaining") { remaining in
                let limits = record.configuration.limits
                remaining("iterations", limits.iterations - record.state.completedIterations)
                remaining("training_data", record.state.remainingData(limits))
            }
            body.write(&object)
        }
    }

    /// The observation after an iteration, or the empty one before iteration 0 is done.
    func observation(
        after iteration: IterationRecord?, of record: SessionRecord
    ) async throws -> ObservationBody {
        let number = iteration?.number ?? 0
        let results =
            iteration == nil
            ? [] : try await store.results(ofIteration: number, of: record.id, split: .validation)
        return ObservationBody(
            environment: record.configuration.environment, task: try task(of: record), iteration: number,
            performance: iteration?.validationReport?.value, results: results.map(\.result))
    }
}
