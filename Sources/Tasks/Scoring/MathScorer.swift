import Gym

extension Scorer {
    /// Judges answers to mathematical problems: exact numbers in the usual notations, else text regardless of case.
    ///
    /// Takes numbers with thousands separators, decimals, fractions and mixed numbers, a currency or percent sign and a unit. Two different
    /// units are different answers; a missing one is forgiven. LaTeX formulas are compared as text.
    public static let math = Scorer(
        name: "math", metric: "accuracy", extract: { FinalAnswer.extract(from: $0) },
        judge: { answer, response in
            guard let given = FinalAnswer.extract(from: response) else { return false }
            return FinalAnswer.isEquivalent(given, to: answer)
        },
        verify: { CalculatorSteps.hold(in: $0) })
}

extension FinalAnswer {
    /// Whether two final answers mean the same; linear in their lengths.
    public static func isEquivalent(_ given: String, to truth: String) -> Bool {
        let (left, right) = (AnswerText(given), AnswerText(truth))
        if left.normalised == right.normalised { return !left.normalised.isEmpty }
        guard let first = left.number, let second = right.number, first == second else { return false }
        return left.unit.isEmpty || right.unit.isEmpty || left.unit == right.unit
    }
}
