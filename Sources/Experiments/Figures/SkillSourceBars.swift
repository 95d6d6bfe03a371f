// What each agent gained with gold, discovered and shuffled skills.

extension SectionFigures.Scope {
    func skillSources() -> ExperimentFigure? {
        let sources = arm.arm.skills
        guard sources.count > 1, arm.series.contains(where: { $0.gain != nil }) else { return nil }
        let caption = "Gain on test by source of the skills, \(setting())"
        let chart = BarChart(
            wording: PlotFrame.Wording(
                title: "Gain by source of the skills",
                subtitle: "\(setting()); \(seeds(arm.series)), whiskers: 95 % interval",
                x: "Agent", y: "Gain on test (points)", description: description(caption)),
            kinds: sources.enumerated().map { place, source in
                BarChart.Kind(label: "\(source.rawValue) skills", style: .numbered(place))
            },
            groups: arm.arm.agents.map { agent in
                BarChart.Group(label: agent, bars: sources.map { bar(agent, $0) })
            })
        return ExperimentFigure(
            name: name("skills"), caption: "\(caption); whiskers are 95 % intervals.", svg: chart.svg())
    }

    private func bar(_ agent: String, _ skills: ExperimentCell.SkillSource) -> BarChart.Bar? {
        arm.series(agent, skills)?.gain.map { gain in
            BarChart.Bar(height: gain.mean * 100, halfWidth: gain.halfWidth.map { $0 * 100 })
        }
    }

    private func description(_ caption: String) -> String {
        let parts = arm.series.compactMap { series in
            series.gain.map { "\(series.agent), \(series.skills.rawValue): \(Decimal.points($0.mean))" }
        }
        return "\(caption). Points: \(parts.joined(separator: "; "))."
    }
}
