import Gym

/// What `ErrorMemoryAgent` remembers of skill trees, and what it does to them.
///
/// First every tree is grown, with a datum for each subskill and the rest where the student is weak: what is not in a tree cannot be measured.
/// From then on each iteration's data are an examination of their subskill, as the student answers them before it is trained on them. A few
/// answers say little, so they only correct what the skill's validation performance says: the estimate of a subskill is the mean of both,
/// the skill's memory counting as `priorWeight` answers. The budget is shared in proportion to the squared gaps.
struct TreeMemory: Sendable {
    /// Answers of a subskill's examinations, older ones counting less.
    private struct Answers {
        var right = 0.0
        var asked = 0.0
        /// How many data the subskill had when it was last examined.
        var dataSeen = 0
    }

    private var answers: [[String]: Answers] = [:]
    /// The running performance of each skill.
    private var performances: [String: Double] = [:]

    /// How many subskills are asked for at a time, and how many a tree is grown to.
    private static let subskillsPerExploration = 3
    private static let mostSubskills = 6
    /// How many answers a skill's performance counts as.
    private static let priorWeight = 6.0
    /// The gap that even a mastered subskill counts as, so that there is something to share by when all are mastered. One that is
    /// forgotten comes back through its skill's validation performance.
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
        // One datum for each subskill, and the rest where the student is weak: exploring a mastered skill teaches nothing.
        let least = min(Self.subskillsPerExploration, budget / growing.count)
        let weights = growing.map { max(Self.leastGap, 1 - ($0.performance ?? 0)) }
        let extra = Apportionment.proportional(budget - least * growing.count, to: weights)
        let wishes = zip(growing, extra.map { least + $0 }).map { skill, amount in
            TreeWish(
                skill: skill, amount: amount, kind: .explore(min(amount, Self.subskillsPerExploration)))
        }
        return TreePlan.action(wishes, in: skills)
    }

    /// Takes up what the last iteration has shown of a skill and its subskills.
    private mutating func take(_ skill: SkillView) {
        let kept = ErrorMemoryAgent.persistence
        if let performance = skill.performance {
            let before = performances[skill.name] ?? performance
            performances[skill.name] = kept * before + (1 - kept) * performance
        }
        for subskill in skill.subskills {
            var known = answers[[skill.name, subskill.name]] ?? Answers()
            let asked = Double(subskill.trainingData - known.dataSeen)
            // Only a subskill that got data was examined.
            guard let accuracy = subskill.accuracyBeforeTraining, asked > 0 else { continue }
            known.right = kept * known.right + accuracy * asked
            known.asked = kept * known.asked + asked
            known.dataSeen = subskill.trainingData
            answers[[skill.name, subskill.name]] = known
        }
    }

    /// How much a subskill is to have of the budget: by how far the student is from mastering it.
    private func gap(of subskill: SubskillView, in skill: SkillView) -> Double {
        let known = answers[[skill.name, subskill.name]] ?? Answers()
        let prior = performances[skill.name] ?? 0
        let accuracy = (known.right + Self.priorWeight * prior) / (known.asked + Self.priorWeight)
        let gap = max(Self.leastGap, 1 - accuracy)
        // The mean draws the subskills of a skill together, and skills towards their past; squaring sets them apart again.
        return gap * gap
    }
}
