import Gym

/// What `ErrorMemoryAgent` remembers of skill trees, and what it does to them.
///
/// First every tree is grown, with as few data for each subskill as the budget allows: a subskill that is not in the tree cannot be measured.
/// From then on each iteration's data are an examination of their subskill, as the student answers them before it is trained on them, and
/// the skill's validation performance is another. The budget is shared in proportion to the gaps that the two leave.
struct TreeMemory: Sendable {
    private var accuracies: [[String]: Double] = [:]
    /// How many data a subskill had when it was last examined.
    private var examined: [[String]: Int] = [:]

    /// How many subskills are asked for at a time, and how many a tree is grown to.
    private static let subskillsPerExploration = 3
    private static let mostSubskills = 6
    /// The gap that even a mastered subskill counts as, so that its estimate stays true and it is not forgotten.
    private static let leastGap = 0.05

    /// Moves that bring the budget.
    mutating func act(on skills: [SkillView], budget: Int) -> Action {
        for skill in skills { take(skill) }
        let growing = skills.filter { $0.canExplore && $0.subskills.count < Self.mostSubskills }.smallestFirst
        guard growing.isEmpty else { return explore(growing.prefix(budget), in: skills, budget: budget) }
        let able = skills.filter(\.canExploit)
        let gaps = able.map { skill in skill.subskills.map { gap(of: $0, in: skill) } }
        let amounts = Apportionment.proportional(budget, to: gaps.flatMap { $0 })
        var next = 0
        let wishes = zip(able, gaps).map { skill, own in
            let amount = amounts[next..<next + own.count].reduce(0, +)
            next += own.count
            return TreeWish(skill: skill, amount: amount, kind: .exploit(.weighted(own)))
        }
        return TreePlan.action(wishes, in: skills)
    }

    private func explore(_ growing: ArraySlice<SkillView>, in skills: [SkillView], budget: Int) -> Action {
        let amounts = Apportionment.even(budget, over: growing.count)
        let wishes = zip(growing, amounts).map { skill, amount in
            TreeWish(
                skill: skill, amount: amount, kind: .explore(min(amount, Self.subskillsPerExploration)))
        }
        return TreePlan.action(wishes, in: skills)
    }

    /// Takes up what the last iteration has shown of a skill's subskills.
    private mutating func take(_ skill: SkillView) {
        for subskill in skill.subskills {
            let key = [skill.name, subskill.name]
            // Only a subskill that got data was examined; the number of its data tells.
            guard let accuracy = subskill.accuracyBeforeTraining, examined[key] != subskill.trainingData
            else { continue }
            examined[key] = subskill.trainingData
            let before = accuracies[key] ?? accuracy
            let kept = ErrorMemoryAgent.persistence
            accuracies[key] = kept * before + (1 - kept) * accuracy
        }
    }

    /// How far the student is from mastering a subskill: half by its own examinations, half by its skill's validation.
    private func gap(of subskill: SubskillView, in skill: SkillView) -> Double {
        let own = accuracies[[skill.name, subskill.name]]
        let whole = skill.performance ?? own ?? 0
        return max(Self.leastGap, 1 - (0.5 * (own ?? whole) + 0.5 * whole))
    }
}
