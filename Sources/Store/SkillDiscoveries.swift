import GRDB
import Gym

/// How a skill discovery was made.
public enum DiscoveryMethod: String, Sendable, CaseIterable {
    /// By clustering the instructions (`InstructionClustering`).
    case clusters
    /// At random: the control that any discovery has to beat.
    case shuffled
    /// A client brought it.
    case supplied
}

/// A stored skill discovery: categories and the category of every instance of a task.
public struct SkillDiscoveryRecord: Sendable, Equatable {
    /// Its id, made from its content, so that the same discovery is stored once.
    public let id: String
    /// Whose it is.
    public let owner: String
    /// The task's name.
    public let task: String
    /// The fingerprint of the task's instances.
    public let taskFingerprint: String
    /// How it was made.
    public let method: DiscoveryMethod
    /// The seed that it was made with.
    public let seed: UInt64
    /// The categories and who belongs to them.
    public let skills: SkillSet
    /// The position of each instance's category, by the instance's id.
    public let categories: [String: Int]
    /// How many instances had a label that names no category and were given the nearest.
    public let repaired: Int
    /// Normalised mutual information with the gold labels over train and validation, 0 to 1; `nil` without gold labels.
    public let mutualInformation: Double?
    /// Adjusted Rand index against the gold labels over train and validation, at most 1; `nil` without gold labels.
    public let randIndex: Double?
    /// When it was made, in milliseconds since 1970.
    public let createdAt: Int64

    /// A record from its parts; the id comes from the content.
    ///
    /// - Throws: `StoreError` when the digest cannot be computed.
    public init(
        owner: String, task: BenchmarkTask, method: DiscoveryMethod, seed: UInt64, skills: [TaskSkill],
        categories: [String: Int], repaired: Int, mutualInformation: Double?, randIndex: Double?,
        createdAt: Int64
    ) throws {
        let content =
            try StoredJSON.text(StoredSkills(skills)) + StoredJSON.text(categories) + task.fingerprint
        let digest = try SHA256.hexadecimal(Array(content.utf8))
        self.init(
            id: "skills-\(digest.prefix(16))", owner: owner, task: task.name,
            taskFingerprint: task.fingerprint,
            method: method, seed: seed, skills: skills, categories: categories, repaired: repaired,
            mutualInformation: mutualInformation, randIndex: randIndex, createdAt: createdAt)
    }

    private init(
        id: String, owner: String, task: String, taskFingerprint: String, method: DiscoveryMethod,
        seed: UInt64,
        skills: [TaskSkill], categories: [String: Int], repaired: Int, mutualInformation: Double?,
        randIndex: Double?, createdAt: Int64
    ) {
        self.id = id
        self.owner = owner
        self.task = task
        self.taskFingerprint = taskFingerprint
        self.method = method
        self.seed = seed
        self.skills = SkillSet(id: id, skills: skills, categories: categories)
        self.categories = categories
        self.repaired = repaired
        self.mutualInformation = mutualInformation
        self.randIndex = randIndex
        self.createdAt = createdAt
    }

    fileprivate init(row: Row) throws {
        let stored = try StoredJSON.value(StoredSkills.self, from: row["skills"])
        let seed: Int64 = row["seed"]
        self.init(
            id: row["id"], owner: row["owner"], task: row["task"], taskFingerprint: row["task_fingerprint"],
            method: try row.decoded("method", as: DiscoveryMethod.self), seed: UInt64(bitPattern: seed),
            skills: stored.skills,
            categories: try StoredJSON.value([String: Int].self, from: row["categories"]),
            repaired: row["repaired"], mutualInformation: row["mutual_information"],
            randIndex: row["rand_index"],
            createdAt: row["created_at"])
    }

    /// The categories as stored.
    private struct StoredSkills: Codable {
        let names: [String]
        let summaries: [String]

        init(_ skills: [TaskSkill]) {
            names = skills.map(\.name)
            summaries = skills.map(\.summary)
        }

        var skills: [TaskSkill] {
            zip(names, summaries).map { TaskSkill(name: $0, summary: $1, subskills: []) }
        }
    }

    fileprivate func insert(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO skill_discovery (id, owner, task, task_fingerprint, method, seed, skills,
                categories, repaired, mutual_information, rand_index, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
                """,
            arguments: [
                id, owner, task, taskFingerprint, method.rawValue, Int64(bitPattern: seed),
                try StoredJSON.text(StoredSkills(skills.skills)), try StoredJSON.text(categories), repaired,
                mutualInformation, randIndex, createdAt,
            ])
    }
}

extension Store {
    /// Stores a skill discovery; one with the same content stays as it is.
    ///
    /// - Returns: what is stored.
    public func save(_ discovery: SkillDiscoveryRecord) async throws -> SkillDiscoveryRecord {
        try await write { database in
            try discovery.insert(database)
            return try Self.discovery(discovery.id, owner: discovery.owner, in: database)
        }
    }

    /// An owner's skill discovery.
    ///
    /// - Throws: `StoreError.notFound`.
    public func discovery(_ id: String, owner: String) async throws -> SkillDiscoveryRecord {
        try await read { try Self.discovery(id, owner: owner, in: $0) }
    }

    private static func discovery(
        _ id: String, owner: String, in database: Database
    ) throws -> SkillDiscoveryRecord {
        let sql = "SELECT * FROM skill_discovery WHERE owner = ? AND id = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [owner, id]) else {
            throw StoreError.notFound("skill discovery \(id)")
        }
        return try SkillDiscoveryRecord(row: row)
    }

    /// An owner's skill discoveries by id.
    ///
    /// - Parameters:
    ///   - owner: whose.
    ///   - cursor: the id that the last page ended with, or `nil`.
    ///   - limit: at most so many.
    public func discoveries(
        owner: String, after cursor: String?, limit: Int
    ) async throws -> [SkillDiscoveryRecord] {
        try await read { database in
            let sql = "SELECT * FROM skill_discovery WHERE owner = ? AND id > ? ORDER BY id LIMIT ?"
            return try Row.fetchAll(database, sql: sql, arguments: [owner, cursor ?? "", limit])
                .map(SkillDiscoveryRecord.init(row:))
        }
    }
}
