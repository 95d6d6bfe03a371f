import JSON
import Yams

/// Why a YAML text is not taken.
enum YAMLReadingError: Error, Equatable, CustomStringConvertible {
    /// There is no document in the text.
    case empty
    /// The library has left an alias unresolved.
    case alias(String)
    /// YAML 1.1 and 1.2 read the scalar as different things.
    case ambiguous(String)

    var description: String {
        switch self {
        case .empty: "there is no document"
        case .alias(let name): "the alias *\(name) leads nowhere"
        case .ambiguous(let text): "\(text) means different things to YAML 1.1 and 1.2; quote it"
        }
    }
}

extension JSONValue {
    /// The value of a YAML text by the core schema of YAML 1.2, as OpenAPI 3.1 asks for (section 4.3).
    ///
    /// Scalars are resolved here and not by the library, which follows YAML 1.1 and would make a truth value
    /// of `no`.
    ///
    /// - Throws: `YAMLReadingError`, or the library's error for a text that is not YAML or has a key twice.
    init(yaml: String) throws {
        guard let node = try Yams.compose(yaml: yaml) else { throw YAMLReadingError.empty }
        self = try Self.value(of: node)
    }

    private static func value(of node: Node) throws -> JSONValue {
        switch node {
        case .scalar(let scalar):
            return scalar.style == .plain ? try plain(scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            return .array(try sequence.map(value(of:)))
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, member) in mapping { object[try name(of: key)] = try value(of: member) }
            return .object(object)
        case .alias(let alias):
            throw YAMLReadingError.alias("\(alias.anchor)")
        }
    }

    /// A key: whatever else it would be, in JSON it is a string.
    private static func name(of key: Node) throws -> String {
        guard case .scalar(let scalar) = key else {
            throw YAMLReadingError.ambiguous("a key that is no scalar")
        }
        if scalar.style == .plain, case .string = try plain(scalar.string) { return scalar.string }
        guard scalar.style != .plain else { throw YAMLReadingError.ambiguous(scalar.string) }
        return scalar.string
    }

    private static func plain(_ text: String) throws -> JSONValue {
        switch text {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        if ambiguous.contains(text.lowercased()) { throw YAMLReadingError.ambiguous(text) }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return .string(text) }
        let isWhole = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isWhole, digits.utf8.count > 1, first == 0x30 { throw YAMLReadingError.ambiguous(text) }
        if isWhole, let number = Int64(text) { return .integer(number) }
        let isNumeric = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x65 }
        if isNumeric, let number = Double(text) { return .double(number) }
        return .string(text)
    }

    private static let ambiguous: Set<String> = ["yes", "no", "on", "off", "y", "n", "true", "false", "null"]
}
