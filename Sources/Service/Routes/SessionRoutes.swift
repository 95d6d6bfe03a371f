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
            route(.get, "/v1/sessions/{id}/report", "getReport") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                let iterations = try await service.store.iterations(of: record.id)
                return .object { ReportBody(session: record, iterations: iterations).write(&$0) }
            },
            deferred(.get, "/v1/sessions/{id}/training-data", "getTrainingData") { service, call in
                try call.allowQuery([])
                let record = try await service.session(call)
                await TrainingDataStream(store: service.store, session: record.id, logger: service.logger)
                    .send(to: call.exchange)
            },
        ]
    }

    private func createSession(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let request = try SessionRequest(try call.json(), catalogue: catalogue)
        let record = try await sessions.create(request.configuration, owner: call.identity.owner)
        var response = await body(of: record)
        response.status = .created
        response.headers.add("Location", "/v1/sessions/\(record.id)")
        return response
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
