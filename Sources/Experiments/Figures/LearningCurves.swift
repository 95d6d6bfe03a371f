// Test accuracy over iterations, one line an agent.

extension SectionFigures.Scope {
    func learningCurves(_ skills: ExperimentCell.SkillSource) -> ExperimentFigure? {
        let series = arm.series(skills).filter { !$0.curve.points.isEmpty }
        guard !series.isEmpty else { return nil }
        let lines = series.map(line)
        let hasBands = lines.flatMap(\.points).contains { $0.halfWidth != nil }
        let bands = hasBands ? "; bands: 95 % intervals" : ""
        let caption = "Test accuracy over iterations, \(setting(skills))"
        let chart = LineChart(
            wording: PlotFrame.Wording(
                title: "Test accuracy over iterations",
                subtitle: "\(setting(skills)); \(seeds(series))\(bands); large: best mean", x: "Iteration",
                y: "Test accuracy (%)",
                description: "\(caption). Best means: \(lines.map(\.label).joined(separator: "; "))."),
            lines: lines)
        return ExperimentFigure(
            name: name("curves", skills), caption: "\(caption)\(bands).", svg: chart.svg())
    }

    private func line(_ series: ResultSeries) -> LineChart.Line {
        let curve = series.curve
        let points = curve.points.map { point in
            LineChart.Line.Point(
                x: Double(point.iteration), y: point.test.mean * 100,
                halfWidth: point.test.halfWidth.map { $0 * 100 })
        }
        let best = curve.best
        // In the legend, as numbers in the plot would run into each other and into the lines.
        let words = best.map { ", \(Decimal.percent($0.test.mean)) at \($0.iteration)" } ?? ""
        return LineChart.Line(
            label: series.label + words, style: series.style, points: points,
            marked: best.flatMap { curve.points.firstIndex(of: $0) })
    }
}
