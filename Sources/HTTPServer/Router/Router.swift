/// Finds the handler of a request by method and path.
///
/// A literal segment beats a parameter. HEAD falls back to GET, OPTIONS is answered with Allow. A path
/// without routes is 404 (a trailing slash makes another path), a method without a route 405 with Allow, a
/// method that no server knows 501, a target that can't be decoded 400; all as problem+json.
public struct Router: Sendable {
    /// The routes as declared.
    public let routes: [Route]
    private let trie: RouteTrie
    private let allowAnywhere: String

    /// Freezes the routes.
    /// - Throws: ``RouterError`` for malformed templates and routes that clash.
    public init(_ routes: [Route]) throws(RouterError) {
        var trie = RouteTrie()
        for (index, route) in routes.enumerated() { try trie.insert(route, index: index) }
        self.routes = routes
        self.trie = trie
        allowAnywhere = RouteTrie.allow(routes.map(\.method))
    }

    /// The router as a server's handler.
    public var handler: HTTPHandler {
        { request, exchange in respond(to: request, exchange) }
    }

    /// Answers the request or hands it to its route's handler.
    public func respond(to request: HTTPRequest, _ exchange: HTTPExchange) -> HTTPResponse? {
        if request.head.targetForm == .asterisk { return Self.options(allowAnywhere) }
        let segments: [String]
        do throws(HTTPTargetError) {
            segments = try request.pathSegments()
            if let query = request.head.query { _ = try HTTPQuery(parsing: query) }
        } catch {
            return request.problem(.badRequest, detail: error.description)
        }
        if case .other = request.method, !routes.contains(where: { $0.method == request.method }) {
            return request.problem(.notImplemented, detail: "the method is not known here")
        }
        guard let (node, parameters) = trie.find(segments) else {
            return request.problem(.notFound, detail: "there is nothing at this path")
        }
        guard let index = Self.route(node, request.method) else {
            if request.method == .options { return Self.options(node.allow) }
            var response = request.problem(
                .methodNotAllowed, detail: "the path allows \(node.allow)")
            response.headers.add("Allow", node.allow)
            return response
        }
        var routed = request
        routed.pathParameters = parameters
        return routes[index].handler(routed, exchange)
    }

    /// The route that serves method and path, without running it: for the names in metrics and logs.
    public func route(for request: HTTPRequest) -> Route? {
        guard let segments = try? request.pathSegments(), let (node, _) = trie.find(segments),
            let index = Self.route(node, request.method)
        else { return nil }
        return routes[index]
    }

    private static func route(_ node: RouteTrie.Node, _ method: HTTPMethod) -> Int? {
        if let exact = node.routes.first(where: { $0.method == method }) { return exact.route }
        guard method == .head else { return nil }
        return node.routes.first { $0.method == .get }?.route
    }

    private static func options(_ allow: String) -> HTTPResponse {
        HTTPResponse(.noContent, headers: ["Allow": allow])
    }
}
