/// One picture of a report.
public struct ExperimentFigure: Sendable, Equatable {
    /// The file's name, such as `curves-math-pocket-open_ended-gold.svg`.
    public let name: String
    /// What it shows, in a sentence.
    public let caption: String
    /// The picture as SVG.
    public let svg: String
}

/// Makes the figures of one section of the report.
struct SectionFigures {
    let section: ResultSection

    /// The figures that the results allow, in the order of the report.
    var all: [ExperimentFigure] {
        section.arms.enumerated().flatMap { place, arm in
            let scope = Scope(section: section, arm: arm, place: place)
            let bySkills = arm.arm.skills.flatMap { skills in
                [
                    scope.learningCurves(skills),
                    scope.gains(skills, against: .difficulty),
                    scope.gains(skills, against: .frequency),
                ].compactMap { $0 }
            }
            return bySkills + [scope.treeGrowth(), scope.skillSources()].compactMap { $0 }
        }
    }

    /// What a figure is about: one arm on one task.
    struct Scope {
        let section: ResultSection
        let arm: ArmResult
        let place: Int

        /// A file's name that no other figure of the report has.
        func name(_ kind: String, _ skills: ExperimentCell.SkillSource? = nil) -> String {
            var parts = [kind, section.task, section.environment.rawValue]
            // Only where there are several arms, so that most names stay simple.
            if section.arms.count > 1 { parts.append("\(place + 1)") }
            if let skills { parts.append(skills.rawValue) }
            return parts.joined(separator: "-") + ".svg"
        }

        /// Task, environment and whatever else tells this arm from others.
        func setting(_ skills: ExperimentCell.SkillSource? = nil) -> String {
            var parts = [section.task, section.environment.rawValue]
            if let skills { parts.append("\(skills.rawValue) skills") }
            if !arm.arm.options.isEmpty { parts.append(arm.arm.options.text) }
            return parts.joined(separator: ", ")
        }

        /// `mean of 5 seeds` or, where runs are missing, `mean of 3 to 5 seeds`.
        func seeds(_ series: [ResultSeries]) -> String {
            let counts = series.map(\.records.count)
            let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
            if most == 1, least == 1 { return "one seed, so no interval" }
            return least == most ? "mean of \(most) seeds" : "mean of \(least) to \(most) seeds"
        }
    }
}
