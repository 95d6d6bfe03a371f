import Gym
import JSON
import Sessions

/// What an action is checked against: the session's environment, task, skills and teacher.
struct ActionScope {
    let environment: EnvironmentKind
    let task: BenchmarkTask
    let skills: SkillSet
    let teacher: (any DataEngine)?
    let resolver: SpecResolver

    /// Whether plans name skills that the teacher does not know.
    var isDiscovered: Bool { environment.hasSkills && skills.id != SkillSet.gold }

    init(
        _ configuration: SessionConfiguration, task: BenchmarkTask, skills: SkillSet,
        teacher: (any DataEngine)?
    ) {
        environment = configuration.environment
        self.task = task
        self.skills = skills
        self.teacher = teacher
        resolver = SpecResolver(configuration, skills: skills, task: task)
    }

    /// Why the session takes no action of this kind, or `nil` if it does.
    func refusal(of kind: ActionKind) -> String? {
        guard environment.actions.contains(kind) else {
            let known = environment.actions.map(\.rawValue).joined(separator: " and ")
            return
                "is not one that a session of the environment \(environment.rawValue) takes; it takes \(known)"
        }
        guard teacher != nil || !kind.needsTeacher else {
            return "the session has no teacher to make data; send data"
        }
        return nil
    }

    /// Whether a skill label is one that the environment allows there; reports it if it is not.
    func checkSkill(_ skill: String?, _ object: inout ObjectReader) -> Bool {
        guard environment.hasSkills else { return true }
        guard let skill else {
            // A label that is there but no text has been reported already.
            if !object.has("skill") { object.issue(at: "skill", "is required in \(environment.rawValue)") }
            return false
        }
        guard skills.contains(skill) else {
            let known = skills.names.joined(separator: ", ")
            object.issue(at: "skill", "is no skill of the session; there is: \(known)")
            return false
        }
        return true
    }

    /// Asks the teacher whether it could carry an action out, so that a mistake is the client's error and not a failed iteration.
    ///
    /// - Throws: `JSONIssues` that points at what the teacher cannot do.
    func validate(_ action: Action) throws(JSONIssues) {
        switch action {
        case .data: return
        case .plan(let specs):
            do throws(DataEngineError) {
                try teacher?.validate(specs.map(resolver.resolve), for: task)
            } catch {
                throw error.issues(isResolved: isDiscovered)
            }
        case .skillTree(let moves):
            for move in moves { try validate(move) }
        }
    }

    private func validate(_ move: SkillMove) throws(JSONIssues) {
        guard case .explore(let exploration) = move.action, let supplied = exploration.subskills,
            skills.contains(move.skill)
        else { return }
        for (place, subskill) in supplied.enumerated() {
            let kind = resolver.kind(of: subskill, skill: move.skill)
            do throws(DataEngineError) {
                try teacher?.validate([DataSpec(kind: kind, count: 1)], for: task)
            } catch {
                let path = ["actions", move.skill, "new_skills", "\(place)"]
                throw JSONIssues(
                    pointer: path.map(JSONPointer.token).joined(), detail: error.description)
            }
        }
    }
}

extension DataEngineError {
    /// The engine's complaint as an issue with the action's body; of a resolved spec the client wrote the skill only.
    func issues(isResolved: Bool) -> JSONIssues {
        var pointer = "/specs"
        if let specIndex { pointer += "/\(specIndex)" }
        if specIndex != nil, let member {
            pointer += "/" + (isResolved && member.hasPrefix("like") ? "skill" : member)
        }
        return JSONIssues(pointer: pointer, detail: description)
    }
}

extension SkillMoveError {
    /// The trees' complaint as an issue with the action's body.
    var issues: JSONIssues {
        JSONIssues(pointer: (["actions"] + path).map(JSONPointer.token).joined(), detail: description)
    }
}
