import Gym

/// What a spec comes to: the subskills to take in turn and how many data in all.
struct PlanAssignment: Equatable {
    let subskills: [Int]
    let count: Int
}

/// Finds out which kinds of problems a plan wants, or what is wrong with it.
struct PlanReader {
    let task: BenchmarkTask

    /// The plan's assignments, one for each spec.
    func read(_ plan: [DataSpec]) throws(DataEngineError) -> [PlanAssignment] {
        guard !plan.isEmpty else {
            throw DataEngineError(
                specIndex: nil, member: nil, description: "The plan has no specs; give at least one.")
        }
        var assignments: [PlanAssignment] = []
        var total = 0
        for (index, spec) in plan.enumerated() {
            guard spec.count >= 1 else {
                throw DataEngineError(
                    specIndex: index, member: "count",
                    description: "The count is \(spec.count); it must be at least 1.")
            }
            let (sum, overflow) = total.addingReportingOverflow(spec.count)
            guard !overflow, sum <= SessionLimits.maximumTrainingData else {
                throw DataEngineError(
                    specIndex: index, member: "count",
                    description:
                        "The plan asks for more than \(SessionLimits.maximumTrainingData) data in all.")
            }
            total = sum
            assignments.append(
                PlanAssignment(subskills: try subskills(spec.kind, at: index), count: spec.count))
        }
        return assignments
    }

    private func subskills(_ kind: DataSpec.Kind, at index: Int) throws(DataEngineError) -> [Int] {
        switch kind {
        case .skill(let skill, let subskill, let hint):
            return try named(skill, subskill, hint, at: index)
        case .instruction(let text):
            return try described(text, at: index)
        case .like(let ids):
            return try like(ids, at: index)
        }
    }

    private func named(_ skill: String, _ subskill: String?, _ hint: String?, at index: Int)
        throws(DataEngineError)
        -> [Int]
    {
        let all = MathPocket.subskills.indices.filter { MathPocket.subskills[$0].skill == skill }
        guard !all.isEmpty else {
            let known = MathPocket.skills.map(\.name).joined(separator: ", ")
            throw DataEngineError(
                specIndex: index, member: "skill",
                description:
                    "There are no templates for the skill \(Self.quoted(skill)); there are: \(known).")
        }
        guard let subskill else {
            let hinted = hint.map { SubskillSearch.mathPocket.search($0, among: all) } ?? []
            return hinted.isEmpty ? all : hinted
        }
        guard let one = all.first(where: { MathPocket.subskills[$0].name == subskill }) else {
            // A client's own subskill: its description says what is meant.
            let described = hint.map { SubskillSearch.mathPocket.search($0, among: all) } ?? []
            if !described.isEmpty { return described }
            let known = all.map { MathPocket.subskills[$0].name }.joined(separator: ", ")
            throw DataEngineError(
                specIndex: index, member: "subskill",
                description: "The skill \(skill) has no subskill \(Self.quoted(subskill)); it has: \(known). "
                    + "Describe another one in words.")
        }
        return [one]
    }

    private func described(_ text: String, at index: Int) throws(DataEngineError) -> [Int] {
        if let problem = ProblemRecogniser.mathPocket.subskillIndex(of: text) { return [problem] }
        let found = SubskillSearch.mathPocket.search(
            text, among: Array(MathPocket.subskills.indices), least: SubskillSearch.enough)
        guard !found.isEmpty else {
            let known = MathPocket.skills.map(\.name).joined(separator: ", ")
            throw DataEngineError(
                specIndex: index, member: "instruction",
                description:
                    "No template fits these words; name what is to be practised, for example one of: \(known)."
            )
        }
        return found
    }

    private func like(_ ids: [String], at index: Int) throws(DataEngineError) -> [Int] {
        guard !ids.isEmpty else {
            throw DataEngineError(
                specIndex: index, member: "like", description: "The list is empty; give at least one id.")
        }
        var found: [Int] = []
        for (position, id) in ids.enumerated() {
            let member = "like/\(position)"
            // A test instance is answered like one that does not exist.
            guard let (split, instance) = task.instance(id: id), split != .test else {
                throw DataEngineError(
                    specIndex: index, member: member,
                    description: "\(task.name) has no train or validation instance \(Self.quoted(id)).")
            }
            guard let subskill = ProblemRecogniser.mathPocket.subskillIndex(of: instance.instruction) else {
                throw DataEngineError(
                    specIndex: index, member: member,
                    description:
                        "The templates do not recognise the text of \(Self.quoted(id)), so they cannot make "
                        + "problems like it; name a skill or send data instead.")
            }
            found.append(subskill)
        }
        return found
    }

    /// A client's text for an error message: cut, so that it cannot fill a log.
    private static func quoted(_ text: String) -> String {
        text.count > 60 ? "\"\(text.prefix(60))...\"" : "\"\(text)\""
    }
}
