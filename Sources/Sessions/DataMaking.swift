import Gym

/// Makes an iteration's data: grows the trees if the action says so, asks the teacher, and once more for what is missing.
struct DataMaking {
    private let context: IterationContext
    private let teacher: any DataEngine
    private var used: Set<String>
    /// The trees with the iteration's moves made, in `skill_tree`.
    private(set) var forest: SkillForest?
    /// What the teacher's model has used so far, also when something fails later.
    private(set) var tokens = 0

    /// - Parameters:
    ///   - context: the iteration.
    ///   - forest: the trees before it.
    ///   - used: the instructions of the session's data so far.
    init(context: IterationContext, forest: SkillForest?, used: [String]) throws {
        guard let teacher = context.teacher else { throw IterationError.noTeacher }
        self.context = context
        self.teacher = teacher
        self.forest = forest
        self.used = Set(used)
    }

    /// The data, labelled as the session's skills are called.
    mutating func make() async throws -> [TrainingDatum] {
        let orders = try await orders()
        guard !orders.isEmpty else { return [] }
        var made = orders.map { _ in [TrainingDatum]() }
        try await ask(orders, into: &made, purpose: "data")
        // A language model often returns fewer than asked; one more call fills up what it can.
        try await ask(orders, into: &made, purpose: "data top-up")
        guard made.contains(where: { !$0.isEmpty }) else {
            throw IterationError.nothingMade(asked: orders.reduce(0) { $0 + $1.spec.count })
        }
        return made.flatMap { $0 }
    }

    /// What is to be made, each with the labels that the data get; `nil` leaves the teacher's.
    private struct Order {
        let spec: DataSpec
        let skill: String?
        let subskill: String?
    }

    private mutating func orders() async throws -> [Order] {
        guard let moves = context.iteration.moves else {
            let resolver = SpecResolver(context.configuration, skills: context.skills, task: context.task)
            return (context.iteration.plan ?? []).map { spec in
                Order(spec: resolver.resolve(spec), skill: resolver.label(spec), subskill: nil)
            }
        }
        let proposals = try await propose(moves)
        forest?.apply(moves, proposals: proposals)
        return (forest?.shortfall(of: moves.map(\.skill)) ?? []).map { order in
            Order(spec: order.spec, skill: order.skill, subskill: order.subskill)
        }
    }

    private mutating func ask(
        _ orders: [Order], into made: inout [[TrainingDatum]], purpose: String
    ) async throws {
        let missing = orders.indices.filter { made[$0].count < orders[$0].spec.count }
        // Once the tokens are spent, the teacher is not asked again.
        guard !missing.isEmpty, allowance != 0 else { return }
        let plan = missing.map { place in
            DataSpec(kind: orders[place].spec.kind, count: orders[place].spec.count - made[place].count)
        }
        let answer = try await teacher.generate(
            DataRequest(
                task: context.task, plan: plan, usedInstructions: used, seed: context.seed(purpose),
                tokenAllowance: allowance))
        tokens += answer.tokens
        for item in answer.items where missing.indices.contains(item.spec) {
            let place = missing[item.spec]
            let order = orders[place]
            guard made[place].count < order.spec.count else { continue }
            used.insert(item.datum.instruction)
            made[place].append(
                order.skill.map {
                    item.datum.labelled(skill: $0, subskill: order.subskill ?? item.datum.subskill)
                }
                    ?? item.datum)
        }
    }

    /// How many tokens of the teacher's model are left.
    private var allowance: Int? {
        context.record.state.remainingTokens(context.configuration.limits).map { max(0, $0 - tokens) }
    }

    private mutating func propose(_ moves: [SkillMove]) async throws -> [String: SubskillProposals] {
        var proposals: [String: SubskillProposals] = [:]
        for move in moves {
            guard case .explore(let exploration) = move.action,
                let skill = context.skills.skills.first(where: { $0.name == move.skill })
            else { continue }
            proposals[move.skill] = try await propose(exploration, for: skill)
        }
        return proposals
    }

    private mutating func propose(
        _ exploration: Exploration, for skill: TaskSkill
    ) async throws -> SubskillProposals {
        let existing = forest?.tree(skill.name)?.subskills.map(\.name) ?? []
        if let supplied = exploration.subskills {
            let resolver = SpecResolver(context.configuration, skills: context.skills, task: context.task)
            return SubskillProposals(
                items: supplied.map {
                    SubskillProposal(name: $0.name, kind: resolver.kind(of: $0, skill: skill.name))
                }, isLast: false)
        }
        switch context.configuration.proposals {
        case .fixed:
            let fresh = skill.subskills.filter { !existing.contains($0) }
            return SubskillProposals(
                items: fresh.prefix(exploration.count).map {
                    SubskillProposal(name: $0, kind: .skill(skill.name, subskill: $0, hint: nil))
                }, isLast: fresh.count <= exploration.count)
        case .teacher:
            let answer = try await teacher.proposeSubskills(
                SubskillRequest(
                    task: context.task, skill: skill,
                    instances: context.skills.instances(of: skill.name, in: .train, of: context.task),
                    existing: existing, count: exploration.count, seed: context.seed("subskills"),
                    tokenAllowance: allowance))
            tokens += answer.tokens
            return answer
        }
    }
}
