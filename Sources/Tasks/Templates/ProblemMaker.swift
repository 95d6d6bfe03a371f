import Gym

/// Makes the data of one request and remembers what there was.
struct ProblemMaker {
    private var random: SeededGenerator
    /// `nil` for `math-pocket` itself, whose held-out problems are of other classes.
    private let heldOut: InstructionIndex?
    private var instructions: Set<String>
    private var identities: Set<ProblemIdentity> = []
    /// The subskills in which no new problem was found; only new words are looked for in them, so that a very large
    /// request stays quick.
    private var exhausted: Set<Int> = []

    /// How often another problem is tried before one that there was in other words, or one that there was, is taken.
    private static let attempts = 40

    init(_ request: DataRequest) {
        random = SeededGenerator(seed: request.seed, purpose: "templates")
        let isPocket = (try? MathPocket.task())?.fingerprint == request.task.fingerprint
        heldOut = isPocket ? nil : InstructionIndex(task: request.task, splits: [.validation, .test])
        instructions = request.usedInstructions
    }

    /// Takes note of which problem an earlier instruction is, so that it does not come again in other words.
    mutating func note(_ instruction: String) {
        if let identity = ProblemRecogniser.mathPocket.recognise(instruction)?.identity {
            identities.insert(identity)
        }
    }

    /// The subskill of each of an assignment's data: all in turn, in an order that the seed shuffles.
    mutating func turns(_ assignment: PlanAssignment) -> [Int] {
        let order = random.shuffled(assignment.subskills)
        return (0..<assignment.count).map { order[$0 % order.count] }
    }

    /// A new problem of a subskill.
    mutating func datum(for subskill: Int) -> TrainingDatum {
        let problem = freshProblem(of: subskill)
        instructions.insert(problem.instruction)
        identities.insert(problem.identity)
        return TrainingDatum(
            instruction: problem.instruction, response: problem.response, skill: problem.skill,
            subskill: problem.subskill)
    }

    /// A problem that there was not; failing that, one in words that there were not; failing that, any.
    private mutating func freshProblem(of index: Int) -> PocketProblem {
        let subskill = MathPocket.subskills[index]
        var newWords: PocketProblem?
        for _ in 0..<Self.attempts {
            let problem = allowedProblem(of: subskill)
            guard !instructions.contains(problem.instruction) else { continue }
            if exhausted.contains(index) || !identities.contains(problem.identity) { return problem }
            newWords = problem
        }
        exhausted.insert(index)
        return newWords ?? allowedProblem(of: subskill)
    }

    /// A problem of the train class whose text is no validation or test instance of the request's task.
    ///
    /// Only a task of the user's own can hold problems of the train class in those splits.
    private mutating func allowedProblem(of subskill: PocketSubskill) -> PocketProblem {
        while true {
            let problem = subskill.problem(for: .train, using: &random)
            if heldOut?.contains(problem.instruction) != true { return problem }
        }
    }
}
