// What each skill gained, against how hard and how frequent it is.

extension SectionFigures.Scope {
    /// What the gains are drawn against.
    enum Trait {
        /// 1 - accuracy of the untrained student.
        case difficulty
        /// Share of the validation instances with the skill.
        case frequency

        var kind: String { self == .difficulty ? "gain-difficulty" : "gain-frequency" }
        var axis: String {
            switch self {
            case .difficulty: "Difficulty: 100 % - accuracy at iteration 0"
            case .frequency: "Frequency: share of the validation instances (%)"
            }
        }
        var word: String { self == .difficulty ? "difficulty" : "frequency" }
    }

    func gains(_ skills: ExperimentCell.SkillSource, against trait: Trait) -> ExperimentFigure? {
        let clouds = compared(skills).map { series in
            ScatterChart.Cloud(
                label: series.label, style: series.style, points: points(series, trait))
        }
        guard clouds.contains(where: { !$0.points.isEmpty }) else { return nil }
        let caption = "Gain of each skill against its \(trait.word), \(setting(skills))"
        let chart = ScatterChart(
            wording: PlotFrame.Wording(
                title: "Gain of each skill against its \(trait.word)",
                subtitle:
                    "\(setting(skills)); a point is a skill, large: means of \(ScatterChart.bins) equal bins",
                x: trait.axis, y: "Gain on test (points)",
                description: "\(caption). Agents: \(clouds.map(\.label).joined(separator: ", "))."),
            clouds: clouds)
        return ExperimentFigure(
            name: name(trait.kind, skills), caption: "\(caption), mean over the seeds.", svg: chart.svg())
    }

    /// The baseline and the best of the others: more clouds would hide each other.
    private func compared(_ skills: ExperimentCell.SkillSource) -> [ResultSeries] {
        let all = arm.series(skills).filter { $0.records.contains { !$0.skillGains.isEmpty } }
        return all.filter(\.isBaseline) + [Self.best(all.filter { !$0.isBaseline })].compactMap { $0 }
    }

    /// The series with the highest mean at the end, the first of several.
    static func best(_ series: [ResultSeries]) -> ResultSeries? {
        series.reduce(nil) { best, one in
            guard let best else { return one }
            return (one.final?.mean ?? 0) > (best.final?.mean ?? 0) ? one : best
        }
    }

    private func points(_ series: ResultSeries, _ trait: Trait) -> [ScatterChart.Cloud.Point] {
        SkillMeans.of(series.records).map { skill in
            ScatterChart.Cloud.Point(
                x: (trait == .difficulty ? 1 - skill.first : skill.frequency) * 100,
                y: (skill.last - skill.first) * 100, name: skill.name)
        }
    }
}

/// One skill's mean over the runs that had it.
struct SkillMeans {
    let name: String
    let frequency: Double
    let first: Double
    let last: Double

    /// The skills in the order in which the runs name them; those without test instances are left out.
    static func of(_ records: [RunRecord]) -> [SkillMeans] {
        var names: [String] = []
        var gains: [String: [(frequency: Double, first: Double, last: Double)]] = [:]
        for gain in records.flatMap(\.skillGains) {
            guard let first = gain.first, let last = gain.last else { continue }
            if gains[gain.name] == nil { names.append(gain.name) }
            gains[gain.name, default: []].append((gain.frequency, first, last))
        }
        return names.compactMap { name in
            guard let all = gains[name] else { return nil }
            let count = Double(all.count)
            return SkillMeans(
                name: name, frequency: all.reduce(0) { $0 + $1.frequency } / count,
                first: all.reduce(0) { $0 + $1.first } / count, last: all.reduce(0) { $0 + $1.last } / count)
        }
    }
}
