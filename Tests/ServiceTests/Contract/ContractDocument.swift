import JSON

/// `openapi.yaml`, read.
struct ContractDocument: Sendable {
    /// One operation of the contract.
    struct Operation: Sendable {
        /// The method in capitals.
        let method: String
        /// The path's template.
        let template: String
        /// The name that routes and operations share.
        let id: String
        /// The operation object.
        let value: JSONValue
    }

    /// Why the document cannot be used.
    enum LoadError: Error, CustomStringConvertible {
        case noPaths
        case noOperationID(method: String, template: String)
        case operationIDTwice(String)

        var description: String {
            switch self {
            case .noPaths: "there are no paths"
            case .noOperationID(let method, let template): "\(method) \(template) has no operationId"
            case .operationIDTwice(let id): "the operationId \(id) is used twice"
            }
        }
    }

    /// The whole document.
    let root: JSONValue
    /// Its operations, in its order.
    let operations: [Operation]
    /// Checks values against its schemas.
    var validator: SchemaValidator { SchemaValidator(document: root) }

    private static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// - Throws: `LoadError`, and what reading YAML throws.
    init(yaml: String) throws {
        root = try JSONValue(yaml: yaml)
        guard let paths = root["paths"]?.objectValue else { throw LoadError.noPaths }
        var operations: [Operation] = []
        var ids: Set<String> = []
        for (template, item) in paths.members {
            for (name, value) in item.objectValue?.members ?? [] where Self.methods.contains(name) {
                guard let id = value["operationId"]?.stringValue else {
                    throw LoadError.noOperationID(method: name, template: template)
                }
                guard ids.insert(id).inserted else { throw LoadError.operationIDTwice(id) }
                operations.append(
                    Operation(method: name.uppercased(), template: template, id: id, value: value))
            }
        }
        self.operations = operations
    }

    /// The operation with an id.
    func operation(_ id: String) -> Operation? {
        operations.first { $0.id == id }
    }

    /// How the contract's operations and a service's routes differ; empty when they are the same.
    func differences(from routes: [(method: String, template: String, name: String)]) -> [String] {
        let declared = routes.map { "\($0.method) \($0.template) (\($0.name))" }
        let documented = operations.map { "\($0.method) \($0.template) (\($0.id))" }
        let twice = Dictionary(grouping: declared) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        return Set(declared).subtracting(documented).sorted().map { "not in the contract: \($0)" }
            + Set(documented).subtracting(declared).sorted().map { "not a route: \($0)" }
            + twice.map { "declared twice: \($0)" }
    }
}
