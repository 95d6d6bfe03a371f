import Gym
import JSON

/// The body of `POST /v1/sessions/{id}/actions`, checked against the session's task and teacher.
struct ActionRequest {
    let action: Action

    /// The most data, or specs, that one action can bring.
    static let maximumCount = 10_000
    /// The most characters in one text of a datum.
    static let maximumText = 32_768
    /// The most instances that one spec can name in `like`.
    static let maximumLike = 1_000

    /// - Parameters:
    ///   - body: the request's body.
    ///   - scope: the session that the action is for.
    /// - Throws: `JSONIssues` that point at everything that is wrong.
    init(_ body: JSONValue, scope: ActionScope) throws(JSONIssues) {
        action = try JSONReader.object(body) { Self.read(&$0, scope: scope) }
    }

    private static func read(_ object: inout ObjectReader, scope: ActionScope) -> Action? {
        guard let kind = object.required("type", { $0.enumeration(ActionKind.self) }) else {
            object.allowUnknown()
            return nil
        }
        if let refusal = scope.refusal(of: kind) {
            object.allowUnknown()
            object.issue(at: "type", refusal)
            return nil
        }
        switch kind {
        case .data:
            return object.array("data", count: 1...maximumCount) { element in
                element.object { readDatum(&$0, scope: scope) }
            }.map(Action.data)
        case .plan:
            return object.array("specs", count: 1...maximumCount) { element in
                element.object { readSpec(&$0, scope: scope) }
            }.map(Action.plan)
        case .skillTree:
            return object.map("actions", count: 1...maximumCount) { element in
                element.object(SkillActionRequest.read)
            }.map { .skillTree($0.map { SkillMove(skill: $0.key, action: $0.value) }) }
        }
    }

    /// A datum; in skill environments with the labels that its counting needs.
    static func readDatum(_ object: inout ObjectReader, scope: ActionScope) -> TrainingDatum? {
        let instruction = text("instruction", &object)
        let response = text("response", &object)
        let skill = object.optionalString("skill", length: 1...200)
        let subskill = object.optionalString("subskill", length: 1...200)
        guard scope.checkSkill(skill, &object) else { return nil }
        if scope.environment == .skillTree, subskill == nil {
            object.issue(at: "subskill", "is required: the datum counts for a subskill of its skill's tree")
            return nil
        }
        guard let instruction, let response else { return nil }
        return TrainingDatum(instruction: instruction, response: response, skill: skill, subskill: subskill)
    }

    private static func text(_ key: String, _ object: inout ObjectReader) -> String? {
        guard let text = object.string(key, length: 1...maximumText) else { return nil }
        if text.allSatisfy(\.isWhitespace) {
            object.issue(at: key, "must not be blank")
            return nil
        }
        return text
    }

    private static func readSpec(_ object: inout ObjectReader, scope: ActionScope) -> DataSpec? {
        let count = object.integer("count", in: 1...maximumCount)
        let skill = object.optionalString("skill", length: 1...200)
        let subskill = object.optionalString("subskill", length: 1...200)
        let instruction = object.optionalString("instruction", length: 1...2_000)
        let like = object.optionalArray("like", count: 1...maximumLike) { readID(&$0, task: scope.task) }
        guard let count else { return nil }
        guard !object.has("like") else {
            guard let like else { return nil }
            if skill != nil || subskill != nil || instruction != nil {
                object.issue(at: "like", "must stand without skill, subskill and instruction")
                return nil
            }
            return DataSpec(kind: .like(like), count: count)
        }
        guard scope.checkSkill(skill, &object) else { return nil }
        if let skill {
            if scope.isDiscovered, subskill != nil || instruction != nil {
                object.issue(
                    at: subskill != nil ? "subskill" : "instruction",
                    "cannot narrow a discovered skill; plan like instances for that")
                return nil
            }
            return DataSpec(kind: .skill(skill, subskill: subskill, hint: instruction), count: count)
        }
        if subskill != nil {
            object.issue(at: "subskill", "needs the skill that it belongs to")
            return nil
        }
        guard let instruction else {
            object.issue("must have one of skill, instruction and like")
            return nil
        }
        return DataSpec(kind: .instruction(instruction), count: count)
    }

    /// Test instances are unknown here: an agent is not to learn that they exist.
    private static func readID(_ reader: inout JSONReader, task: BenchmarkTask) -> String? {
        guard let id = reader.string(length: 1...200) else { return nil }
        guard let found = task.instance(id: id), found.split != .test else {
            reader.issue("task \(task.name) has no train or validation instance of this id")
            return nil
        }
        return id
    }
}
