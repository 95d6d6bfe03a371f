/// Writes the members of one object; given to the closure of `JSONWriter.object`.
///
/// Members stand in the order of the calls. That keys are unique is up to the caller: an object of an API has them
/// fixed in the source, and checking would cost more than writing.
public struct ObjectWriter: Sendable {
    private var bytes: [UInt8]
    private var isFirst = true

    static func write(onto bytes: consuming [UInt8], _ body: (inout ObjectWriter) -> Void) -> [UInt8] {
        var writer = ObjectWriter(bytes: bytes)
        writer.bytes.append(UInt8(ascii: "{"))
        body(&writer)
        writer.bytes.append(UInt8(ascii: "}"))
        return writer.takeBytes()
    }

    private init(bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    private mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    private mutating func beginMember(_ key: String) {
        if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
        bytes.appendJSON(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a string member; `nil` becomes `null`.
    public mutating func callAsFunction(_ key: String, _ value: String?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes a whole number; `nil` becomes `null`.
    public mutating func callAsFunction(_ key: String, _ value: Int?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes a whole number; `nil` becomes `null`.
    public mutating func callAsFunction(_ key: String, _ value: Int64?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes a whole number; `nil` becomes `null`.
    public mutating func callAsFunction(_ key: String, _ value: UInt64?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes a number in its shortest form; `nil`, NaN and the infinities become `null`.
    public mutating func callAsFunction(_ key: String, _ value: Double?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes `true` or `false`; `nil` becomes `null`.
    public mutating func callAsFunction(_ key: String, _ value: Bool?) {
        beginMember(key)
        bytes.appendJSON(value)
    }

    /// Writes an array of strings.
    public mutating func callAsFunction(_ key: String, _ value: [String]) {
        array(key, value) { writer, item in writer.string(item) }
    }

    /// Writes `null`.
    public mutating func null(_ key: String) {
        beginMember(key)
        bytes.appendNull()
    }

    /// Writes any value; `nil` becomes `null`.
    public mutating func value(_ key: String, _ value: JSONValue?) {
        beginMember(key)
        bytes.appendJSON(value ?? .null)
    }

    /// Writes bytes that are one JSON text already; they are not checked.
    public mutating func raw(_ key: String, _ encoded: [UInt8]) {
        beginMember(key)
        bytes.append(contentsOf: encoded)
    }

    /// Writes a nested object whose members `body` gives.
    public mutating func object(_ key: String, _ body: (inout ObjectWriter) -> Void) {
        beginMember(key)
        bytes = ObjectWriter.write(onto: takeBytes(), body)
    }

    /// Writes an array whose elements `body` writes, each by one call on the writer it is given.
    public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
        beginMember(key)
        bytes = JSONWriter.writeArray(onto: takeBytes(), body)
    }

    /// Writes an array with an element for each of `items`.
    public mutating func array<Items: Sequence>(
        _ key: String, _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
    ) {
        array(key) { writer in
            for item in items { body(&writer, item) }
        }
    }
}
