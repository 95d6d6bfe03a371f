/// The field lines of a response. A value of this type can't hold octets that would break a message apart:
/// what may not stand in a value (controls such as CR, LF, NUL) is replaced by a space, and a line whose name
/// is not a token is left out (RFC 9110 5.1, 5.5).
///
/// Lines that the server itself answers for are left out too: Content-Length, Transfer-Encoding, Connection,
/// Keep-Alive, Date and X-Request-Id.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    struct Line: Sendable, Equatable {
        let name: String
        let value: String
    }
    private(set) var lines: [Line] = []

    /// No lines.
    public init() {}

    /// Lines in the order written; a name may occur more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// Number of lines.
    public var count: Int { lines.count }

    /// Every line, in order.
    public var all: [(name: String, value: String)] { lines.map { ($0.name, $0.value) } }

    /// The first value of that name; assigning replaces every line of the name, nil removes them.
    public subscript(name: String) -> String? {
        get { lines.first { ASCII.equalIgnoringCase($0.name, name) }?.value }
        set {
            lines.removeAll { ASCII.equalIgnoringCase($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    /// Adds a line after the others, cleaned as the type's description says.
    public mutating func add(_ name: String, _ value: String) {
        guard Self.isToken(name), !Self.belongsToServer(name) else { return }
        lines.append(Line(name: name, value: Self.isClean(value) ? value : Self.cleaned(value)))
    }

    private static func isToken(_ name: String) -> Bool {
        let token = ByteClass.token
        return !name.isEmpty && name.utf8.allSatisfy { token.contains($0) }
    }

    private static func isClean(_ value: String) -> Bool {
        let legal = ByteClass.fieldValue
        return value.utf8.allSatisfy { legal.contains($0) }
    }

    private static func cleaned(_ value: String) -> String {
        let legal = ByteClass.fieldValue
        return String(decoding: value.utf8.map { legal.contains($0) ? $0 : ASCII.space }, as: UTF8.self)
    }

    private static func belongsToServer(_ name: String) -> Bool {
        switch name.utf8.count {
        case 4: ASCII.equalIgnoringCase(name, "date")
        case 10: ASCII.equalIgnoringCase(name, "connection") || ASCII.equalIgnoringCase(name, "keep-alive")
        case 12: ASCII.equalIgnoringCase(name, "x-request-id")
        case 14: ASCII.equalIgnoringCase(name, "content-length")
        case 17: ASCII.equalIgnoringCase(name, "transfer-encoding")
        default: false
        }
    }
}
