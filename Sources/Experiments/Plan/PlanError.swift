/// The first mistake found in a plan's file.
public struct PlanError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, from 1, where known.
    public let line: Int?
    /// The key, such as `arms[0].agents`, where known.
    public let key: String?
    /// What is wrong, as the end of a sentence about the key or the file.
    public let detail: String

    /// A mistake.
    public init(path: String, line: Int?, key: String?, detail: String) {
        self.path = path
        self.line = line
        self.key = key
        self.detail = detail
    }

    /// The mistake in one line: `plan.yaml:4: budget must be a whole number from 1 to 10000`.
    public var description: String {
        let place = line.map { "\(path):\($0)" } ?? path
        guard let key, !key.isEmpty else { return "\(place): \(detail)" }
        return "\(place): \(key) \(detail)"
    }
}
