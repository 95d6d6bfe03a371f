import Gym
import JSON

// What the service says of itself, its tasks and its sessions.

/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
    /// The items of this page.
    public let items: [Item]
    /// Where the next page begins; `nil` on the last one. Opaque.
    public let nextCursor: String?

    /// A page from its parts.
    public init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }
}

/// What the service is.
public struct ServiceIndex: Sendable {
    /// The service's name.
    public let name: String
    /// Its version.
    public let version: String

    init?(_ object: inout ObjectReader) {
        name = object.string("name", default: "")
        version = object.string("version", default: "")
    }
}

/// A task.
public struct TaskDescription: Sendable {
    /// The name by which sessions choose it.
    public let name: String
    /// `math`, `code`, `vqa` or `tool_use`.
    public let domain: String
    /// The skills that the task's instances are labelled with; plans may name them.
    public let skills: [SkillDescription]
    /// How many instances each split has, by the split's name.
    public let splits: [String: Int]

    /// A task from its parts.
    public init(name: String, domain: String, skills: [SkillDescription], splits: [String: Int]) {
        self.name = name
        self.domain = domain
        self.skills = skills
        self.splits = splits
    }

    init?(_ object: inout ObjectReader) {
        let name = object.string("name")
        let domain = object.string("domain", default: "")
        let skills = object.optionalList("skills", SkillDescription.init) ?? []
        let splits = object.optionalMap("splits") { reader in
            reader.object { split in
                split.allowUnknown()
                return split.integer("count", in: 0...Int.max)
            }
        }
        guard let name else { return nil }
        self.init(
            name: name, domain: domain, skills: skills,
            splits: Dictionary((splits ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
    }
}

/// A skill of a task.
public struct SkillDescription: Sendable, Equatable {
    /// The name by which plans and data name it.
    public let name: String
    /// What it is, in a sentence.
    public let description: String
    /// Its finer parts.
    public let subskills: [String]

    /// A skill from its parts.
    public init(name: String, description: String = "", subskills: [String] = []) {
        self.name = name
        self.description = description
        self.subskills = subskills
    }

    init?(_ object: inout ObjectReader) {
        guard let name = object.string("name") else { return nil }
        self.init(
            name: name, description: object.string("description", default: ""),
            subskills: object.optionalArray("subskills") { $0.string() } ?? [])
    }
}

/// An instance of a task's train split.
public struct InstanceDescription: Sendable, Equatable {
    /// The instance's id.
    public let id: String
    /// What is asked.
    public let instruction: String
    /// The right answer.
    public let answer: String
    /// The worked solution to train on, if the task has one.
    public let response: String?
    /// The instance's label, if the task has labels.
    public let skill: String?
    /// A finer label.
    public let subskill: String?

    /// The instance as an example to train on; `nil` without a worked solution.
    public var datum: TrainingDatum? {
        response.map {
            TrainingDatum(instruction: instruction, response: $0, skill: skill, subskill: subskill)
        }
    }

    init?(_ object: inout ObjectReader) {
        let id = object.string("id")
        let instruction = object.string("instruction", default: "")
        answer = object.string("answer", default: "")
        response = object.optionalString("response")
        skill = object.optionalString("skill")
        subskill = object.optionalString("subskill")
        guard let id else { return nil }
        self.id = id
        self.instruction = instruction
    }
}

/// How far a session may go, or has gone.
public struct SessionAmounts: Sendable, Equatable {
    /// Iterations after iteration 0.
    public let iterations: Int
    /// Training data in all.
    public let trainingData: Int

    /// Amounts from their parts.
    public init(iterations: Int, trainingData: Int) {
        self.iterations = iterations
        self.trainingData = trainingData
    }

    init?(_ object: inout ObjectReader) {
        let iterations = object.integer("iterations", in: 0...Int.max)
        let trainingData = object.integer("training_data", in: 0...Int.max)
        guard let iterations, let trainingData else { return nil }
        self.init(iterations: iterations, trainingData: trainingData)
    }
}

/// A session.
public struct SessionDescription: Sendable {
    /// The session's id.
    public let id: String
    /// `busy`, `ready`, `finished`, `cancelled` or `failed`.
    public let status: String
    /// The task's name.
    public let task: String
    /// The environment's kind, such as `skill_tree`.
    public let environment: String
    /// Where the skills come from: `gold`, or the id of a discovery.
    public let skills: String
    /// The seed.
    public let seed: Int
    /// When the session ends.
    public let limits: SessionAmounts
    /// What it has used of its limits.
    public let spent: SessionAmounts
    /// The number of the last iteration that began.
    public let iteration: Int

    /// Whether the session takes no more actions.
    public var isOver: Bool { status != "busy" && status != "ready" }

    init?(_ object: inout ObjectReader) {
        let id = object.string("id")
        let status = object.string("status")
        task = object.string("task", default: "")
        environment = object.string("environment", default: "")
        skills = object.string("skills", default: "")
        seed = object.integer("seed", default: 0)
        let limits = object.object("limits", SessionAmounts.tolerant)
        let spent = object.object("spent", SessionAmounts.tolerant)
        iteration = object.integer("iteration", default: 0)
        guard let id, let status, let limits, let spent else { return nil }
        self.id = id
        self.status = status
        self.limits = limits
        self.spent = spent
    }
}

extension SessionAmounts {
    static func tolerant(_ object: inout ObjectReader) -> SessionAmounts? {
        object.allowUnknown()
        return SessionAmounts(&object)
    }
}

extension ObjectReader {
    /// A required array of objects that may have unknown members.
    mutating func list<Item>(_ key: String, _ item: (inout ObjectReader) -> Item?) -> [Item]? {
        array(key) { $0.tolerantObject(item) }
    }

    /// The same, but may be absent.
    mutating func optionalList<Item>(_ key: String, _ item: (inout ObjectReader) -> Item?) -> [Item]? {
        optionalArray(key) { $0.tolerantObject(item) }
    }

    /// An object that may be absent and may have unknown members.
    mutating func optionalTolerant<Item>(_ key: String, _ item: (inout ObjectReader) -> Item?) -> Item? {
        optional(key) { $0.tolerantObject(item) }
    }
}

extension JSONReader {
    mutating func tolerantObject<Item>(_ item: (inout ObjectReader) -> Item?) -> Item? {
        object { object in
            object.allowUnknown()
            return item(&object)
        }
    }
}
