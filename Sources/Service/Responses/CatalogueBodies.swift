import Gym
import JSON
import Sessions

extension BenchmarkTask {
    /// The task as the API shows it.
    func write(_ object: inout ObjectWriter) {
        object("name", name)
        object("domain", domain.rawValue)
        object("description", summary)
        object.array("skills", skills) { writer, skill in
            writer.object { object in
                object("name", skill.name)
                object("description", skill.summary)
                object("subskills", skill.subskills)
            }
        }
        object.object("splits") { splits in
            for split in SplitName.allCases {
                splits.object(split.rawValue) { $0("count", instances(split).count) }
            }
        }
        object.object("scorer") { object in
            object("name", scorer.name)
            object("metric", scorer.metric)
        }
        object.object("links") { links in
            links("self", "/v1/tasks/\(name)")
            links("instances", "/v1/tasks/\(name)/instances")
        }
    }
}

extension TaskInstance {
    /// The members of an instance of the train split: everything that a teacher may use.
    func writeForTraining(_ object: inout ObjectWriter) {
        write(&object)
        object("response", solution)
        object("skill", skill)
        object("subskill", subskill)
    }

    /// The members of an instance in an observation: an `open_ended` agent sees no skill labels.
    func write(_ object: inout ObjectWriter) {
        object("id", id)
        object("instruction", instruction)
        object("answer", answer)
    }
}

extension Student {
    /// The student as the API shows it.
    func write(_ object: inout ObjectWriter) {
        object("name", name)
        object("description", summary)
        object.object("training") { $0.members(of: trainingDefaults) }
    }
}

extension DataEngine {
    /// The teacher as the API shows it, with the tasks that it can make data for.
    func write(_ object: inout ObjectWriter, tasks: [BenchmarkTask]) {
        object("name", name)
        object("description", summary)
        object("tasks", tasks.filter { unsupportedReason(for: $0) == nil }.map(\.name))
    }
}

extension EnvironmentKind {
    /// The environment as the API shows it.
    func write(_ object: inout ObjectWriter) {
        object("name", rawValue)
        object("description", summary)
        object("actions", actions.map(\.rawValue))
    }
}
