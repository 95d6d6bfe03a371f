/// The templates of all routes as a tree, frozen into one array: nodes refer to each other by index.
struct RouteTrie: Sendable {
    struct Node: Sendable {
        var literals: [(segment: String, node: Int)] = []
        var parameter: (name: String, node: Int)?
        /// Route index of each method.
        var routes: [(method: HTTPMethod, route: Int)] = []
        /// The node's Allow value; empty without routes.
        var allow = ""
    }

    private(set) var nodes = [Node()]

    /// Adds a route's template.
    mutating func insert(_ route: Route, index: Int) throws(RouterError) {
        guard route.template.utf8.first == 0x2F else { throw .invalidTemplate(route.template) }
        var node = 0
        var names: Set<String> = []
        for segment in route.template.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard segment.contains("{") || segment.contains("}") else {
                node = literalChild(of: node, String(segment))
                continue
            }
            let name = String(segment.dropFirst().dropLast())
            guard segment.first == "{", segment.last == "}", !name.isEmpty, !name.contains("{"),
                !name.contains("}"), names.insert(name).inserted
            else { throw .invalidTemplate(route.template) }
            node = try parameterChild(of: node, name, route.template)
        }
        guard !nodes[node].routes.contains(where: { $0.method == route.method }) else {
            throw .duplicateRoute(route.name)
        }
        nodes[node].routes.append((route.method, index))
        nodes[node].allow = Self.allow(nodes[node].routes.map(\.method))
    }

    /// The node of a path, literal before parameter with a way back, and the parameters on the way to it.
    func find(_ segments: [String]) -> (node: Node, parameters: HTTPPathParameters)? {
        var parameters = HTTPPathParameters()
        guard let found = find(segments, 0, from: 0, &parameters) else { return nil }
        return (nodes[found], parameters)
    }

    private func find(
        _ segments: [String], _ depth: Int, from index: Int, _ parameters: inout HTTPPathParameters
    ) -> Int? {
        let node = nodes[index]
        guard depth < segments.count else { return node.routes.isEmpty ? nil : index }
        let segment = segments[depth]
        if let child = node.literals.first(where: { $0.segment == segment }),
            let found = find(segments, depth + 1, from: child.node, &parameters)
        {
            return found
        }
        // An empty or dot segment is never a value: it names the directory, not a thing in it.
        guard let child = node.parameter, !segment.isEmpty, segment != ".", segment != ".." else {
            return nil
        }
        parameters.pairs.append((child.name, segment))
        if let found = find(segments, depth + 1, from: child.node, &parameters) { return found }
        parameters.pairs.removeLast()
        return nil
    }

    private mutating func literalChild(of node: Int, _ segment: String) -> Int {
        if let child = nodes[node].literals.first(where: { $0.segment == segment }) { return child.node }
        nodes.append(Node())
        nodes[node].literals.append((segment, nodes.count - 1))
        return nodes.count - 1
    }

    private mutating func parameterChild(
        of node: Int, _ name: String, _ template: String
    ) throws(RouterError) -> Int {
        if let child = nodes[node].parameter {
            guard child.name == name else { throw .parameterNamesDiffer(template) }
            return child.node
        }
        nodes.append(Node())
        nodes[node].parameter = (name, nodes.count - 1)
        return nodes.count - 1
    }

    /// The Allow value for these methods, with what the router adds, in a fixed order.
    static func allow(_ methods: some Sequence<HTTPMethod>) -> String {
        var names = Set(methods.map(\.description))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        return names.sorted().joined(separator: ", ")
    }
}
