import Gym
import JSON

// What is sent to the service.

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
    /// The session's seed, 0 to 2^53 - 1.
    public var seed: Int
    /// The most iterations.
    public var iterations: Int?
    /// The most training data in all.
    public var trainingData: Int?
    /// Where each iteration's training starts.
    public var start: TrainingStart?
    /// Optimiser steps an iteration.
    public var steps: Int?
    /// A name for the owner.
    public var name: String
    /// Labels for the owner.
    public var labels: [String: String]

    /// Options for a session; everything but the task may be left to the service.
    public init(
        task: String, environment: EnvironmentKind = .openEnded, student: String? = nil,
        teacher: String? = nil, seed: Int = 0, iterations: Int? = nil, trainingData: Int? = nil,
        start: TrainingStart? = nil, steps: Int? = nil, name: String = "", labels: [String: String] = [:]
    ) {
        self.task = task
        self.environment = environment
        self.student = student
        self.teacher = teacher
        self.seed = seed
        self.iterations = iterations
        self.trainingData = trainingData
        self.start = start
        self.steps = steps
        self.name = name
        self.labels = labels
    }

    /// The options as a request's body. Members that are left to the service are left out.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object("task", task)
            object("environment", environment.rawValue)
            if let student { object("student", student) }
            if let teacher { object("teacher", teacher) }
            object("seed", seed)
            if iterations != nil || trainingData != nil {
                object.object("limits") { limits in
                    if let iterations { limits("iterations", iterations) }
                    if let trainingData { limits("training_data", trainingData) }
                }
            }
            if start != nil || steps != nil {
                object.object("training") { training in
                    if let start { training("start", start.rawValue) }
                    if let steps { training("steps", steps) }
                }
            }
            if !name.isEmpty { object("name", name) }
            if !labels.isEmpty {
                object.object("labels") { members in
                    for key in labels.keys.sorted() { members(key, labels[key]) }
                }
            }
        }
        return writer.bytes
    }
}

extension Action {
    /// The action as the body of `POST /v1/sessions/{id}/actions`.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            switch self {
            case .data(let data):
                object("type", "data")
                object.array("data", data) { writer, datum in writer.object { datum.write(&$0) } }
            case .plan(let specs):
                object("type", "plan")
                object.array("specs", specs) { writer, spec in writer.object { spec.write(&$0) } }
            }
        }
        return writer.bytes
    }
}

extension TrainingDatum {
    fileprivate func write(_ object: inout ObjectWriter) {
        object("instruction", instruction)
        object("response", response)
        if let skill { object("skill", skill) }
        if let subskill { object("subskill", subskill) }
    }
}

extension DataSpec {
    fileprivate func write(_ object: inout ObjectWriter) {
        switch kind {
        case .skill(let skill, let subskill, let hint):
            object("skill", skill)
            if let subskill { object("subskill", subskill) }
            if let hint { object("instruction", hint) }
        case .instruction(let text):
            object("instruction", text)
        case .like(let ids):
            object("like", ids)
        }
        object("count", count)
    }
}
