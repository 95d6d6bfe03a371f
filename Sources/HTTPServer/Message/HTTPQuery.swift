/// The items of a query (`a=1&b=2`), decoded, in order, duplicates kept. "+" reads as a space, as HTML forms
/// and most client libraries write it.
public struct HTTPQuery: Sendable {
    /// Name and value of each item; an item without "=" has an empty value.
    public let items: [(name: String, value: String)]

    /// No items.
    public init() { items = [] }

    /// Reads the part of a target after "?".
    /// - Throws: ``HTTPTargetError`` for bad escapes, an encoded NUL or text that isn't UTF-8.
    public init(parsing text: String) throws(HTTPTargetError) {
        let bytes = Array(text.utf8)
        var items: [(name: String, value: String)] = []
        var start = 0
        while start < bytes.count {
            let end = bytes.span.firstIndex(of: 0x26, from: start) ?? bytes.count
            if end > start {
                var equals = end
                if let found = bytes.span.firstIndex(of: 0x3D, from: start), found < end { equals = found }
                let value = min(equals + 1, end)..<end
                items.append(
                    (
                        name: try PercentDecoding.decode(bytes.span, start..<equals, plusIsSpace: true),
                        value: try PercentDecoding.decode(bytes.span, value, plusIsSpace: true)
                    ))
            }
            start = end + 1
        }
        self.items = items
    }

    /// The first value of that name (names are case-sensitive); nil when there is none.
    public func first(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// Every value of that name, in order.
    public func all(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }
}
