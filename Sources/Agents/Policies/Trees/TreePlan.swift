import Gym

/// Makes moves of what a policy wants, so that they bring exactly the data that were shared out.
///
/// The service counts a move's data as all that the tree lacks afterwards. So what a tree lacks from earlier (a teacher
/// that made fewer than asked for) is part of its amount. An exploration cannot change what is there and adds subskills of
/// one size: where the tree lacks more than its amount it gives way to changes of allocations that bring the amount; what
/// its division leaves over goes to another move, and as a last resort its number of subskills changes to one that divides.
struct TreePlan {
    private struct Growth {
        let skill: SkillView
        var count: Int
        var data: Int
    }

    private var growths: [Growth] = []
    private var changes: [TreeWish] = []
    /// What no move has taken yet.
    private var rest = 0

    /// The action that carries wishes out.
    ///
    /// - Parameters:
    ///   - wishes: at most one for a skill.
    ///   - skills: the observation's, whose order the moves take.
    /// - Returns: moves that bring as many data as the wishes' amounts together.
    static func action(_ wishes: [TreeWish], in skills: [SkillView]) -> Action {
        var plan = TreePlan()
        for wish in wishes where wish.amount > 0 { plan.add(wish) }
        plan.placeRest()
        let moves = plan.growths.map(Self.move) + plan.changes.map(Self.move)
        let order = Dictionary(
            skills.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return .skillTree(moves.sorted { order[$0.skill] ?? 0 < order[$1.skill] ?? 0 })
    }

    private mutating func add(_ wish: TreeWish) {
        guard case .explore(let count) = wish.kind else {
            changes.append(wish)
            return
        }
        let data = wish.amount + rest - wish.skill.shortfall
        guard data > 0 else {
            changes.append(TreeWish(skill: wish.skill, amount: wish.amount + rest, kind: .exploit(.even)))
            rest = 0
            return
        }
        let feasible = max(1, min(count, data, wish.skill.roomForSubskills))
        rest = data % feasible
        growths.append(Growth(skill: wish.skill, count: feasible, data: data - rest))
    }

    private mutating func placeRest() {
        guard rest > 0 else { return }
        if let first = changes.first {
            changes[0] = TreeWish(skill: first.skill, amount: first.amount + rest, kind: first.kind)
        } else {
            placeRestOnGrowth()
        }
        rest = 0
    }

    /// Gives the rest to the exploration whose number of subskills has to change least for it.
    private mutating func placeRestOnGrowth() {
        let counts = growths.map { growth in
            Self.divisor(
                of: growth.data + rest, near: growth.count, atMost: growth.skill.roomForSubskills)
        }
        let best = growths.indices.min { left, right in
            abs(counts[left] - growths[left].count) < abs(counts[right] - growths[right].count)
        }
        guard let best else { return }
        growths[best].data += rest
        growths[best].count = counts[best]
    }

    /// The divisor of a number that is nearest to another, the larger of two; 1 always divides.
    private static func divisor(of number: Int, near wanted: Int, atMost limit: Int) -> Int {
        for distance in 0..<wanted {
            for candidate in [wanted + distance, wanted - distance]
            where candidate <= limit && number % candidate == 0 {
                return candidate
            }
        }
        return 1
    }

    private static func move(_ growth: Growth) -> SkillMove {
        let skill = growth.skill
        // Nothing is proposed for this tree, and nothing is in it: it gets the skill itself.
        let supplied = skill.isExhausted ? [SuppliedSubskill(name: skill.name)] : nil
        let allocation = min(growth.data / growth.count, SkillForest.maximumAllocation)
        let exploration = Exploration(count: growth.count, allocation: allocation, subskills: supplied)
        return SkillMove(skill: skill.name, action: .explore(exploration))
    }

    private static func move(_ wish: TreeWish) -> SkillMove {
        guard case .exploit(let spread) = wish.kind else {
            return SkillMove(skill: wish.skill.name, action: .exploit([]))
        }
        let targets = spread.targets(for: wish.skill.subskills, amount: wish.amount)
        let changes = zip(wish.skill.subskills, targets).compactMap(Self.change)
        return SkillMove(skill: wish.skill.name, action: .exploit(changes))
    }

    /// The change after which a subskill lacks so many data; `nil` where it stays as it is and gets none.
    private static func change(_ subskill: SubskillView, target: Int) -> AllocationChange? {
        guard target > 0 || subskill.shortfall > 0 else { return nil }
        let allocation = min(subskill.trainingData + target, SkillForest.maximumAllocation)
        return AllocationChange(subskill: subskill.name, delta: allocation - subskill.allocation)
    }
}
