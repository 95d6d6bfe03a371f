/// What a session was created with; nothing in it changes afterwards.
public struct SessionConfiguration: Sendable, Equatable, Codable {
    /// The task's name.
    public let task: String
    /// The environment.
    public let environment: EnvironmentKind
    /// The student's name.
    public let student: String
    /// Where the skills come from: `gold` or the id of a stored discovery.
    public private(set) var skills: String
    /// Where new subskills come from; counts in `skill_tree` only.
    public let proposals: ProposalSource
    /// The teacher's name; `nil` when the agent sends its own data only.
    public let teacher: String?
    /// The only source of randomness of the session.
    public let seed: UInt64
    /// When the session ends.
    public private(set) var limits: SessionLimits
    /// How the student is trained.
    public let training: TrainingSettings
    /// When the student is trained and evaluated on test.
    public let schedule: Schedule
    /// What becomes of data that fail a quality check.
    public let quality: QualityMode
    /// The owner's name for it; may be empty.
    public private(set) var name: String
    /// The owner's labels.
    public private(set) var labels: [String: String]

    /// A configuration from its parts.
    public init(
        task: String, environment: EnvironmentKind, student: String, skills: String = SkillSet.gold,
        proposals: ProposalSource = .teacher, teacher: String?, seed: UInt64, limits: SessionLimits,
        training: TrainingSettings, schedule: Schedule = Schedule(), quality: QualityMode = .report,
        name: String,
        labels: [String: String]
    ) {
        self.task = task
        self.environment = environment
        self.student = student
        self.skills = skills
        self.proposals = proposals
        self.teacher = teacher
        self.seed = seed
        self.limits = limits
        self.training = training
        self.schedule = schedule
        self.quality = quality
        self.name = name
        self.labels = labels
    }

    /// Reads a stored configuration; members that a former version did not have get what that version did.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            task: try values.decode(String.self, forKey: .task),
            environment: try values.decode(EnvironmentKind.self, forKey: .environment),
            student: try values.decode(String.self, forKey: .student),
            skills: try values.decodeIfPresent(String.self, forKey: .skills) ?? SkillSet.gold,
            proposals: try values.decodeIfPresent(ProposalSource.self, forKey: .proposals) ?? .teacher,
            teacher: try values.decodeIfPresent(String.self, forKey: .teacher),
            seed: try values.decode(UInt64.self, forKey: .seed),
            limits: try values.decode(SessionLimits.self, forKey: .limits),
            training: try values.decode(TrainingSettings.self, forKey: .training),
            schedule: try values.decodeIfPresent(Schedule.self, forKey: .schedule) ?? Schedule(),
            quality: try values.decodeIfPresent(QualityMode.self, forKey: .quality) ?? .report,
            name: try values.decode(String.self, forKey: .name),
            labels: try values.decode([String: String].self, forKey: .labels))
    }

    /// The same with other limits, name and labels: what a fork may change.
    public func forked(limits: SessionLimits, name: String, labels: [String: String]) -> SessionConfiguration
    {
        var fork = self
        fork.limits = limits
        fork.name = name
        fork.labels = labels
        return fork
    }

    /// The same with the skills of an id.
    public func withSkills(_ id: String) -> SessionConfiguration {
        var copy = self
        copy.skills = id
        return copy
    }
}

/// What becomes of data that fail a quality check. Held-out instances are refused in either mode.
public enum QualityMode: String, Sendable, CaseIterable, Codable {
    /// They are reported and trained on, as the reference implementation does.
    case report
    /// They are reported and refused.
    case filter
}
