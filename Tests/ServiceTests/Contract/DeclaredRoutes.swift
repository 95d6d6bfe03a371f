/// Every route that the service declares.
func declaredRoutes() throws -> [(method: String, template: String, name: String)] {
    try TestServer().service.routes.map { ($0.method.description, $0.template, $0.name) }
}
