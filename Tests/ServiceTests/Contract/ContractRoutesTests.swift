import JSON
import Service
import Testing

@Suite("The contract and the routes")
struct ContractRoutesTests {
    @Test("have the same methods, templates and names")
    func sameOperations() throws {
        let document = try Contract.document.get()
        #expect(try document.differences(from: declaredRoutes()) == [])
    }

    @Test("a missing, an undocumented and a repeated route are told apart")
    func differencesAreNamed() throws {
        let document = try Contract.document.get()
        var routes = try declaredRoutes()
        let first = routes.removeFirst()
        routes.append(("PUT", "/v1/tasks", "putTasks"))
        routes.append(routes[0])
        #expect(
            document.differences(from: routes) == [
                "not in the contract: PUT /v1/tasks (putTasks)",
                "not a route: \(first.method) \(first.template) (\(first.name))",
                "declared twice: \(routes[0].method) \(routes[0].template) (\(routes[0].name))",
            ])
    }

    @Test("every parameter of a template is documented, and no other path parameter")
    func pathParameters() throws {
        let document = try Contract.document.get()
        for operation in document.operations {
            let inTemplate = operation.template.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            let item = document.root["paths"]?[operation.template]
            let parameters =
                (item?["parameters"]?.arrayValue ?? []) + (operation.value["parameters"]?.arrayValue ?? [])
            let documented = parameters.compactMap { $0.followed(in: document.root) }
                .filter { $0["in"]?.stringValue == "path" }.compactMap { $0["name"]?.stringValue }
            #expect(documented.sorted() == inTemplate.sorted(), "\(operation.id)")
        }
    }
}
