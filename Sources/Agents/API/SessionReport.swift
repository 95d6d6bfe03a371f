import JSON

/// A session's result.
public struct SessionReport: Sendable {
    /// One point of the learning curve. Performances are 0 to 1.
    public struct Point: Sendable, Equatable {
        /// The iteration; 0 for the untrained student.
        public let iteration: Int
        /// How many data the student had been trained on.
        public let trainingData: Int
        /// Performance on the validation split.
        public let validation: Double?
        /// Performance on the test split, which only the session's owner sees.
        public let test: Double?
        /// The change of validation performance.
        public let reward: Double?
    }

    /// What became of a skill, on the test split.
    public struct Skill: Sendable, Equatable {
        /// The skill.
        public let name: String
        /// How many test instances it has.
        public let count: Int
        /// Its share of the validation instances, 0 to 1.
        public let frequency: Double
        /// How many accepted data are labelled with it.
        public let trainingData: Int
        /// Test performance in iteration 0, 0 to 1.
        public let first: Double
        /// Test performance at the last test, 0 to 1.
        public let last: Double
    }

    /// The session's id.
    public let session: String
    /// Each skill's change.
    public let skills: [Skill]
    /// The learning curve, from iteration 0.
    public let curve: [Point]
    /// The whole report as the service gave it, with what this version does not know.
    public let json: JSONValue

    init?(_ object: inout ObjectReader) {
        let session = object.string("session")
        let curve = object.list("curve") { point -> Point? in
            guard let iteration = point.integer("iteration", in: 0...Int.max) else { return nil }
            return Point(
                iteration: iteration, trainingData: point.integer("training_data", default: 0),
                validation: point.optionalDouble("validation"), test: point.optionalDouble("test"),
                reward: point.optionalDouble("reward"))
        }
        let skills = object.optionalList("skills") { skill -> Skill? in
            guard let name = skill.string("name") else { return nil }
            return Skill(
                name: name, count: skill.integer("count", in: 0...Int.max, default: 0),
                frequency: skill.double("frequency", default: 0),
                trainingData: skill.integer("training_data", in: 0...Int.max, default: 0),
                first: skill.double("first", default: 0), last: skill.double("last", default: 0))
        }
        guard let session, let curve else { return nil }
        self.skills = skills ?? []
        self.session = session
        self.curve = curve
        json = .object(object.object)
    }
}
