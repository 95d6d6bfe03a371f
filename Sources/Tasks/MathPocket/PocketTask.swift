import Gym

extension MathPocket {
    /// How many instances of each skill the train split has.
    static let trainPerSkill = 100
    /// How many instances of each skill validation and test have.
    static let heldOutPerSkill = 20

    /// The task with its three splits; always the same, made on first use and then kept.
    ///
    /// - Throws: `TaskError` if two instances shared an id, which the tests rule out.
    public static func task() throws(TaskError) -> BenchmarkTask {
        try made.get()
    }

    private static let made: Result<BenchmarkTask, TaskError> = {
        // Spelled out, because a `do` around typed throws inside a closure loses the error's type.
        let splits: [SplitName: [TaskInstance]] = [
            .train: instances(.train, perSkill: trainPerSkill),
            .validation: instances(.validation, perSkill: heldOutPerSkill),
            .test: instances(.test, perSkill: heldOutPerSkill),
        ]
        return Result { () throws(TaskError) in
            try BenchmarkTask(
                name: name,
                summary:
                    "Short word problems in 14 skills with 3 subskills each, solved in one to four steps "
                    + "with a calculator, made for a student of less than half a million parameters.",
                domain: .math, skills: skills, scorer: .math, splits: splits,
                solve: { ProblemRecogniser.mathPocket.answer(to: $0) })
        }
    }()

    /// A split's instances, in random order and numbered, so that neither id nor place gives a skill away to an agent that is to see
    /// none.
    private static func instances(_ split: SplitName, perSkill: Int) -> [TaskInstance] {
        var random = SeededGenerator(seed: 0, purpose: "\(name)/\(split.rawValue)/order")
        return random.shuffled(problems(split, perSkill: perSkill)).enumerated().map { index, problem in
            TaskInstance(
                id: "\(name)/\(split.rawValue)/\(index + 1)", instruction: problem.instruction,
                answer: problem.answer, solution: problem.response, skill: problem.skill,
                subskill: problem.subskill)
        }
    }

    /// A split's problems: skill after skill, the subskills and their wordings in turn.
    private static func problems(_ split: SplitName, perSkill: Int) -> [PocketProblem] {
        catalogue.flatMap { skill in
            var random = SeededGenerator(seed: 0, purpose: "\(name)/\(split.rawValue)/\(skill.name)")
            var seen: Set<ProblemIdentity> = []
            return (0..<perSkill).map { index in
                let subskill = skill.subskills[index % skill.subskills.count]
                // Successive problems of a subskill take its wordings in turn, starting where the split says.
                let wording = index / skill.subskills.count + (split == .test ? 1 : 0)
                var problem = subskill.problem(for: split, wording: wording, using: &random)
                // Ends: no subskill has fewer problems in a class than a split takes of it (tested).
                while !seen.insert(problem.identity).inserted {
                    problem = subskill.problem(for: split, wording: wording, using: &random)
                }
                return problem
            }
        }
    }
}
