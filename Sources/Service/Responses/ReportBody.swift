import Gym
import JSON
import Store

/// A session's learning curve and where it ended, test results included: for its owner.
struct ReportBody {
    let session: SessionRecord
    let iterations: [IterationRecord]
    /// How many accepted data each skill has.
    let trainingData: [String: Int]

    func write(_ object: inout ObjectWriter) {
        // An iteration that only made data is no point of the curve: the student was not asked.
        let succeeded = iterations.filter { $0.phase == .succeeded && $0.validationReport != nil }
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
        object.array("skills", Self.skills(succeeded.filter { $0.testReport != nil })) { writer, skill in
            writer.object { object in
                object("name", skill.name)
                object("count", skill.count)
                object("frequency", skill.frequency)
                object("training_data", trainingData[skill.name] ?? 0)
                object("first", skill.first)
                object("last", skill.last)
            }
        }
    }

    private struct SkillChange {
        let name: String
        let count: Int
        let frequency: Double
        let first: Double
        let last: Double
    }

    /// Each skill's test performance in iteration 0 and now, and its share of the validation instances.
    private static func skills(_ tested: [IterationRecord]) -> [SkillChange] {
        let before = tested.first?.testReport?.slices ?? []
        let after = tested.last?.testReport?.slices ?? []
        let validation = tested.first?.validationReport
        let shares = Dictionary(
            (validation?.slices ?? []).map {
                ($0.valueOf, Double($0.count) / Double(max(1, validation?.count ?? 1)))
            },
            uniquingKeysWith: { first, _ in first })
        return before.compactMap { slice in
            guard let now = after.first(where: { $0.valueOf == slice.valueOf }) else { return nil }
            return SkillChange(
                name: slice.valueOf, count: slice.count, frequency: shares[slice.valueOf] ?? 0,
                first: slice.value, last: now.value)
        }
    }
}

extension IterationTiming {
    /// The seconds of all phases that have ended, waiting not counted.
    var total: Double {
        [generating, checking, training, evaluating].compactMap { $0 }.reduce(0, +)
    }
}
