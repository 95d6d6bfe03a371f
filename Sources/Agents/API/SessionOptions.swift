import Gym
import JSON

/// The body of `POST /v1/sessions`; what is `nil` is left to the service.
public struct SessionOptions: Sendable {
    /// The task's name.
    public var task: String
    /// The environment.
    public var environment: EnvironmentKind
    /// The student's name.
    public var student: String?
    /// The teacher's name.
    public var teacher: String?
    /// Where the skills come from: `gold`, `discovered`, or the id of a discovery.
    public var skills: String?
    /// Where new subskills come from.
    public var proposals: ProposalSource?
    /// What becomes of data that fail a quality check.
    public var quality: QualityMode?
    /// The session's seed, 0 to 2^53 - 1.
    public var seed: Int
    /// The most iterations.
    public var iterations: Int?
    /// The most training data in all.
    public var trainingData: Int?
    /// The most tokens of the teacher's model in all.
    public var teacherTokens: Int?
    /// The student is trained in every so many iterations.
    public var iterationsPerTraining: Int?
    /// The student is evaluated on test in every so many trainings.
    public var testEvery: Int?
    /// Where each iteration's training starts.
    public var start: TrainingStart?
    /// Optimiser steps an iteration.
    public var steps: Int?
    /// The student's context length in tokens.
    public var context: Int?
    /// A name for the owner.
    public var name: String
    /// Labels for the owner.
    public var labels: [String: String]

    /// Options for a session; everything but the task may be left to the service.
    public init(
        task: String, environment: EnvironmentKind = .openEnded, student: String? = nil,
        teacher: String? = nil, skills: String? = nil, proposals: ProposalSource? = nil,
        quality: QualityMode? = nil, seed: Int = 0, iterations: Int? = nil, trainingData: Int? = nil,
        teacherTokens: Int? = nil, iterationsPerTraining: Int? = nil, testEvery: Int? = nil,
        start: TrainingStart? = nil, steps: Int? = nil, context: Int? = nil, name: String = "",
        labels: [String: String] = [:]
    ) {
        self.task = task
        self.environment = environment
        self.student = student
        self.teacher = teacher
        self.skills = skills
        self.proposals = proposals
        self.quality = quality
        self.seed = seed
        self.iterations = iterations
        self.trainingData = trainingData
        self.teacherTokens = teacherTokens
        self.iterationsPerTraining = iterationsPerTraining
        self.testEvery = testEvery
        self.start = start
        self.steps = steps
        self.context = context
        self.name = name
        self.labels = labels
    }

    /// The options as a request's body. Members that are left to the service are left out.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object("task", task)
            object("environment", environment.rawValue)
            object.present("student", student)
            object.present("teacher", teacher)
            object.present("skills", skills)
            object.present("proposals", proposals?.rawValue)
            object.present("quality", quality?.rawValue)
            object("seed", seed)
            limits.write(&object)
            writeSchedule(&object)
            writeTraining(&object)
            if !name.isEmpty { object("name", name) }
            if !labels.isEmpty {
                object.object("labels") { members in
                    for key in labels.keys.sorted() { members(key, labels[key]) }
                }
            }
        }
        return writer.bytes
    }

    private var limits: Limits {
        Limits(iterations: iterations, trainingData: trainingData, teacherTokens: teacherTokens)
    }

    private func writeSchedule(_ object: inout ObjectWriter) {
        guard iterationsPerTraining != nil || testEvery != nil else { return }
        object.object("schedule") { schedule in
            schedule.present("iterations_per_training", iterationsPerTraining)
            schedule.present("test_every", testEvery)
        }
    }

    private func writeTraining(_ object: inout ObjectWriter) {
        guard start != nil || steps != nil || context != nil else { return }
        object.object("training") { training in
            training.present("start", start?.rawValue)
            training.present("steps", steps)
            training.present("context", context)
        }
    }
}

extension SessionOptions {
    /// The limits of a session; what is `nil` is left to the service.
    public struct Limits: Sendable, Equatable {
        /// The most iterations.
        public var iterations: Int?
        /// The most training data in all.
        public var trainingData: Int?
        /// The most tokens of the teacher's model in all.
        public var teacherTokens: Int?

        /// Limits from their parts.
        public init(iterations: Int? = nil, trainingData: Int? = nil, teacherTokens: Int? = nil) {
            self.iterations = iterations
            self.trainingData = trainingData
            self.teacherTokens = teacherTokens
        }

        /// Writes the member `limits`, unless there is none.
        fileprivate func write(_ object: inout ObjectWriter) {
            guard self != Limits() else { return }
            object.object("limits") { limits in
                limits.present("iterations", iterations)
                limits.present("training_data", trainingData)
                limits.present("teacher_tokens", teacherTokens)
            }
        }
    }
}

/// The body of `POST /v1/sessions/{id}/fork`.
struct ForkBody {
    let iteration: Int
    let limits: SessionOptions.Limits
    let name: String

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object("iteration", iteration)
            limits.write(&object)
            if !name.isEmpty { object("name", name) }
        }
        return writer.bytes
    }
}

extension ObjectWriter {
    /// Writes a member unless it is `nil`.
    fileprivate mutating func present(_ key: String, _ value: String?) {
        if let value { self(key, value) }
    }

    /// Writes a member unless it is `nil`.
    fileprivate mutating func present(_ key: String, _ value: Int?) {
        if let value { self(key, value) }
    }
}
