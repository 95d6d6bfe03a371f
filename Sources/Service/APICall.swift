import HTTPServer
import JSON

/// One request on its way through a handler: who asks, for what, with which parameters and body.
struct APICall: Sendable {
    let request: HTTPRequest
    let exchange: HTTPExchange
    let identity: Identity

    /// A parameter of the route's template.
    func parameter(_ name: String) -> String {
        // The router fills in every parameter of the template; an empty text matches nothing.
        request.pathParameters[name] ?? ""
    }

    /// The body as JSON.
    ///
    /// - Throws: `APIError.mediaType`, `APIError.malformed`, and `APIError.invalid` for a member that comes twice.
    func json() throws(APIError) -> JSONValue {
        let type = request.headers["Content-Type"]
        let essence = type?.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard essence == "application/json" else { throw .mediaType(type) }
        do throws(JSONParseError) {
            return try JSONValue(parsing: request.body)
        } catch {
            throw APIError(error) ?? .malformed(error)
        }
    }

    /// Refuses query parameters that the route does not know, so that a typing mistake is never silently ignored.
    func allowQuery(_ names: Set<String>) throws(APIError) {
        for item in request.query.items where !names.contains(item.name) {
            let known = names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
            throw .badParameter(name: item.name, detail: "is not a parameter here; there is: \(known)")
        }
    }

    /// A whole number in the query.
    func queryInteger(
        _ name: String, in range: ClosedRange<Int>, default fallback: Int
    ) throws(APIError) -> Int {
        guard let text = request.query.first(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw .badParameter(
                name: name, detail: "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// `true` or `false` in the query; `nil` when absent.
    func queryBool(_ name: String) throws(APIError) -> Bool? {
        switch request.query.first(name) {
        case nil: return nil
        case "true": return true
        case "false": return false
        default: throw .badParameter(name: name, detail: "must be true or false")
        }
    }

    /// How long the client is ready to wait, in seconds: `wait` in the query.
    func wait() throws(APIError) -> Int {
        try queryInteger("wait", in: 0...Self.longestWait, default: 0)
    }

    /// The longest that a poll is held, in seconds: shorter than the time after which common proxies give up.
    static let longestWait = 55

    /// The `wait` preference of RFC 7240, section 4.3, clamped to `longestWait`; 0 when there is none or it cannot be understood,
    /// as a preference may always be ignored.
    var preferredWait: Int {
        for preference in (request.headers.combinedValue(of: "Prefer") ?? "").split(separator: ",") {
            let parts = preference.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, Self.trim(parts[0]).lowercased() == "wait" else { continue }
            let text = Self.trim(parts[1]).filter { $0 != "\"" }
            if let seconds = Int(text), seconds >= 0 { return min(seconds, Self.longestWait) }
        }
        return 0
    }

    private static func trim(_ text: Substring) -> String {
        String(text.filter { !$0.isWhitespace })
    }
}

extension HTTPResponse {
    /// A JSON object whose members `body` writes.
    static func object(
        _ status: HTTPStatus = .ok, _ body: (inout ObjectWriter) -> Void
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object(body)
        return .json(writer.bytes, status: status)
    }
}
