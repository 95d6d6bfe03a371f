import Gym
import JSON

extension Action {
    /// Writes the members of the action, as the body of `POST /v1/sessions/{id}/actions` has them.
    public func write(_ object: inout ObjectWriter) {
        object("type", kind.rawValue)
        switch self {
        case .data(let data):
            object.array("data", data) { writer, datum in writer.object { datum.write(&$0) } }
        case .plan(let specs):
            object.array("specs", specs) { writer, spec in writer.object { spec.write(&$0) } }
        case .skillTree(let moves):
            object.object("actions") { actions in
                for move in moves { actions.object(move.skill) { move.action.write(&$0) } }
            }
        }
    }
}

extension TrainingDatum {
    /// Writes the datum's members; labels that it does not have are left out.
    public func write(_ object: inout ObjectWriter) {
        object("instruction", instruction)
        object("response", response)
        if let skill { object("skill", skill) }
        if let subskill { object("subskill", subskill) }
    }
}

extension DataSpec {
    fileprivate func write(_ object: inout ObjectWriter) {
        switch kind {
        case .skill(let skill, let subskill, let hint):
            object("skill", skill)
            if let subskill { object("subskill", subskill) }
            if let hint { object("instruction", hint) }
        case .instruction(let text):
            object("instruction", text)
        case .like(let ids):
            object("like", ids)
        }
        object("count", count)
    }
}

extension SkillAction {
    /// Writes the members of one skill's action.
    public func write(_ object: inout ObjectWriter) {
        switch self {
        case .explore(let exploration):
            object("type", "explore")
            object("num_new_skills", exploration.count)
            object("data_allocation_for_new_skills", exploration.allocation)
            if let subskills = exploration.subskills {
                object.array("new_skills", subskills) { writer, subskill in
                    writer.object { object in
                        object("name", subskill.name)
                        if let hint = subskill.hint { object("instruction", hint) }
                    }
                }
            }
        case .exploit(let changes):
            object("type", "exploit")
            object.object("data_allocation_delta") { deltas in
                for change in changes { deltas(change.subskill, change.delta) }
            }
        }
    }
}
