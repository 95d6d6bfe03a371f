/// One thing that is wrong with a body, in the form of the API's `errors` members.
public struct JSONIssue: Sendable, Equatable {
    /// Where: a JSON Pointer (RFC 6901); empty for the whole document.
    public let pointer: String
    /// What, as the end of a sentence about the value: `must be between 1 and 1000`.
    public let detail: String

    /// An issue at that place.
    public init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }
}

/// Everything that is wrong with a body, in the order in which it was found.
///
/// At most `maximumCount` issues are kept: the answer to a body of a million bad elements must stay small.
public struct JSONIssues: Error, Sendable, Equatable, CustomStringConvertible {
    /// How many issues are kept.
    public static let maximumCount = 32

    /// The issues found, at most `maximumCount`.
    public private(set) var items: [JSONIssue] = []

    /// No issues yet.
    public init() {}

    /// One issue.
    public init(pointer: String, detail: String) {
        items = [JSONIssue(pointer: pointer, detail: detail)]
    }

    /// Whether nothing is wrong.
    public var isEmpty: Bool { items.isEmpty }

    /// Whether further issues would be dropped, so that looking for them is of no use.
    public var isFull: Bool { items.count >= Self.maximumCount }

    /// Keeps an issue, unless there are enough already.
    public mutating func add(_ issue: JSONIssue) {
        if !isFull { items.append(issue) }
    }

    /// The issues in one line: `/limits/iterations must be between 1 and 1000; ...`.
    public var description: String {
        items.map { $0.pointer.isEmpty ? $0.detail : "\($0.pointer) \($0.detail)" }.joined(separator: "; ")
    }
}

/// What all readers of one document share; moved from reader to reader, never copied.
struct ReadingContext: Sendable {
    enum Token: Sendable {
        case key(String)
        case index(Int)
    }

    /// Where the reader stands. Becomes text only when something is wrong.
    var path: [Token] = []
    var issues = JSONIssues()

    mutating func report(_ detail: String, at key: String? = nil) {
        guard !issues.isFull else { return }
        var pointer = ""
        for token in path {
            switch token {
            case .key(let name): pointer += JSONPointer.token(name)
            case .index(let index): pointer += JSONPointer.token(index)
            }
        }
        if let key { pointer += JSONPointer.token(key) }
        issues.add(JSONIssue(pointer: pointer, detail: detail))
    }
}
