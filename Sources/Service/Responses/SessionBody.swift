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
        configuration.writeSetup(&object)
        object("iteration", record.state.iteration)
        object("phase", record.state.phase.rawValue)
        object("queue_position", queuePosition)
        object("performance", record.state.performance)
        object.object("spent") { spent in
            spent("iterations", record.state.completedIterations)
            spent("training_data", record.state.trainingData)
            spent("teacher_tokens", record.state.teacherTokens)
        }
        if let fork = record.fork {
            object.object("forked_from") { origin in
                origin("session", fork.session)
                origin("iteration", fork.iteration)
            }
        } else {
            object.null("forked_from")
        }
        object("created_at", Timestamp.text(milliseconds: record.createdAt))
        object("updated_at", Timestamp.text(milliseconds: record.updatedAt))
        object.object("links") { writeLinks(&$0) }
    }

    private func writeLinks(_ links: inout ObjectWriter) {
        let path = "/v1/sessions/\(record.id)"
        links("self", path)
        for name in [
            "observation", "actions", "predictions", "quality-checks", "training-data", "report", "export",
        ] {
            links(name, "\(path)/\(name)")
        }
        links("feedback", "\(path)/feedback/\(record.state.iteration)")
    }
}

extension SessionConfiguration {
    /// How the session is set up, after task and environment.
    func writeSetup(_ object: inout ObjectWriter) {
        object("student", student)
        object("teacher", teacher)
        object("skills", skills)
        object("proposals", proposals.rawValue)
        object("seed", seed)
        object.object("limits") { object in
            object("iterations", limits.iterations)
            object("training_data", limits.trainingData)
            object("teacher_tokens", limits.teacherTokens)
        }
        object.object("training") { $0.members(of: training) }
        object.object("schedule") { object in
            object("iterations_per_training", schedule.iterationsPerTraining)
            object("test_every", schedule.testEvery)
        }
        object("quality", quality.rawValue)
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
