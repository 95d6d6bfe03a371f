import JSON

/// An exported session: JSON lines, of which the iterations' depend on nothing but seed and actions.
public struct SessionArchive: Sendable {
    /// One iteration of it.
    public struct Iteration: Sendable {
        /// Its number in the exported session.
        public let number: Int
        /// The action's body; `nil` for iteration 0.
        let action: [UInt8]?
        /// Whether it succeeded: only such iterations are repeated, as the others left no trace.
        let isSucceeded: Bool
        /// The whole line, as it stands there and read.
        let line: ArraySlice<UInt8>
        let value: JSONValue
    }

    /// The iterations, by number.
    public let iterations: [Iteration]
    /// The length of the archive in bytes.
    public let bytes: Int
    /// The body that creates the session.
    let session: [UInt8]
    /// The body that brings the skill discovery, and its id, if the session used one.
    let discovery: (body: [UInt8], id: String)?

    static let format = "dataenvgym-session"
    static let version = 1

    /// Reads an archive.
    ///
    /// - Parameters:
    ///   - bytes: what `GET /v1/sessions/{id}/export` gave.
    ///   - name: the file's name, for messages.
    /// - Throws: `SessionArchiveError` that names the line.
    public init(_ bytes: [UInt8], name: String) throws(SessionArchiveError) {
        var iterations: [Iteration] = []
        var session: [UInt8]?
        var discovery: (body: [UInt8], id: String)?
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            func fail(_ reason: String) -> SessionArchiveError {
                SessionArchiveError(description: "\(name), line \(place + 1): \(reason)")
            }
            let value: JSONValue
            do throws(JSONParseError) {
                value = try JSONValue(parsing: line)
            } catch {
                throw fail("\(error)")
            }
            guard case .object(let object) = value else { throw fail("is no object") }
            if place == 0 {
                guard object["format"] == .string(Self.format), let version = object["version"] else {
                    throw fail("is not the head of an exported session")
                }
                guard version == .integer(Int64(Self.version)) else {
                    throw fail("is of another version of the format")
                }
                session = object["session"].map(Self.encoded)
            } else if case .object(let found) = object["skill_discovery"], case .string(let id) = found["id"]
            {
                discovery = (Self.encoded(.object(found.without(["id"]))), id)
            } else if let iteration = Self.iteration(object, line: line) {
                iterations.append(iteration)
            } else {
                throw fail("is neither a skill discovery nor an iteration")
            }
        }
        guard let session else {
            throw SessionArchiveError(description: "\(name): has no head, so it is no exported session")
        }
        self.session = session
        self.discovery = discovery
        self.iterations = iterations
        self.bytes = bytes.count
    }

    private static func iteration(_ object: JSONObject, line: ArraySlice<UInt8>) -> Iteration? {
        guard case .integer(let number) = object["iteration"], case .object(let feedback) = object["feedback"]
        else {
            return nil
        }
        var action: [UInt8]?
        if let body = object["action"], body != .null { action = encoded(body) }
        return Iteration(
            number: Int(clamping: number), action: action,
            isSucceeded: feedback["status"] == .string("succeeded"),
            line: line, value: .object(object))
    }

    static func encoded(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(value)
        return writer.bytes
    }
}

/// Why an archive cannot be replayed.
public struct SessionArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file, the line and the reason.
    public let description: String
}
