import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// What became of an iteration.
    var feedbackRoutes: [Route] {
        [
            deferred(.get, "/v1/sessions/{id}/feedback/{iteration}", "getFeedback") { service, call in
                try call.allowQuery(["wait"])
                let seconds = try call.wait()
                let record = try await service.session(call)
                let iteration = try service.iterationNumber(call)
                await LongPoll.start(
                    call, session: record.id, signals: service.sessions.signals, seconds: seconds,
                    answerError: { service.answer($0, to: call.request) },
                    look: { isLast in
                        try await service.feedback(
                            call, iteration: iteration, isLast: isLast || service.isStopping)
                    })
            },
            route(.get, "/v1/sessions/{id}/feedback/{iteration}/results", "listResults") { service, call in
                try await service.listResults(call)
            },
        ]
    }

    private func iterationNumber(_ call: APICall) throws(APIError) -> Int {
        let text = call.parameter("iteration")
        guard let number = Int(text), number >= 0, String(number) == text else {
            throw .notFound("iteration \(text.prefix(50))")
        }
        return number
    }

    /// The feedback once the iteration is over; how far it has come when `isLast`.
    func feedback(_ call: APICall, iteration number: Int, isLast: Bool) async throws -> HTTPResponse? {
        let record = try await session(call)
        let iteration = try await store.iteration(number, of: record.id)
        guard iteration.phase.isOver else {
            guard isLast else { return nil }
            let body = FeedbackBody(
                iteration: iteration, progress: sessions.progress.entry(record.id),
                queuePosition: await queuePosition(of: record), rejections: [], observation: nil)
            return .object { body.write(&$0) }
        }
        let isDone = iteration.phase == .succeeded
        let body = FeedbackBody(
            iteration: iteration, progress: nil, queuePosition: nil,
            rejections: isDone ? try await rejections(of: iteration, in: record.id) : [],
            observation: isDone ? try await observation(after: iteration, of: record) : nil)
        return .object { body.write(&$0) }
    }

    /// The most refused data that the feedback names one by one.
    private static let mostRejections = 100

    private func rejections(
        of iteration: IterationRecord, in session: String
    ) async throws -> [CheckedData.Rejection] {
        guard iteration.rejected ?? 0 > 0 else { return [] }
        let data = try await store.data(ofIteration: iteration.number, of: session)
        let all = data.compactMap { datum in
            datum.rejection.map { CheckedData.Rejection(index: datum.position, reason: $0) }
        }
        return Array(all.prefix(Self.mostRejections))
    }

    /// Validation by default; test for the session's owner, which without tokens everybody is.
    private func listResults(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery(Page.query.union(["correct", "skill", "split"]))
        let record = try await session(call)
        let iteration = try await store.iteration(try iterationNumber(call), of: record.id)
        let task = try task(of: record)
        let split = try resultSplit(call)
        let skill = call.request.query.first("skill")
        let page = try Page(call)
        let stored = try await store.results(
            ofIteration: iteration.number, of: record.id, split: split,
            correct: try call.queryBool("correct"),
            from: try page.position())
        let wanted = stored.lazy.filter { stored in
            skill == nil || task.instance(id: stored.result.instanceID)?.instance.skill == skill
        }
        let found = Array(wanted.prefix(page.limit + 1))
        return .object { object in
            object.array("items", found.prefix(page.limit)) { writer, stored in
                writer.object { Self.write(stored.result, task: task, to: &$0) }
            }
            object("next_cursor", found.count > page.limit ? String(found[page.limit].position) : nil)
        }
    }

    private func resultSplit(_ call: APICall) throws(APIError) -> SplitName {
        switch call.request.query.first("split") {
        case nil, "validation": .validation
        case "test": .test
        default: throw .badParameter(name: "split", detail: "must be validation or test")
        }
    }

    private static func write(
        _ result: InstanceResult, task: BenchmarkTask, to object: inout ObjectWriter
    ) {
        object.object("instance") { writer in
            guard let instance = task.instance(id: result.instanceID)?.instance else {
                writer("id", result.instanceID)
                return
            }
            instance.write(&writer)
            writer("skill", instance.skill)
        }
        object("response", result.response)
        object("correct", result.correct)
    }
}
