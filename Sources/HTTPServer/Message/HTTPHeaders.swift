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
        let bytes = name.utf8.span
        return !bytes.isEmpty && ByteClass.token.holdsAll(bytes, 0..<bytes.count)
    }

    private static func isClean(_ value: String) -> Bool {
        let bytes = value.utf8.span
        return ByteClass.fieldValue.holdsAll(bytes, 0..<bytes.count)
    }

    private static func cleaned(_ value: String) -> String {
        let legal = ByteClass.fieldValue
        return String(decoding: value.utf8.map { legal.contains($0) ? $0 : ASCII.space }, as: UTF8.self)
    }

    private static func belongsToServer(_ name: String) -> Bool {
        let bytes = name.utf8.span
        func equals(_ word: StaticString) -> Bool { ASCII.equals(bytes, 0..<bytes.count, lowercase: word) }
        return switch bytes.count {
        case 4: equals("date")
        case 10: equals("connection") || equals("keep-alive")
        case 12: equals("x-request-id")
        case 14: equals("content-length")
        case 17: equals("transfer-encoding")
        default: false
        }
    }
}
