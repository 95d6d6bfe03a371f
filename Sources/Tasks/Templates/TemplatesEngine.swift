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
    public func generate(_ request: DataRequest) async throws -> GeneratedData {
        let assignments = try PlanReader(task: request.task).read(request.plan)
        var maker = ProblemMaker(request)
        var pace = Pace()
        for instruction in request.usedInstructions {
            maker.note(instruction)
            try await pace.step()
        }
        var items: [GeneratedData.Item] = []
        for (spec, assignment) in assignments.enumerated() {
            for subskill in maker.turns(assignment) {
                items.append(GeneratedData.Item(spec: spec, datum: maker.datum(for: subskill)))
                try await pace.step()
            }
        }
        return GeneratedData(items: items)
    }

    /// Proposes the kinds of problems that the templates recognise among the skill's instances, the commonest first; kinds that are
    /// as common in an order that the seed shuffles.
    ///
    /// A kind of a skill of the same name is called by its own name, others by both names, so that discovered skills, which may mix
    /// kinds of several, can be grown too.
    public func proposeSubskills(_ request: SubskillRequest) async throws -> SubskillProposals {
        var counts: [Int: Int] = [:]
        var pace = Pace()
        for instance in request.instances {
            if let kind = ProblemRecogniser.mathPocket.subskillIndex(of: instance.instruction) {
                counts[kind, default: 0] += 1
            }
            try await pace.step()
        }
        var random = SeededGenerator(seed: request.seed, purpose: "templates/subskills/\(request.skill.name)")
        let existing = Set(request.existing)
        let fresh = random.shuffled(counts.keys.sorted())
            .map { (kind: MathPocket.subskills[$0], count: counts[$0] ?? 0) }
            .filter { !existing.contains(Self.name(of: $0.kind, in: request.skill.name)) }
        // A shuffled order is no stable one to sort, so equals keep their places by position.
        let ranked = fresh.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }
        let items = ranked.prefix(request.count).map { entry in
            let kind = entry.element.kind
            return SubskillProposal(
                name: Self.name(of: kind, in: request.skill.name),
                kind: .skill(kind.skill, subskill: kind.name, hint: nil))
        }
        return SubskillProposals(items: items, isLast: items.count == fresh.count)
    }

    private static func name(of kind: PocketSubskill, in skill: String) -> String {
        kind.skill == skill ? kind.name : "\(kind.skill)_\(kind.name)"
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
