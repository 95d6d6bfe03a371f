/// The parser: one pass over the bytes, by recursion that the depth limit bounds.
///
/// It keeps no trace of where it is: an error collects its JSON Pointer on the way out.
struct JSONParser {
    private let limits: JSONLimits
    private var scanner = JSONScanner()
    /// How many containers are open.
    private var depth = 0

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Parses a whole document.
    mutating func parse(_ input: Span<UInt8>) throws(JSONParseError) -> JSONValue {
        do {
            try scanner.refuseByteOrderMark(input)
            scanner.skipWhitespace(input)
            let value = try parseValue(input)
            try scanner.expectEnd(input)
            return value
        } catch {
            throw JSONParseError(error, in: input)
        }
    }

    private mutating func parseValue(_ input: Span<UInt8>) throws(JSONFailure) -> JSONValue {
        switch scanner.peek(input) {
        case UInt8(ascii: "\""):
            return .string(try scanner.string(input))
        case UInt8(ascii: "{"):
            return .object(try parseObject(input))
        case UInt8(ascii: "["):
            return .array(try parseArray(input))
        case UInt8(ascii: "t"):
            try scanner.literal("true", input)
            return .bool(true)
        case UInt8(ascii: "f"):
            try scanner.literal("false", input)
            return .bool(false)
        case UInt8(ascii: "n"):
            try scanner.literal("null", input)
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try scanner.number(input)
        default:
            throw scanner.unexpected(input, expected: "a value")
        }
    }

    private mutating func parseArray(_ input: Span<UInt8>) throws(JSONFailure) -> [JSONValue] {
        try open(input)
        var elements: [JSONValue] = []
        if scanner.skip(UInt8(ascii: "]"), input) { return close(elements) }
        repeat {
            scanner.skipWhitespace(input)
            do {
                elements.append(try parseValue(input))
            } catch {
                throw error.inside(JSONPointer.token(elements.count))
            }
            scanner.skipWhitespace(input)
        } while scanner.skip(UInt8(ascii: ","), input)
        guard scanner.skip(UInt8(ascii: "]"), input) else {
            throw scanner.unexpected(input, expected: "',' or ']'")
        }
        return close(elements)
    }

    private mutating func parseObject(_ input: Span<UInt8>) throws(JSONFailure) -> JSONObject {
        try open(input)
        var members = UniqueMembers()
        if scanner.skip(UInt8(ascii: "}"), input) { return close(JSONObject()) }
        repeat {
            scanner.skipWhitespace(input)
            let key = try parseKey(input, isFirst: members.list.isEmpty, among: &members)
            do {
                members.list.append((key, try parseValue(input)))
            } catch {
                throw error.inside(JSONPointer.token(key))
            }
            scanner.skipWhitespace(input)
        } while scanner.skip(UInt8(ascii: ","), input)
        guard scanner.skip(UInt8(ascii: "}"), input) else {
            throw scanner.unexpected(input, expected: "',' or '}'")
        }
        return close(JSONObject(uniqueMembers: members.list, index: members.index))
    }

    /// Reads a key and its colon; the position is then at the value.
    private mutating func parseKey(
        _ input: Span<UInt8>, isFirst: Bool, among members: inout UniqueMembers
    ) throws(JSONFailure) -> String {
        guard scanner.peek(input) == UInt8(ascii: "\"") else {
            throw scanner.unexpected(input, expected: isFirst ? "a key or '}'" : "a key")
        }
        let offset = scanner.index
        let key = try scanner.string(input)
        guard members.admit(key) else {
            throw JSONFailure(offset: offset, reason: JSONParseError.duplicateKey).inside(
                JSONPointer.token(key))
        }
        scanner.skipWhitespace(input)
        guard scanner.skip(UInt8(ascii: ":"), input) else {
            throw scanner.unexpected(input, expected: "':'")
        }
        scanner.skipWhitespace(input)
        return key
    }

    private mutating func open(_ input: Span<UInt8>) throws(JSONFailure) {
        guard depth < limits.depth else {
            throw JSONFailure(offset: scanner.index, reason: "nested deeper than \(limits.depth) levels")
        }
        depth += 1
        scanner.index += 1
        scanner.skipWhitespace(input)
    }

    private mutating func close<Container>(_ container: Container) -> Container {
        depth -= 1
        return container
    }
}

/// The members of an object while it is being read, with what it takes to find a duplicate key.
private struct UniqueMembers {
    var list: [(key: String, value: JSONValue)] = []
    /// Where each key is, once there are too many for a linear search.
    private(set) var index: [JSONKey: Int]?

    /// Whether the next member may have this key.
    mutating func admit(_ key: String) -> Bool {
        // Most objects have one member or a handful: one step of growth in place of three.
        if list.count == 1 { list.reserveCapacity(8) }
        if list.count < JSONObject.indexThreshold {
            for member in list where member.key.hasSameBytes(as: key) { return false }
            return true
        }
        if index == nil {
            var fresh: [JSONKey: Int] = [:]
            for (place, member) in list.enumerated() { fresh[JSONKey(member.key)] = place }
            index = fresh
        }
        return index?.updateValue(list.count, forKey: JSONKey(key)) == nil
    }
}

// MARK: - Entry points

extension JSONValue {
    /// Parses one JSON text (RFC 8259) strictly.
    ///
    /// Refused besides what the grammar refuses: invalid UTF-8, a byte order mark, lone surrogate escapes, duplicate
    /// keys, numbers beyond the range of a `Double`, and nesting deeper than the limit.
    /// - Parameters:
    ///   - bytes: the whole text, UTF-8.
    ///   - limits: how deep it may nest.
    /// - Throws: `JSONParseError` with the place and the reason.
    public init(parsing bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
        var parser = JSONParser(limits: limits)
        self = try parser.parse(bytes)
    }

    /// Parses one JSON text from an array of bytes; see `init(parsing:limits:)` for a span.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
        try self.init(parsing: bytes.span, limits: limits)
    }

    /// Parses one JSON text from any sequence of bytes (which is copied first).
    public init(
        parsing bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONParseError) {
        try self.init(parsing: Array(bytes).span, limits: limits)
    }

    /// Parses one JSON text from a string.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
        try self.init(parsing: text.utf8.span, limits: limits)
    }
}
