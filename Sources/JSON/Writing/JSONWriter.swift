/// Writes JSON text straight into bytes, without building values first.
///
/// The same calls give the same bytes: members stand in the order of the calls, there is no white space, and doubles
/// take the shortest form that reads back as the same number. Numbers that JSON cannot hold (NaN, infinities) become
/// `null`. Several values at the top level are separated by a line feed, which makes NDJSON.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object { o in
///     o("id", id)
///     o.array("items", items) { w, item in w.string(item.name) }
/// }
/// send(writer.bytes)
/// ```
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8]

    /// What stands between two values: a comma in an array, a line feed at the top level.
    private let separator: UInt8
    private var isFirst = true

    /// An empty writer.
    /// - Parameter capacity: how many bytes to reserve at once.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
        separator = UInt8(ascii: "\n")
    }

    init(elementsOnto bytes: consuming [UInt8]) {
        self.bytes = bytes
        separator = UInt8(ascii: ",")
    }

    /// The text so far.
    public var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Empties the writer and keeps its memory, for the next document.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        isFirst = true
    }

    /// Takes the bytes out and leaves none: growing them elsewhere must not copy them.
    mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    private mutating func beginValue() {
        if !isFirst { bytes.append(separator) }
        isFirst = false
    }
}

// MARK: - Values

extension JSONWriter {
    /// Writes `null`.
    public mutating func null() {
        beginValue()
        bytes.appendNull()
    }

    /// Writes a string, or `null`.
    public mutating func string(_ value: String?) {
        beginValue()
        bytes.appendJSON(value)
    }

    /// Writes a whole number, or `null`.
    public mutating func integer(_ value: (some FixedWidthInteger)?) {
        beginValue()
        bytes.appendJSON(value)
    }

    /// Writes a number, or `null`.
    public mutating func double(_ value: Double?) {
        beginValue()
        bytes.appendJSON(value)
    }

    /// Writes `true`, `false` or `null`.
    public mutating func bool(_ value: Bool?) {
        beginValue()
        bytes.appendJSON(value)
    }

    /// Writes a value.
    public mutating func value(_ value: JSONValue) {
        beginValue()
        bytes.appendJSON(value)
    }

    /// Writes bytes that are one JSON text already; they are not checked.
    public mutating func raw(_ encoded: [UInt8]) {
        beginValue()
        bytes.append(contentsOf: encoded)
    }

    /// Writes an object whose members `body` gives.
    public mutating func object(_ body: (inout ObjectWriter) -> Void) {
        beginValue()
        bytes = ObjectWriter.write(onto: takeBytes(), body)
    }

    /// Writes an array whose elements `body` writes, each by one call on the writer it is given.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        beginValue()
        bytes = JSONWriter.writeArray(onto: takeBytes(), body)
    }

    /// Writes an array with an element for each of `items`.
    public mutating func array<Items: Sequence>(
        _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
    ) {
        array { writer in
            for item in items { body(&writer, item) }
        }
    }

    static func writeArray(
        onto bytes: consuming [UInt8], _ body: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(elementsOnto: bytes)
        writer.bytes.append(UInt8(ascii: "["))
        body(&writer)
        writer.bytes.append(UInt8(ascii: "]"))
        return writer.takeBytes()
    }
}
