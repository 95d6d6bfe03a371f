import Gym

// What policies for skill trees have to know of a tree.

extension SubskillView {
    /// What it is to have, or has if that is more.
    var size: Int { max(allocation, trainingData) }
}

extension SkillView {
    /// The data that any action on the tree brings, before it changes anything.
    var shortfall: Int { subskills.reduce(0) { $0 + $1.shortfall } }

    /// The data that the tree is to have, or has if that is more.
    var size: Int { subskills.reduce(0) { $0 + $1.size } }

    /// Whether there is an allocation to change.
    var canExploit: Bool { !subskills.isEmpty }

    /// Whether subskills can be added. A tree for which none was ever proposed can still have one, which the agent
    /// supplies: the skill as a whole.
    var canExplore: Bool {
        isExhausted ? subskills.isEmpty : subskills.count < SkillForest.maximumSubskills
    }

    /// The most subskills that one exploration can add.
    var roomForSubskills: Int {
        isExhausted ? 1 : SkillForest.maximumSubskills - subskills.count
    }
}

extension [SkillView] {
    /// The same with the smallest trees first, so that a budget too small for all goes round among the skills.
    var smallestFirst: [SkillView] {
        enumerated().sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }.map(\.element)
    }
}
