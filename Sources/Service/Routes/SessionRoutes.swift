import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// Creating, reading, stopping and removing sessions.
    var sessionRoutes: [Route] {
        [
            route(.post, "/v1/sessions", "createSession") { try await $0.createSession($1) },
            route(.get, "/v1/sessions", "listSessions") { try await $0.listSessions($1) },
            quick(
                .get, "/v1/sessions/{id}", "getSession",
                fromMemory: { service, call in
                    try call.allowQuery([])
                    guard let record = service.sessionInMemory(call), record.state.phase != .queued else {
                        return nil
                    }
                    return .object { SessionBody(record: record, queuePosition: nil).write(&$0) }
                },
                orElse: { service, call in
                    let record = try await service.session(call)
                    return await service.body(of: record)
                }),
            route(.delete, "/v1/sessions/{id}", "deleteSession") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                try await service.sessions.delete(record.id)
                return .empty()
            },
            route(.post, "/v1/sessions/{id}/cancel", "cancelSession") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                let cancelled = try await service.sessions.cancel(record.id)
                return await service.body(of: cancelled)
            },
            route(.post, "/v1/sessions/{id}/fork", "forkSession") { try await $0.forkSession($1) },
            route(.get, "/v1/sessions/{id}/report", "getReport") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                let iterations = try await service.store.iterations(of: record.id)
                let data = try await service.store.trainedCounts(
                    of: record.id, through: record.state.iteration)
                return .object {
                    ReportBody(session: record, iterations: iterations, trainingData: data).write(&$0)
                }
            },
            deferred(.get, "/v1/sessions/{id}/training-data", "getTrainingData") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                await TrainingDataStream(store: service.store, session: record.id, logger: service.logger)
                    .send(to: call.exchange)
            },
            deferred(.get, "/v1/sessions/{id}/export", "exportSession") { service, call in
                try call.allowQuery([])
                try await SessionExport(service: service, record: try await service.session(call))
                    .send(to: call.exchange)
            },
        ]
    }

    private func createSession(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let request = try SessionRequest(try call.json(), catalogue: catalogue)
        let configuration = try await withSkills(request.configuration, owner: call.identity.owner)
        return await created(try await sessions.create(configuration, owner: call.identity.owner))
    }

    private func created(_ record: SessionRecord) async -> HTTPResponse {
        var response = await body(of: record)
        response.status = .created
        response.headers.add("Location", "/v1/sessions/\(record.id)")
        return response
    }

    /// The configuration with the id of the skills that it asks for.
    private func withSkills(
        _ configuration: SessionConfiguration, owner: String
    ) async throws -> SessionConfiguration {
        guard configuration.skills != SkillSet.gold else { return configuration }
        guard let task = catalogue.task(configuration.task) else {
            throw APIError.notFound("task \(configuration.task)")
        }
        guard configuration.skills != SessionRequest.discovered else {
            let found = try await discoveryGate.pass {
                try await sessions.library.standard(task, owner: owner)
            }
            return configuration.withSkills(found)
        }
        do {
            let found = try await store.discovery(configuration.skills, owner: owner)
            guard found.taskFingerprint == task.fingerprint else {
                throw JSONIssues(
                    pointer: "/skills",
                    detail: "is a discovery for the task \(found.task) as it was, not for this one")
            }
        } catch StoreError.notFound {
            throw JSONIssues(
                pointer: "/skills", detail: "is neither gold nor discovered nor the id of a skill discovery")
        }
        return configuration
    }

    private func forkSession(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let record = try await session(call)
        let request = try ForkRequest(try call.json(), original: record.configuration)
        do {
            return await created(
                try await sessions.fork(request.iteration, of: record, as: request.configuration))
        } catch StoreError.notFound {
            throw JSONIssues(pointer: "/iteration", detail: "is none of the session's iterations")
        }
    }

    private func listSessions(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery(Page.query)
        let page = try Page(call)
        if let cursor = page.cursor, !ULIDGenerator.isULID(cursor) {
            throw APIError.badParameter(name: "cursor", detail: "must be a next_cursor of this list")
        }
        // One more than asked for tells whether there is a next page.
        let found = try await store.sessions(
            owner: call.identity.owner, before: page.cursor, limit: page.limit + 1)
        let records = found.prefix(page.limit)
        return .object { object in
            object.array("items", records) { writer, record in
                writer.object { SessionBody(record: record, queuePosition: nil).write(&$0) }
            }
            object("next_cursor", found.count > page.limit ? records.last?.id : nil)
        }
    }

    private func body(of record: SessionRecord) async -> HTTPResponse {
        let position = await queuePosition(of: record)
        return .object { SessionBody(record: record, queuePosition: position).write(&$0) }
    }

    /// The place in the queue of a session that waits for a training slot.
    func queuePosition(of record: SessionRecord) async -> Int? {
        guard record.state.phase == .queued, record.state.status == .busy else { return nil }
        return await sessions.queuePosition(of: record.id)
    }
}
