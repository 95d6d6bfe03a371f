/// What the parser accepts beyond the grammar.
public struct JSONLimits: Sendable, Equatable {
    /// How deep arrays and objects may nest, 1 to `maximumDepth`; a scalar alone has depth 0.
    public var depth: Int

    /// The deepest nesting that any limit allows. Values are released, compared and written by recursion; this keeps
    /// that within the stack of a small thread.
    public static let maximumDepth = 512

    /// Limits with the given depth, clamped to 1...`maximumDepth`.
    public init(depth: Int = 64) {
        self.depth = min(max(depth, 1), Self.maximumDepth)
    }
}

/// Why a text is not acceptable JSON, and where.
public struct JSONParseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Bytes before the place of the error, from 0.
    public let offset: Int
    /// The line of the error, from 1; lines end at LF.
    public let line: Int
    /// The column in bytes, from 1.
    public let column: Int
    /// The JSON Pointer (RFC 6901) of the value being read when the error was found; empty for the whole document.
    public let pointer: String
    /// What is wrong, in words, such as `expected ',' or ']'`.
    public let reason: String

    /// Whether the only fault is a member that comes twice: the text fits the grammar then, but what it means is up to the reader
    /// (RFC 8259, section 4).
    public var isDuplicateKey: Bool { reason == Self.duplicateKey }

    static let duplicateKey = "duplicate key"

    /// Reason and place in one line.
    public var description: String {
        let place = "line \(line), column \(column)"
        return pointer.isEmpty ? "\(reason) at \(place)" : "\(reason) at \(place), in \(pointer)"
    }
}

/// A parser failure before line and column have been worked out.
struct JSONFailure: Error {
    let offset: Int
    let reason: String
    /// The tokens of the pointer, innermost first.
    private(set) var path: [String] = []

    init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }

    /// The same failure, seen from the container of the value that `token` names.
    func inside(_ token: String) -> JSONFailure {
        var outer = self
        outer.path.append(token)
        return outer
    }
}

extension JSONParseError {
    /// Works out line, column and pointer.
    init(_ failure: JSONFailure, in input: Span<UInt8>) {
        var line = 1
        var lineStart = 0
        for place in 0..<min(failure.offset, input.count) where input[place] == UInt8(ascii: "\n") {
            line += 1
            lineStart = place + 1
        }
        self.init(
            offset: failure.offset, line: line, column: failure.offset - lineStart + 1,
            pointer: failure.path.reversed().joined(), reason: failure.reason)
    }
}
