import Gym
import GymJSON
import JSON

extension Action {
    /// The action as the body of `POST /v1/sessions/{id}/actions`.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { write(&$0) }
        return writer.bytes
    }
}

extension SkillAction {
    /// An action as an observation's history shows it; the inner `nil` is one of a kind that this version does not know.
    static func read(_ object: inout ObjectReader) -> SkillAction?? {
        let type = object.string("type", default: "")
        let count = object.optionalInteger("num_new_skills")
        let allocation = object.optionalInteger("data_allocation_for_new_skills")
        let subskills = object.optionalList("new_skills") { subskill -> SuppliedSubskill? in
            let hint = subskill.optionalString("instruction")
            return subskill.string("name").map { SuppliedSubskill(name: $0, hint: hint) }
        }
        let deltas = object.optionalMap("data_allocation_delta") { $0.integer() }
        switch type {
        case "explore":
            guard let count, let allocation else { return .some(nil) }
            return .explore(Exploration(count: count, allocation: allocation, subskills: subskills))
        case "exploit":
            return .exploit((deltas ?? []).map { AllocationChange(subskill: $0.key, delta: $0.value) })
        default:
            return .some(nil)
        }
    }
}
