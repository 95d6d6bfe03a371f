/// Reads one value as a type, and notes what is wrong with it.
///
/// Every method returns the value, or `nil` after noting an issue with the value's JSON Pointer; so a whole body is
/// read to its end and all mistakes are reported at once. Objects are read by an `ObjectReader`.
///
/// ```swift
/// let limits = try JSONReader.object(body) { o in
///     let iterations = o.integer("iterations", in: 1...1000)
///     let name = o.optionalString("name", length: 1...64)
///     guard let iterations else { return nil }
///     return Limits(iterations: iterations, name: name)
/// }
/// ```
public struct JSONReader: Sendable {
    /// The value to be read.
    public let value: JSONValue
    var context: ReadingContext

    init(_ value: JSONValue, _ context: consuming ReadingContext) {
        self.value = value
        self.context = context
    }

    /// Reads a whole document.
    /// - Parameters:
    ///   - value: the document.
    ///   - body: reads it; returns `nil` only after an issue was noted.
    /// - Throws: `JSONIssues` with all issues found.
    public static func read<Result>(
        _ value: JSONValue, _ body: (inout JSONReader) -> Result?
    ) throws(JSONIssues) -> Result {
        var reader = JSONReader(value, ReadingContext())
        let result = body(&reader)
        if let result, reader.context.issues.isEmpty { return result }
        if reader.context.issues.isEmpty { reader.issue("is not valid") }
        throw reader.context.issues
    }

    /// Reads a whole document that has to be an object.
    /// - Throws: `JSONIssues` with all issues found, unknown members included.
    public static func object<Result>(
        _ value: JSONValue, _ body: (inout ObjectReader) -> Result?
    ) throws(JSONIssues) -> Result {
        try read(value) { $0.object(body) }
    }

    /// Notes that something is wrong with this value.
    public mutating func issue(_ detail: String) {
        context.report(detail)
    }

    private mutating func mismatch(_ expected: String) {
        context.report("must be \(expected), found \(value.kind)")
    }
}

// MARK: - Scalars

extension JSONReader {
    /// A string.
    /// - Parameter length: allowed number of Unicode scalars.
    public mutating func string(length: ClosedRange<Int> = 0...Int.max) -> String? {
        guard case .string(let text) = value else {
            mismatch("a string")
            return nil
        }
        // A string has at most as many scalars as bytes; most need no count.
        if length.lowerBound > 0 || text.utf8.count > length.upperBound {
            let count = text.unicodeScalars.count
            guard length.contains(count) else {
                context.report("must have \(describe(length, unit: "character")), found \(count)")
                return nil
            }
        }
        return text
    }

    /// A whole number; `3.0` counts as one.
    public mutating func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
        guard value.doubleValue != nil else {
            mismatch("an integer")
            return nil
        }
        guard let number = value.intValue else {
            if case .double(let double) = value, double.rounded() == double {
                context.report("must be \(describe(range))")
            } else {
                context.report("must be an integer, found a number with a fraction")
            }
            return nil
        }
        guard range.contains(number) else {
            context.report("must be \(describe(range))")
            return nil
        }
        return number
    }

    /// A finite number.
    public mutating func double(
        in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) -> Double? {
        guard let number = value.doubleValue, number.isFinite else {
            mismatch("a number")
            return nil
        }
        guard range.contains(number) else {
            context.report("must be \(describe(range))")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    public mutating func bool() -> Bool? {
        guard case .bool(let bool) = value else {
            mismatch("a boolean")
            return nil
        }
        return bool
    }

    /// One of an enumeration's raw values; the issue lists them.
    public mutating func enumeration<Choice>(_ type: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        guard case .string(let text) = value else {
            mismatch("a string")
            return nil
        }
        if let choice = Choice(rawValue: text) { return choice }
        let allowed = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        context.report("must be one of \(allowed)")
        return nil
    }
}

// MARK: - Containers

extension JSONReader {
    /// An object; members that `body` does not ask for are reported as unknown.
    public mutating func object<Result>(_ body: (inout ObjectReader) -> Result?) -> Result? {
        guard case .object(let object) = value else {
            mismatch("an object")
            return nil
        }
        var reader = ObjectReader(object, takeContext())
        let result = body(&reader)
        reader.finish()
        context = reader.takeContext()
        return result
    }

    /// An array whose elements `element` reads; `nil` when any of them is wrong.
    /// - Parameter count: allowed number of elements.
    public mutating func array<Element>(
        count: ClosedRange<Int> = 0...Int.max, _ element: (inout JSONReader) -> Element?
    ) -> [Element]? {
        guard case .array(let elements) = value else {
            mismatch("an array")
            return nil
        }
        guard count.contains(elements.count) else {
            context.report("must have \(describe(count, unit: "item")), found \(elements.count)")
            return nil
        }
        var results: [Element] = []
        results.reserveCapacity(elements.count)
        for (index, value) in elements.enumerated() where !context.issues.isFull {
            if let result = nested(value, .index(index), element) { results.append(result) }
        }
        return results.count == elements.count ? results : nil
    }

    /// An object used as a map, in the order of the text; `nil` when any value is wrong.
    /// - Parameters:
    ///   - count: allowed number of members.
    ///   - keyLength: allowed number of Unicode scalars in a key.
    public mutating func map<Value>(
        count: ClosedRange<Int> = 0...Int.max, keyLength: ClosedRange<Int> = 0...Int.max,
        _ element: (inout JSONReader) -> Value?
    ) -> [(key: String, value: Value)]? {
        guard case .object(let object) = value else {
            mismatch("an object")
            return nil
        }
        guard count.contains(object.count) else {
            context.report("must have \(describe(count, unit: "member")), found \(object.count)")
            return nil
        }
        var results: [(key: String, value: Value)] = []
        for member in object.members where !context.issues.isFull {
            let length = member.key.unicodeScalars.count
            guard keyLength.contains(length) else {
                let bounds = describe(keyLength, unit: "character")
                context.report(
                    "must have a key of \(bounds), found \(length)", at: String(member.key.prefix(64)))
                continue
            }
            if let result = nested(member.value, .key(member.key), element) {
                results.append((member.key, result))
            }
        }
        return results.count == object.count ? results : nil
    }

    private mutating func nested<Result>(
        _ value: JSONValue, _ token: ReadingContext.Token, _ body: (inout JSONReader) -> Result?
    ) -> Result? {
        var shared = takeContext()
        shared.path.append(token)
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
}
