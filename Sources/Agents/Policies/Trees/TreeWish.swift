import Gym

/// What a policy wants to do to one skill's tree; `TreePlan` makes moves of it.
struct TreeWish {
    /// What is done.
    enum Kind {
        /// Adds about so many subskills, at least 1; the tree `canExplore`.
        case explore(Int)
        /// Raises allocations; the tree `canExploit`.
        case exploit(Spread)
    }

    /// How data are spread over a tree's subskills, beyond what they lack already.
    enum Spread {
        /// The same for each.
        case even
        /// So that the smallest allocations come up to a common level first.
        case smallestFirst
        /// In proportion to weights, one for each subskill.
        case weighted([Double])
    }

    /// The skill.
    let skill: SkillView
    /// How many data the move is to bring, those included that the tree lacks already; 0 leaves the tree alone.
    let amount: Int
    /// What is done.
    let kind: Kind
}

extension [TreeWish] {
    /// The budget on changes of allocations in all of some trees, spread as if their subskills were those of one tree.
    ///
    /// - Parameters:
    ///   - budget: the data in all, at least 1.
    ///   - skills: trees with subskills.
    ///   - spread: even or smallest first.
    static func exploiting(_ skills: [SkillView], budget: Int, spread: TreeWish.Spread) -> [TreeWish] {
        let targets = spread.targets(for: skills.flatMap(\.subskills), amount: budget)
        var next = targets.startIndex
        return skills.map { skill in
            let own = targets[next..<next + skill.subskills.count]
            next = own.endIndex
            return TreeWish(skill: skill, amount: own.reduce(0, +), kind: .exploit(spread))
        }
    }
}

extension TreeWish.Spread {
    /// How many data are to be made for each of some subskills.
    ///
    /// What they lack comes first, because an earlier action asked for it; if that alone is more than the amount, each gets
    /// its part of it.
    ///
    /// - Parameters:
    ///   - subskills: at least one.
    ///   - amount: the data in all, at least 0.
    /// - Returns: a number for each subskill; they add up to the amount.
    func targets(for subskills: [SubskillView], amount: Int) -> [Int] {
        let lacking = subskills.map(\.shortfall)
        let extra = amount - lacking.reduce(0, +)
        guard extra >= 0 else { return Apportionment.proportional(amount, to: lacking.map { Double($0) }) }
        return zip(lacking, raises(of: subskills, extra)).map { $0 + $1 }
    }

    private func raises(of subskills: [SubskillView], _ extra: Int) -> [Int] {
        let sizes = subskills.map(\.size)
        switch self {
        case .even:
            let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
            var raises = [Int](repeating: 0, count: sizes.count)
            for (place, raise) in zip(order, Apportionment.even(extra, over: sizes.count)) {
                raises[place] = raise
            }
            return raises
        case .smallestFirst:
            return Apportionment.levelling(extra, onto: sizes)
        case .weighted(let weights):
            return Apportionment.proportional(extra, to: weights)
        }
    }
}
