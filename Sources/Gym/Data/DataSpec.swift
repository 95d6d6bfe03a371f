/// One line of a plan: how many data of which kind the data-generation engine is to make.
public struct DataSpec: Sendable, Equatable, Codable {
    /// What the data should be like.
    public enum Kind: Sendable, Equatable, Codable {
        /// Data for a skill, or for one of its subskills; `hint` narrows it in words.
        case skill(String, subskill: String?, hint: String?)
        /// Data for what the words describe.
        case instruction(String)
        /// Data of the same kind as these task instances (train or validation ids), which are never copied.
        case like([String])
    }

    /// What the data should be like.
    public let kind: Kind
    /// How many data to make, at least 1.
    public let count: Int

    /// A spec from its parts.
    public init(kind: Kind, count: Int) {
        self.kind = kind
        self.count = count
    }
}
