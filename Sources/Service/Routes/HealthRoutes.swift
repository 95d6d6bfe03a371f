import HTTPServer
import JSON

extension Service {
    /// Liveness, readiness and the contract.
    var healthRoutes: [Route] {
        [
            Route(.get, "/healthz", name: "getHealth") { _, _ in .object { $0("status", "ok") } },
            route(.get, "/readyz", "getReadiness") { service, call in
                guard !service.isStopping, await service.store.isHealthy() else {
                    return call.request.problem(
                        .serviceUnavailable, type: "/problems/not-ready", title: "not ready",
                        detail: service.isStopping ? "the service stops" : "the store does not answer")
                }
                return .object { $0("status", "ready") }
            },
            Route(.get, "/openapi.yaml", name: "getContract") { _, _ in
                HTTPResponse(.ok, headers: ["Content-Type": "application/yaml"], body: Contract.bytes)
            },
        ]
    }
}
