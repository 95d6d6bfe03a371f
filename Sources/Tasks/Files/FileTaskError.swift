/// What is wrong with a task's file, and where.
public struct FileTaskError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's path as it was given.
    public let file: String
    /// The line, from 1; `nil` if it is the file as a whole.
    public let line: Int?
    /// The member of the line's object; `nil` if it is the line as a whole.
    public let field: String?
    /// What is wrong and what to do.
    public let problem: String

    init(file: String, line: Int? = nil, field: String? = nil, problem: String) {
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem
    }

    /// Place and problem in a sentence.
    public var description: String {
        var place = file
        if let line { place += ", line \(line)" }
        if let field { place += ", field \(field)" }
        return "\(place): \(problem)"
    }
}
