import Gym

/// Why an iteration cannot be completed, beside what teachers, students and the store throw.
enum IterationError: Error, CustomStringConvertible {
    case gone(kind: String, name: String)
    case noTeacher
    case taskChanged(String)
    case nothingMade(asked: Int)
    case nothingAccepted(received: Int, [CheckedDatum])

    var description: String {
        switch self {
        case .gone(let kind, let name): "the \(kind) \(name) is no longer configured"
        case .noTeacher: "the session has no teacher to carry out a plan"
        case .taskChanged(let name):
            "the instances of task \(name) have changed since the session was created"
        case .nothingMade(let asked): "the teacher made none of the \(asked) data asked for"
        case .nothingAccepted(let received, let checked): Self.reasons(received, checked)
        }
    }

    /// Which findings the data were refused for, and how many for each.
    private static func reasons(_ received: Int, _ checked: [CheckedDatum]) -> String {
        let reasons = QualityFinding.allCases.compactMap { finding -> String? in
            let count = checked.count { $0.rejection == finding }
            return count > 0 ? "\(count) \(finding.rawValue)" : nil
        }
        let why = reasons.isEmpty ? "there were none" : reasons.joined(separator: ", ")
        return "none of the \(received) data can be trained on: \(why)"
    }
}
