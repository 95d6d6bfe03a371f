import Gym

/// The `templates` teacher: makes problems of `math-pocket`'s kinds with their worked solutions, by seed alone.
///
/// Everything that it makes belongs to the class of problems that only training may use (`ProblemIdentity.split`), so no plan
/// can get a validation or test problem out of it in any wording.
public struct TemplatesEngine: DataEngine {
    /// `templates`.
    public let name = "templates"
    /// What it is, in a sentence.
    public let summary =
        "Makes short word problems with worked solutions from wordings of 42 kinds; a plan names skills, describes "
        + "them in words or points to problems to make more like."

    /// The engine.
    public init() {}

    /// Any task of mathematics can be taught with it; other domains cannot.
    public func unsupportedReason(for task: BenchmarkTask) -> String? {
        task.domain == .math
            ? nil
            : "The templates are word problems, for tasks of the domain math; \(task.name) is of \(task.domain.rawValue)."
    }

    /// Checks that every spec leads to kinds of problems that the engine has.
    ///
    /// - Throws: the first spec that does not, with its position and member.
    public func validate(_ plan: [DataSpec], for task: BenchmarkTask) throws(DataEngineError) {
        _ = try PlanReader(task: task).read(plan)
    }

    /// Makes the plan's data: exactly as many as it asks for, spread evenly over the kinds that each spec leads to.
    ///
    /// No problem and no wording of one comes twice while there are others; when a very long session has used a kind up, a
    /// problem may come again.
    ///
    /// - Throws: `DataEngineError` as `validate`; `CancellationError` when the surrounding task is cancelled.
    public func generate(_ request: DataRequest) async throws -> [TrainingDatum] {
        let assignments = try PlanReader(task: request.task).read(request.plan)
        var maker = ProblemMaker(request)
        var pace = Pace()
        for instruction in request.usedInstructions {
            maker.note(instruction)
            try await pace.step()
        }
        var data: [TrainingDatum] = []
        for assignment in assignments {
            for subskill in maker.turns(assignment) {
                data.append(maker.datum(for: subskill))
                try await pace.step()
            }
        }
        return data
    }
}

/// Lets other tasks on the cooperative threads have their turn in long work, and ends it when it is cancelled.
private struct Pace {
    private var steps = 0
    /// Well under a few milliseconds' work.
    private static let stepsPerTurn = 128

    mutating func step() async throws {
        steps += 1
        guard steps.isMultiple(of: Self.stepsPerTurn) else { return }
        try Task.checkCancellation()
        await Task.yield()
    }
}
