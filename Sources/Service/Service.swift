import Gym
import HTTPServer
import JSON
import Logging
import Sessions
import Store
import Synchronization

/// The REST API over the gym's sessions: its routes, as data.
public final class Service: Sendable {
    /// The version that the service index tells.
    public let version: String
    let sessions: Sessions
    let logger: Logger
    /// Predictions share the processor with training; a few at a time are enough.
    let predictionGate = Gate(atOnce: 2, waiting: 32)
    /// A discovery is some hundred milliseconds of arithmetic.
    let discoveryGate = Gate(atOnce: 1, waiting: 16)
    private let stopping = Atomic<Bool>(false)

    var catalogue: Catalogue { sessions.catalogue }
    var store: Store { sessions.store }

    /// The API over some sessions.
    public init(sessions: Sessions, version: String, logger: Logger) {
        self.sessions = sessions
        self.version = version
        self.logger = logger
    }

    /// Every route, in the order of the contract (`openapi.yaml`).
    public var routes: [Route] {
        indexRoutes + catalogueRoutes + discoveryRoutes + sessionRoutes + observationRoutes + actionRoutes
            + feedbackRoutes
            + predictionRoutes + healthRoutes
    }

    /// Ends all long polls, so that a graceful stop need not wait for them; new ones are answered at once.
    public func endLongPolls() {
        stopping.store(true, ordering: .relaxed)
        sessions.signals.signalAll()
    }

    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// A route whose handler may wait for the store; it leaves the event loop at once.
    func route(
        _ method: HTTPMethod, _ template: String, _ name: String,
        _ body: @escaping @Sendable (Service, APICall) async throws -> HTTPResponse
    ) -> Route {
        deferred(method, template, name) { service, call in
            call.exchange.respond(try await body(service, call))
        }
    }

    /// A route whose handler answers through the exchange, now or later.
    func deferred(
        _ method: HTTPMethod, _ template: String, _ name: String,
        _ body: @escaping @Sendable (Service, APICall) async throws -> Void
    ) -> Route {
        Route(method, template, name: name) { [self] request, exchange in
            let call = APICall(request: request, exchange: exchange, identity: .local)
            Task {
                do {
                    try await body(self, call)
                } catch {
                    exchange.respond(self.answer(error, to: request))
                }
            }
            return nil
        }
    }

    /// A route that is mostly answered from memory, on the event loop; what `fromMemory` has no answer to leaves it.
    func quick(
        _ method: HTTPMethod, _ template: String, _ name: String,
        fromMemory: @escaping @Sendable (Service, APICall) throws -> HTTPResponse?,
        orElse body: @escaping @Sendable (Service, APICall) async throws -> HTTPResponse
    ) -> Route {
        let slow = route(method, template, name, body)
        return Route(method, template, name: name) { [self] request, exchange in
            do {
                let call = APICall(request: request, exchange: exchange, identity: .local)
                if let response = try fromMemory(self, call) { return response }
            } catch {
                return answer(error, to: request)
            }
            return slow.handler(request, exchange)
        }
    }

    /// The problem that an error is; one that is no client's fault is logged, and the client gets no inner details.
    func answer(_ error: any Error, to request: HTTPRequest) -> HTTPResponse {
        if let known = APIError(error) { return known.response(to: request) }
        logger.error(
            "request failed",
            metadata: [
                "request_id": "\(request.requestID)", "path": "\(request.path)", "error": "\(error)",
            ])
        if error is StoreError {
            return request.problem(
                .serviceUnavailable, type: "/problems/storage-unavailable", title: "the store cannot be used",
                detail: "nothing was changed; the operator finds the reason in the log under this request id")
        }
        return request.problem(
            .internalServerError, type: "/problems/internal-error", title: "a fault of the service",
            detail: "nothing was changed; the operator finds the reason in the log under this request id")
    }

    /// The caller's session.
    func session(_ call: APICall) async throws -> SessionRecord {
        try await store.session(call.parameter("id"), owner: call.identity.owner)
    }

    /// The caller's session, if it is in memory.
    func sessionInMemory(_ call: APICall) -> SessionRecord? {
        store.cachedSession(call.parameter("id"), owner: call.identity.owner)
    }

    /// The session's task.
    ///
    /// - Throws: `APIError.notFound` when the operator has taken it away.
    func task(of record: SessionRecord) throws(APIError) -> BenchmarkTask {
        guard let task = catalogue.task(record.configuration.task) else {
            throw .notFound("task \(record.configuration.task)")
        }
        return task
    }
}
