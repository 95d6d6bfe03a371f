import Gym
import JSON

/// One skill's part of a `skill_tree` action.
enum SkillActionRequest {
    private enum Kind: String, CaseIterable {
        case explore, exploit
    }

    static func read(_ object: inout ObjectReader) -> SkillAction? {
        guard let kind = object.required("type", { $0.enumeration(Kind.self) }) else {
            object.allowUnknown()
            return nil
        }
        switch kind {
        case .explore: return readExploration(&object)
        case .exploit: return readExploitation(&object)
        }
    }

    private static func readExploration(_ object: inout ObjectReader) -> SkillAction? {
        let count = object.integer("num_new_skills", in: 1...SkillForest.maximumSubskills)
        let allocation = object.integer(
            "data_allocation_for_new_skills", in: 1...ActionRequest.maximumCount)
        let subskills = object.optionalArray("new_skills", count: 1...SkillForest.maximumSubskills) {
            element in
            element.object { subskill -> SuppliedSubskill? in
                let name = subskill.string("name", length: 1...200)
                let hint = subskill.optionalString("instruction", length: 1...2_000)
                return name.map { SuppliedSubskill(name: $0, hint: hint) }
            }
        }
        guard let count, let allocation else { return nil }
        return .explore(Exploration(count: count, allocation: allocation, subskills: subskills))
    }

    private static func readExploitation(_ object: inout ObjectReader) -> SkillAction? {
        let bound = SkillForest.maximumAllocation
        return object.map("data_allocation_delta", count: 1...SkillForest.maximumSubskills) {
            $0.integer(in: -bound...bound)
        }.map { .exploit($0.map { AllocationChange(subskill: $0.key, delta: $0.value) }) }
    }
}
