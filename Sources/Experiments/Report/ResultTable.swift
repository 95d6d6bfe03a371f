/// The table of one section: a row for each skills and agent, and in words what the intervals say.
struct ResultTable {
    let section: ResultSection
    private static let none = "–"

    /// The table and the sentences below it.
    var markdown: String {
        let hasOptions = section.arms.contains { !$0.arm.options.isEmpty }
        let hasBaseline = section.arms.contains { $0.arm.baseline != nil }
        var header = ["Agent", "Skills"]
        if hasOptions { header.append("Options") }
        let left = header.count
        header += ["Seeds", "Base test", "Final test", "Gain", "Best (iteration)"]
        if hasBaseline { header += ["Against baseline", "Better"] }
        header.append("Data")
        let rows = section.arms.flatMap { arm in
            arm.series.map { series in
                var row = [Markdown.code(series.agent), series.skills.rawValue]
                if hasOptions {
                    row.append(arm.arm.options.isEmpty ? Self.none : Markdown.code(arm.arm.options.text))
                }
                row += figures(series)
                if hasBaseline { row += comparison(series, arm) }
                row.append(series.data.map { Decimal.text($0.mean, decimals: 0) } ?? Self.none)
                return row
            }
        }
        return Markdown.table(header, rows, left: left) + "\n"
            + section.arms.map(sentences).joined()
    }

    private func figures(_ series: ResultSeries) -> [String] {
        let best = series.curve.best.map { "\(Decimal.percent($0.test.mean)) (\($0.iteration))" }
        let count = series.records.count
        return [
            count == series.planned ? "\(count)" : "\(count) of \(series.planned)",
            series.base.map { Decimal.percent($0.mean) } ?? Self.none,
            series.final?.percentText ?? Self.none, series.gain?.pointsText ?? Self.none,
            best ?? Self.none,
        ]
    }

    private func comparison(_ series: ResultSeries, _ arm: ArmResult) -> [String] {
        if series.isBaseline { return ["baseline", Self.none] }
        guard let difference = arm.difference(series) else { return [Self.none, Self.none] }
        return [
            difference.estimate.pointsText,
            "\(difference.positive) of \(difference.estimate.count) seeds",
        ]
    }

    // MARK: - In words

    /// One sentence for each source of skills that has a baseline.
    private func sentences(_ arm: ArmResult) -> String {
        guard let baseline = arm.arm.baseline, arm.arm.agents.count > 1 else { return "" }
        return arm.arm.skills.map { skills in
            let others = arm.series(skills).filter { !$0.isBaseline }
            let options = arm.arm.options.isEmpty ? "" : ", \(Markdown.code(arm.arm.options.text))"
            return "Against \(Markdown.code(baseline)) (\(skills.rawValue) skills\(options)): "
                + Self.sentence(
                    others.map { (Markdown.code($0.agent), arm.difference($0)?.estimate) }) + "\n\n"
        }.joined()
    }

    /// Which paired differences are told apart from zero, and which are not.
    static func sentence(_ differences: [(name: String, estimate: Estimate?)]) -> String {
        func names(_ belongs: (Estimate?) -> Bool) -> [String] {
            differences.filter { belongs($0.estimate) }.map(\.name)
        }
        let groups = [
            (names { $0?.excludesZero == true && ($0?.mean ?? 0) > 0 }, "lies above zero"),
            (names { $0?.excludesZero == true && ($0?.mean ?? 0) < 0 }, "lies below zero"),
            (
                names { $0?.excludesZero == false },
                "includes zero, so that these seeds do not tell it from the baseline,"
            ),
        ]
        var parts = groups.filter { !$0.0.isEmpty }.map { names, verdict in
            "the 95 % interval of the paired difference \(verdict) for \(Markdown.list(names))"
        }
        let single = names { $0 != nil && $0?.excludesZero == nil }
        if !single.isEmpty { parts.append("one seed allows no interval for \(Markdown.list(single))") }
        let without = names { $0 == nil }
        if !without.isEmpty {
            parts.append("no seed has a result of both for \(Markdown.list(without))")
        }
        return parts.joined(separator: "; ") + "."
    }
}
