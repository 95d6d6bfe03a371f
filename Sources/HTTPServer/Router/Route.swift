/// One route, as data: a contract test can list them all.
public struct Route: Sendable {
    /// The method; GET also serves HEAD, and OPTIONS is answered for every path.
    public let method: HTTPMethod
    /// The path: literal segments and `{name}` parameters, such as `/v1/sessions/{id}/feedback/{iteration}`.
    public let template: String
    /// A stable name for metrics and the contract (`getFeedback`).
    public let name: String
    /// What answers it.
    public let handler: HTTPHandler

    /// A route; `name` defaults to method and template.
    public init(
        _ method: HTTPMethod, _ template: String, name: String? = nil, handler: @escaping HTTPHandler
    ) {
        self.method = method
        self.template = template
        self.name = name ?? "\(method) \(template)"
        self.handler = handler
    }
}

/// Why routes can't be put together: a programmer's error, found at start.
public enum RouterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The template doesn't start with "/", or a parameter is malformed or named twice.
    case invalidTemplate(String)
    /// Method and template (parameter names aside) occur twice.
    case duplicateRoute(String)
    /// Two templates name the parameter at the same place differently.
    case parameterNamesDiffer(String)

    /// What is wrong, with the template.
    public var description: String {
        switch self {
        case .invalidTemplate(let route): "invalid route template: \(route)"
        case .duplicateRoute(let route): "route declared twice: \(route)"
        case .parameterNamesDiffer(let route): "route names a parameter unlike its siblings: \(route)"
        }
    }
}
