import JSON

/// What a keyword says about a value.
enum SchemaVerdict {
    /// The value is good, or of a kind that the keyword says nothing about.
    case holds
    /// The value is not good.
    case fails(String)
    /// The keyword's argument makes no sense, whatever the value.
    case malformed(String)

    /// What is wrong, if anything.
    var complaint: String? {
        switch self {
        case .holds: nil
        case .fails(let detail), .malformed(let detail): detail
        }
    }
}

/// The keywords of JSON Schema 2020-12 that judge a value by itself (Validation, section 6).
enum SchemaAssertions {
    typealias Assertion = @Sendable (_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict

    static let all: [String: Assertion] = [
        "type": type, "enum": oneOfValues, "const": constant, "required": required, "format": format,
        "pattern": pattern,
        "minimum": { bound($0, $1, "below the minimum") { $0 >= $1 } },
        "maximum": { bound($0, $1, "above the maximum") { $0 <= $1 } },
        "exclusiveMinimum": { bound($0, $1, "not above") { $0 > $1 } },
        "exclusiveMaximum": { bound($0, $1, "not below") { $0 < $1 } },
        "minLength": {
            count($0.stringValue?.unicodeScalars.count, $1, "fewer characters than") { $0 >= $1 }
        },
        "maxLength": { count($0.stringValue?.unicodeScalars.count, $1, "more characters than") { $0 <= $1 } },
        "minItems": { count($0.arrayValue?.count, $1, "fewer items than") { $0 >= $1 } },
        "maxItems": { count($0.arrayValue?.count, $1, "more items than") { $0 <= $1 } },
        "minProperties": { count($0.objectValue?.count, $1, "fewer members than") { $0 >= $1 } },
        "maxProperties": { count($0.objectValue?.count, $1, "more members than") { $0 <= $1 } },
    ]

    private static func type(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        let names = (argument.arrayValue ?? [argument]).compactMap(\.stringValue)
        guard !names.isEmpty, names.allSatisfy(typeNames.contains) else {
            return .malformed("the schema's type is malformed")
        }
        if names.contains(where: { value.has(type: $0) }) { return .holds }
        return .fails("is \(value.kind), not \(names.joined(separator: " or "))")
    }

    static let typeNames: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]

    private static func oneOfValues(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        guard let choices = argument.arrayValue else { return .malformed("the schema's enum is no array") }
        if choices.contains(where: { value.isSame(as: $0) }) { return .holds }
        return .fails("is \(value.shown), none of \(choices.map(\.shown).joined(separator: ", "))")
    }

    private static func constant(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        value.isSame(as: argument) ? .holds : .fails("is not the constant \(argument.shown)")
    }

    private static func required(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        guard let names = argument.arrayValue?.map(\.stringValue), !names.contains(nil) else {
            return .malformed("the schema's required is malformed")
        }
        guard let object = value.objectValue else { return .holds }
        let missing = names.compactMap(\.self).filter { object[$0] == nil }
        return missing.isEmpty ? .holds : .fails("has no \(missing.joined(separator: ", "))")
    }

    private static func format(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        guard argument.stringValue == "date-time" else {
            return .malformed("the validator does not know the schema's format")
        }
        guard let text = value.stringValue else { return .holds }
        return DateTimeFormat.accepts(text) ? .holds : .fails("is not an RFC 3339 date and time")
    }

    private static func pattern(_ value: JSONValue, _ argument: JSONValue) -> SchemaVerdict {
        guard let source = argument.stringValue, let regex = try? Regex(source) else {
            return .malformed("the schema's pattern cannot be read")
        }
        guard let text = value.stringValue else { return .holds }
        let found = text.firstMatch(of: regex.matchingSemantics(.unicodeScalar))
        return found == nil ? .fails("is \(value.shown), which does not match \(source)") : .holds
    }

    private static func bound(
        _ value: JSONValue, _ argument: JSONValue, _ words: String, _ holds: (Double, Double) -> Bool
    ) -> SchemaVerdict {
        guard let limit = argument.doubleValue else { return .malformed("the schema's bound is no number") }
        guard let number = value.doubleValue, !holds(number, limit) else { return .holds }
        return .fails("is \(value.shown), \(words) \(argument.shown)")
    }

    private static func count(
        _ count: Int?, _ argument: JSONValue, _ words: String, _ holds: (Int, Int) -> Bool
    ) -> SchemaVerdict {
        guard let limit = argument.intValue, limit >= 0 else {
            return .malformed("the schema's bound is no count")
        }
        guard let count, !holds(count, limit) else { return .holds }
        return .fails("has \(count): \(words) \(limit)")
    }
}

extension JSONValue {
    /// Whether the value is of a type as JSON Schema names it; `1.0` is an integer (Core, section 4.2.3).
    func has(type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .double(let number): type == "number" || type == "integer" && number.rounded() == number
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }

    /// Equality as JSON Schema defines it (Core, section 4.2.2): numbers are compared by value.
    func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.members.allSatisfy { key, value in right[key].map(value.isSame) ?? false }
        case (.integer(let left), .integer(let right)): left == right
        case (.integer, .double), (.double, .integer), (.double, .double): doubleValue == other.doubleValue
        default: self == other
        }
    }

    /// The value for a message: scalars as they are, the rest by kind.
    var shown: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .string(let value): "\"\(value.prefix(80))\""
        case .array, .object: kind
        }
    }
}
