/// The kinds of environment that a session can run.
public enum EnvironmentKind: String, Sendable, CaseIterable, Codable {
    /// The state is every validation example with the student's response, right or wrong.
    case openEnded = "open_ended"
    /// The state is the student's performance on each skill, with the examples under it.
    case skillList = "skill_list"
    /// The state is a tree of subskills for each skill, with allocations, accuracies and rewards.
    case skillTree = "skill_tree"

    /// Whether its state and rewards are by skill.
    public var hasSkills: Bool { self != .openEnded }

    /// The kinds of action that it takes.
    public var actions: [ActionKind] {
        switch self {
        case .openEnded, .skillList: [.data, .plan]
        case .skillTree: [.skillTree, .data]
        }
    }

    /// What it shows and takes, in a sentence or two.
    public var summary: String {
        switch self {
        case .openEnded:
            "The state is every validation example with the student's response, right or wrong. An action is "
                + "training data, or a plan that the data-generation engine turns into data. The reward is the change "
                + "in validation performance."
        case .skillList:
            "The state is the student's performance on each skill and the validation examples under it. An action is a "
                + "plan that says how many data to make for which skill, or data labelled with skills. The reward is the "
                + "change in validation performance, and the same for each skill."
        case .skillTree:
            "The state is a tree of subskills for each skill: allocations, the data made, the student's accuracy on them "
                + "before training, and what came of earlier actions. An action explores (adds subskills) or exploits "
                + "(changes allocations), once for a skill; or it is data labelled with skills and subskills. The reward is "
                + "the change in validation performance, and the same for each skill."
        }
    }
}
