/// Gold against discovered and shuffled skills, paired by seed; for arms that have several sources.
struct SkillSourceTable {
    let arm: ArmResult

    /// The table, or `nil` where there is one source only.
    var markdown: String? {
        let sources = arm.arm.skills
        guard sources.count > 1 else { return nil }
        var pairs: [(ExperimentCell.SkillSource, ExperimentCell.SkillSource)] = []
        for (place, first) in sources.enumerated() {
            for second in sources.dropFirst(place + 1) { pairs.append((first, second)) }
        }
        let header =
            ["Agent"] + sources.map { "Final test, \($0.rawValue)" }
            + pairs.flatMap { ["\($0.rawValue) - \($1.rawValue)", "Higher"] }
        let rows = arm.arm.agents.map { agent in
            [Markdown.code(agent)]
                + sources.map { arm.series(agent, $0)?.final?.percentText ?? "–" }
                + pairs.flatMap { cells(agent, $0, $1) }
        }
        let options = arm.arm.options.isEmpty ? "" : " (\(Markdown.code(arm.arm.options.text)))"
        return "### \(title(sources))\(options)\n\n" + Markdown.table(header, rows)
            + "\nDifferences of the final test performance in points, paired by seed.\n\n"
    }

    private func title(_ sources: [ExperimentCell.SkillSource]) -> String {
        let names = sources.map { "\($0.rawValue) skills" }
        return (names.first ?? "").prefix(1).uppercased() + (names.first ?? "").dropFirst() + " against "
            + Markdown.list(Array(names.dropFirst()))
    }

    private func cells(
        _ agent: String, _ first: ExperimentCell.SkillSource, _ second: ExperimentCell.SkillSource
    ) -> [String] {
        guard let one = arm.series(agent, first), let other = arm.series(agent, second),
            let difference = PairedDifference(one.finals, minus: other.finals)
        else { return ["–", "–"] }
        return [
            difference.estimate.pointsText,
            "\(difference.positive) of \(difference.estimate.count) seeds",
        ]
    }
}
