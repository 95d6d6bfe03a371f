import Gym
import JSON
import Store

/// A session's learning curve and where it ended, test results included: for its owner.
struct ReportBody {
    let session: SessionRecord
    let iterations: [IterationRecord]

    func write(_ object: inout ObjectWriter) {
        let succeeded = iterations.filter { $0.phase == .succeeded }
        object("session", session.id)
        object("status", session.state.status.rawValue)
        object.array("curve", succeeded) { writer, iteration in
            writer.object { point in
                point("iteration", iteration.number)
                point("training_data", iteration.accumulated ?? 0)
                point("validation", iteration.validationReport?.value)
                point("test", iteration.testReport?.value)
                point("reward", iteration.reward)
                point("seconds", iteration.timing.total)
            }
        }
        object.array("skills", Self.skills(first: succeeded.first, last: succeeded.last)) { writer, skill in
            writer.object { object in
                object("name", skill.name)
                object("count", skill.count)
                object("first", skill.first)
                object("last", skill.last)
            }
        }
    }

    private struct SkillChange {
        let name: String
        let count: Int
        let first: Double
        let last: Double
    }

    /// Each skill's test performance in iteration 0 and now.
    private static func skills(first: IterationRecord?, last: IterationRecord?) -> [SkillChange] {
        let before = first?.testReport?.slices ?? []
        let after = last?.testReport?.slices ?? []
        return before.compactMap { slice in
            guard let now = after.first(where: { $0.valueOf == slice.valueOf }) else { return nil }
            return SkillChange(
                name: slice.valueOf, count: slice.count, first: slice.value, last: now.value)
        }
    }
}

extension IterationTiming {
    /// The seconds of all phases that have ended, waiting not counted.
    var total: Double {
        [generating, checking, training, evaluating].compactMap { $0 }.reduce(0, +)
    }
}
