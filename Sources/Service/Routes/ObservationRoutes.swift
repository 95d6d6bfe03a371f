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
                remaining("teacher_tokens", record.state.remainingTokens(limits))
            }
            body.write(&object)
        }
    }

    /// The observation after an iteration, or the empty one before iteration 0 is done.
    func observation(
        after iteration: IterationRecord?, of record: SessionRecord
    ) async throws -> ObservationBody {
        let task = try task(of: record)
        let number = iteration?.number ?? 0
        let environment = record.configuration.environment
        // An iteration that only made data shows the evaluation before it, and its own trees.
        let evaluated =
            iteration?.validationReport != nil
            ? iteration : try await store.lastEvaluated(before: number, of: record.id)
        let results =
            evaluated == nil || environment == .skillTree
            ? []
            : try await store.results(ofIteration: evaluated?.number ?? 0, of: record.id, split: .validation)
        return ObservationBody(
            environment: environment, task: task,
            skills: try await sessions.library.skills(of: record, task: task), iteration: number,
            report: evaluated?.validationReport, rewards: evaluated?.skillRewards ?? [],
            results: results.map(\.result), forest: iteration?.forest,
            trainingData: environment.hasSkills
                ? try await store.trainedCounts(of: record.id, through: number) : [:])
    }
}
