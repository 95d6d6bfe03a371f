/// Reads the members of one object; given to the closure of `JSONReader.object`.
///
/// A method named after a type reads a required member and returns `nil` after noting an issue; with `default:` the
/// member may be absent; its `optional...` form returns `nil` for an absent member or `null`. Members that nobody
/// asks for are reported as unknown when the closure returns, so that a typing mistake is never silently ignored: ask
/// for all members first, and only then return early if one of them was wrong.
public struct ObjectReader: Sendable {
    /// The object to be read.
    public let object: JSONObject
    private var context: ReadingContext
    private var known: [String] = []
    private var allowsUnknown = false

    init(_ object: JSONObject, _ context: consuming ReadingContext) {
        self.object = object
        self.context = context
    }

    /// Whether the member is there and not `null`.
    public func has(_ key: String) -> Bool {
        object[key].map { !$0.isNull } ?? false
    }

    /// Accepts unknown members: for answers of other programs, which may learn new ones, and for a union whose kind
    /// could not be told.
    public mutating func allowUnknown() {
        allowsUnknown = true
    }

    /// Notes that something is wrong with this object, or with one of its members.
    public mutating func issue(at key: String? = nil, _ detail: String) {
        context.report(detail, at: key)
    }

    /// Reads a required member in any way.
    public mutating func required<Result>(
        _ key: String, _ body: (inout JSONReader) -> Result?
    ) -> Result? {
        known.append(key)
        guard let value = object[key] else {
            context.report("is required", at: key)
            return nil
        }
        return read(value, key, body)
    }

    /// Reads a member that may be absent or `null`, in any way.
    public mutating func optional<Result>(
        _ key: String, _ body: (inout JSONReader) -> Result?
    ) -> Result? {
        known.append(key)
        guard let value = object[key], !value.isNull else { return nil }
        return read(value, key, body)
    }

    private mutating func read<Result>(
        _ value: JSONValue, _ key: String, _ body: (inout JSONReader) -> Result?
    ) -> Result? {
        var shared = takeContext()
        shared.path.append(.key(key))
        var reader = JSONReader(value, shared)
        shared = ReadingContext()
        let result = body(&reader)
        context = reader.takeContext()
        context.path.removeLast()
        return result
    }

    mutating func takeContext() -> ReadingContext {
        let taken = context
        context = ReadingContext()
        return taken
    }

    /// Reports every member that was not asked for.
    mutating func finish() {
        guard !allowsUnknown else { return }
        for member in object.members where !context.issues.isFull {
            if known.contains(where: { $0.hasSameBytes(as: member.key) }) { continue }
            if let near = nearestName(to: member.key, among: known) {
                context.report("unknown field; did you mean \"\(near)\"?", at: member.key)
            } else {
                context.report("unknown field", at: member.key)
            }
        }
    }
}

// MARK: - Required members

extension ObjectReader {
    /// A required string. `length`: allowed number of Unicode scalars.
    public mutating func string(_ key: String, length: ClosedRange<Int> = 0...Int.max) -> String? {
        required(key) { $0.string(length: length) }
    }

    /// A required whole number.
    public mutating func integer(_ key: String, in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
        required(key) { $0.integer(in: range) }
    }

    /// A required finite number.
    public mutating func double(
        _ key: String,
        in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) -> Double? {
        required(key) { $0.double(in: range) }
    }

    /// A required truth value.
    public mutating func bool(_ key: String) -> Bool? {
        required(key) { $0.bool() }
    }

    /// A required choice among an enumeration's raw values.
    public mutating func enumeration<Choice>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        required(key) { $0.enumeration(type) }
    }

    /// A required object.
    public mutating func object<Result>(
        _ key: String, _ body: (inout ObjectReader) -> Result?
    ) -> Result? {
        required(key) { $0.object(body) }
    }

    /// A required array. `count`: allowed number of elements.
    public mutating func array<Element>(
        _ key: String, count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) -> Element?
    ) -> [Element]? {
        required(key) { $0.array(count: count, element) }
    }

    /// A required object used as a map, in the order of the text. `count`: allowed number of members.
    public mutating func map<Value>(
        _ key: String, count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) -> Value?
    ) -> [(key: String, value: Value)]? {
        required(key) { $0.map(count: count, element) }
    }

    /// Any required value, unread.
    public mutating func value(_ key: String) -> JSONValue? {
        required(key) { $0.value }
    }
}

// MARK: - Members that may be absent

extension ObjectReader {
    /// A string, or `nil` when absent, `null` or wrong.
    public mutating func optionalString(_ key: String, length: ClosedRange<Int> = 0...Int.max) -> String? {
        optional(key) { $0.string(length: length) }
    }

    /// A whole number, or `nil` when absent, `null` or wrong.
    public mutating func optionalInteger(
        _ key: String, in range: ClosedRange<Int> = Int.min...Int.max
    ) -> Int? {
        optional(key) { $0.integer(in: range) }
    }

    /// A finite number, or `nil` when absent, `null` or wrong.
    public mutating func optionalDouble(
        _ key: String,
        in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) -> Double? {
        optional(key) { $0.double(in: range) }
    }

    /// A truth value, or `nil` when absent, `null` or wrong.
    public mutating func optionalBool(_ key: String) -> Bool? {
        optional(key) { $0.bool() }
    }

    /// A choice among an enumeration's raw values, or `nil` when absent, `null` or wrong.
    public mutating func optionalEnumeration<Choice>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        optional(key) { $0.enumeration(type) }
    }

    /// An object, or `nil` when absent, `null` or wrong.
    public mutating func optionalObject<Result>(
        _ key: String, _ body: (inout ObjectReader) -> Result?
    ) -> Result? {
        optional(key) { $0.object(body) }
    }

    /// An array, or `nil` when absent, `null` or wrong. `count`: allowed number of elements.
    public mutating func optionalArray<Element>(
        _ key: String, count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) -> Element?
    ) -> [Element]? {
        optional(key) { $0.array(count: count, element) }
    }

    /// An object used as a map, or `nil` when absent, `null` or wrong. `count`: allowed number of members.
    public mutating func optionalMap<Value>(
        _ key: String, count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) -> Value?
    ) -> [(key: String, value: Value)]? {
        optional(key) { $0.map(count: count, element) }
    }

    /// Any value, unread, or `nil` when absent or `null`.
    public mutating func optionalValue(_ key: String) -> JSONValue? {
        optional(key) { $0.value }
    }

    /// A string, or the default when absent or `null` (and after an issue).
    public mutating func string(
        _ key: String, length: ClosedRange<Int> = 0...Int.max, default fallback: String
    ) -> String {
        optionalString(key, length: length) ?? fallback
    }

    /// A whole number, or the default when absent or `null` (and after an issue).
    public mutating func integer(
        _ key: String, in range: ClosedRange<Int> = Int.min...Int.max, default fallback: Int
    ) -> Int {
        optionalInteger(key, in: range) ?? fallback
    }

    /// A finite number, or the default when absent or `null` (and after an issue).
    public mutating func double(
        _ key: String,
        in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude,
        default fallback: Double
    ) -> Double {
        optionalDouble(key, in: range) ?? fallback
    }

    /// A truth value, or the default when absent or `null` (and after an issue).
    public mutating func bool(_ key: String, default fallback: Bool) -> Bool {
        optionalBool(key) ?? fallback
    }

    /// A choice, or the default when absent or `null` (and after an issue).
    public mutating func enumeration<Choice>(_ key: String, default fallback: Choice) -> Choice
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        optionalEnumeration(key, Choice.self) ?? fallback
    }
}
