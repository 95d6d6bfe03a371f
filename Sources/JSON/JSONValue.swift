/// One JSON value (RFC 8259, section 3).
///
/// Whole numbers that fit are kept as `Int64`, so that ids and counts stay exact; every other number is a `Double`.
/// Two values are equal when they hold the same kind and the same content: strings are compared byte by byte (not by
/// canonical equivalence, as Swift's own strings are), objects regardless of the order of their members.
public enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction and exponent that fits into 64 bits.
    case integer(Int64)
    /// Any other number. Parsing never makes a NaN or an infinity; the writer turns them into `null`.
    case double(Double)
    /// A string, always valid Unicode.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object with unique keys in the order of the text.
    case object(JSONObject)
}

extension JSONValue: Equatable {
    /// Compares kind and content; `1` and `1.0` differ.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

// MARK: - Accessors

extension JSONValue {
    /// The string, or `nil` when the value is something else.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The number as an `Int` when it is whole and fits, also when it was written as `1.0` or `1e3`.
    public var intValue: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number as a `Double`; whole numbers beyond 2^53 are rounded to the nearest.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The truth value, or `nil` when the value is something else.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, or `nil` when the value is not an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, or `nil` when the value is something else.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The member of that name, or `nil` when there is none or the value is not an object.
    public subscript(key: String) -> JSONValue? {
        objectValue?[key]
    }

    /// The element at that index, or `nil` when there is none or the value is not an array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// What the value is, with its article, for messages: `a string`, `an integer`, `null`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension String {
    /// Whether both strings are the same sequence of code points (RFC 8259, section 8.3, asks for this comparison).
    ///
    /// Swift's `==` compares by canonical equivalence, which would merge two keys that differ only in normalisation.
    func hasSameBytes(as other: String) -> Bool {
        // Equivalence is a fast comparison for most strings, and a condition for equal bytes.
        self == other && utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
