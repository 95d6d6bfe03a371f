import Gym
import JSON
import Store

/// A session as the API shows it.
struct SessionBody {
    let record: SessionRecord
    /// How many sessions are served before this one, while it waits for a training slot.
    let queuePosition: Int?

    func write(_ object: inout ObjectWriter) {
        let configuration = record.configuration
        object("id", record.id)
        object("name", configuration.name)
        object.object("labels") { labels in
            for key in configuration.labels.keys.sorted() { labels(key, configuration.labels[key]) }
        }
        object("status", record.state.status.rawValue)
        object("task", configuration.task)
        object("environment", configuration.environment.rawValue)
        object("student", configuration.student)
        object("teacher", configuration.teacher)
        object("seed", configuration.seed)
        object.object("limits") { limits in
            limits("iterations", configuration.limits.iterations)
            limits("training_data", configuration.limits.trainingData)
        }
        object.object("training") { $0.members(of: configuration.training) }
        object("iteration", record.state.iteration)
        object("phase", record.state.phase.rawValue)
        object("queue_position", queuePosition)
        object("performance", record.state.performance)
        object.object("spent") { spent in
            spent("iterations", record.state.completedIterations)
            spent("training_data", record.state.trainingData)
        }
        object("created_at", Timestamp.text(milliseconds: record.createdAt))
        object("updated_at", Timestamp.text(milliseconds: record.updatedAt))
        object.object("links") { writeLinks(&$0) }
    }

    private func writeLinks(_ links: inout ObjectWriter) {
        let path = "/v1/sessions/\(record.id)"
        links("self", path)
        for name in ["observation", "actions", "predictions", "training-data", "report"] {
            links(name, "\(path)/\(name)")
        }
        links("feedback", "\(path)/feedback/\(record.state.iteration)")
    }
}

extension ObjectWriter {
    /// The members of a `training` object.
    mutating func members(of settings: TrainingSettings) {
        self("start", settings.start.rawValue)
        self("steps", settings.steps)
        self("context", settings.context)
    }
}
