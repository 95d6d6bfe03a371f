import Gym

/// A problem in words with its worked solution.
public struct PocketProblem: Sendable, Equatable {
    /// What is asked.
    public let instruction: String
    /// The calculator steps, for example `<<6*12=72>><<72+5=77>>`.
    public let response: String
    /// The final answer: a positive whole number or a decimal that ends.
    public let answer: String
    /// The skill.
    public let skill: String
    /// The subskill.
    public let subskill: String
    /// Which problem it is, whatever the wording.
    public let identity: ProblemIdentity
}

extension PocketSubskill {
    /// A problem of this subskill that belongs to a split.
    ///
    /// - Parameters:
    ///   - split: the only split that the problem may appear in.
    ///   - wording: the position of the wording, 0 to `wordingCount - 1`, or `nil` for any.
    ///   - generator: the only source of randomness.
    public func problem(
        for split: SplitName, wording: Int? = nil, using generator: inout SeededGenerator
    ) -> PocketProblem {
        // Ends: each of the three classes holds at least a tenth of every subskill's problems (tested).
        while true {
            let numbers = draw(&generator)
            let identity = ProblemIdentity(subskill: self, numbers: numbers)
            guard identity.split == split, let (response, answer) = steps.solve(numbers) else { continue }
            let chosen = wording.map { $0 % wordings.count } ?? generator.integer(below: wordings.count)
            return PocketProblem(
                instruction: wordings[chosen].render(numbers, using: &generator), response: response,
                answer: answer, skill: skill, subskill: name, identity: identity)
        }
    }
}
