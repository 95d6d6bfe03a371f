import JSON
import Testing

/// What an agent does in these tests.
extension TestServer {
    /// Posts an action and waits for the feedback.
    func act(
        _ id: String, _ action: String, headers: [(String, String)] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await post(
            "/v1/sessions/\(id)/actions", action, headers: [("Prefer", "wait=20")] + headers,
            sourceLocation: sourceLocation)
    }

    /// Posts an action, which has to succeed, and gives the feedback without its timing: what repeated actions give again.
    @discardableResult
    func lastingFeedback(
        _ id: String, _ action: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let answer = try await act(id, action, sourceLocation: sourceLocation)
        #expect(answer.json["status"] == "succeeded", sourceLocation: sourceLocation)
        return Self.lasting(answer)
    }

    /// A feedback's bytes without its timing.
    static func lasting(_ feedback: Answer) -> String {
        var members = feedback.json.objectValue ?? [:]
        members["timing"] = nil
        return String(decoding: JSONValue.object(members).bytes(), as: UTF8.self)
    }

    /// Everything of a session that a refused request must leave as it is.
    func everything(of id: String) async throws -> [String] {
        var bodies: [String] = []
        for part in ["", "/observation", "/report", "/training-data"] {
            bodies.append(
                String(decoding: try await get("/v1/sessions/\(id)\(part)").bytes, as: UTF8.self))
        }
        return bodies
    }

    /// The lines of a stream.
    func lines(_ path: String) async throws -> [String] {
        let body = String(decoding: try await get(path).bytes, as: UTF8.self)
        return body.split(separator: "\n").map(String.init)
    }

    /// All items of a list, read page by page.
    func all(_ path: String, limit: Int) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor = ""
        repeat {
            let page = try await get("\(path)?limit=\(limit)\(cursor)").json
            items += page["items"]?.arrayValue ?? []
            cursor = page["next_cursor"]?.stringValue.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        return items
    }
}

extension JSONValue {
    /// The element of a member, an array, whose own member `name` has a value.
    func named(_ name: String, in member: String) -> JSONValue? {
        self[member]?.arrayValue?.first { $0["name"]?.stringValue == name }
    }

    /// The values of one member in all elements of another, an array.
    func all(_ key: String, in member: String) -> [JSONValue] {
        (self[member]?.arrayValue ?? []).compactMap { $0[key] }
    }
}
