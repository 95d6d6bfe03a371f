import Gym
import GymJSON
import HTTPServer
import JSON
import Store

/// A session as JSON lines from which it can be replayed and checked: what it was created with, the skill discovery that it used, and for
/// each iteration the action, the data, the feedback without its timing, the test report and the student's digest.
///
/// The lines of the iterations depend on nothing but seed and actions, so that a replay can compare them byte for byte.
struct SessionExport: Sendable {
    let service: Service
    let record: SessionRecord

    /// The name of the format and its version.
    static let format = "dataenvgym-session"
    static let version = 1

    func send(to exchange: HTTPExchange) async throws {
        let task = try service.task(of: record)
        let skills = try await service.sessions.library.skills(of: record, task: task)
        let iterations = try await service.store.iterations(of: record.id)
        await StreamedLines(
            exchange: exchange, contentType: "application/x-ndjson", logger: service.logger
        )
        .send { send in
            try await send(line { writeHeader(&$0) })
            if skills.id != SkillSet.gold { try await send(line { write(skills, task: task, to: &$0) }) }
            for iteration in iterations where iteration.phase.isOver {
                let data = try await service.store.data(ofIteration: iteration.number, of: record.id)
                let feedback = try await service.finishedFeedback(of: iteration, in: record)
                try await send(line { write(iteration, data: data, feedback: feedback, to: &$0) })
            }
        }
    }

    private func line(_ body: (inout ObjectWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object(body)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private func writeHeader(_ object: inout ObjectWriter) {
        object("format", Self.format)
        object("version", Self.version)
        object("program", service.version)
        object("id", record.id)
        object("task_fingerprint", record.taskFingerprint)
        object.object("session") { session in
            let configuration = record.configuration
            session("task", configuration.task)
            session("environment", configuration.environment.rawValue)
            configuration.writeSetup(&session)
            session("name", configuration.name)
            session.object("labels") { labels in
                for key in configuration.labels.keys.sorted() { labels(key, configuration.labels[key]) }
            }
        }
    }

    private func write(_ skills: SkillSet, task: BenchmarkTask, to object: inout ObjectWriter) {
        object.object("skill_discovery") { object in
            object("id", skills.id)
            object("task", task.name)
            object("method", DiscoveryMethod.supplied.rawValue)
            object.array("categories", skills.skills) { writer, skill in
                writer.object { category in
                    category("name", skill.name)
                    category("description", skill.summary)
                }
            }
            object.object("assignments") { assignments in
                for split in SplitName.allCases {
                    for instance in task.instances(split) {
                        assignments(instance.id, skills.skill(ofInstance: instance.id))
                    }
                }
            }
        }
    }

    private func write(
        _ iteration: IterationRecord, data: [StoredDatum], feedback: FeedbackBody,
        to object: inout ObjectWriter
    ) {
        object("iteration", iteration.number)
        if let action = iteration.action(data: data) {
            object.object("action") { action.write(&$0) }
        } else {
            object.null("action")
        }
        object.object("feedback") { feedback.writeLasting(&$0) }
        if let test = iteration.testReport {
            object.object("test") { test.write(&$0) }
        } else {
            object.null("test")
        }
        object("checkpoint", iteration.checkpoint)
        object.array("data", data) { writer, stored in
            writer.object { object in
                stored.datum.write(&object)
                object("findings", (stored.findings ?? []).map(\.rawValue))
                object("rejected", stored.rejection?.rawValue)
            }
        }
    }
}

extension IterationRecord {
    /// The action that began the iteration; `nil` for iteration 0.
    ///
    /// - Parameter data: the iteration's data, which a data action consists of.
    func action(data: [StoredDatum]) -> Action? {
        switch actionKind {
        case nil: nil
        case .data: .data(data.map(\.datum))
        case .plan: .plan(plan ?? [])
        case .skillTree: .skillTree(moves ?? [])
        }
    }
}
