import HTTPServer
import JSON

extension Service {
    /// The service index.
    var indexRoutes: [Route] {
        [
            route(.get, "/v1", "getIndex") { service, call in
                try call.allowQuery([])
                return .object { object in
                    object("name", "dataenvgym")
                    object("version", service.version)
                    object.object("links") { links in
                        for name in [
                            "tasks", "students", "teachers", "environments", "skill-discoveries", "sessions",
                        ] {
                            links(name, "/v1/\(name)")
                        }
                        links("openapi", "/openapi.yaml")
                        links("health", "/healthz")
                    }
                }
            }
        ]
    }
}
