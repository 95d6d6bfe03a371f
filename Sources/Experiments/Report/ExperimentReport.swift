import DurableFiles

/// What an experiment showed: tables and sentences in Markdown, and figures in SVG.
///
/// The same plan and the same records give the same bytes, in whatever order the runs finished.
public struct ExperimentReport: Sendable {
    /// The figures, in the order in which the text shows them.
    public let figures: [ExperimentFigure]
    /// The text, with the figures as links relative to its folder.
    public let markdown: String

    /// The folder of the figures, below that of the text.
    public static let figureFolder = "figures"
    /// The text's file name.
    public static let fileName = "report.md"

    /// Makes the report.
    /// - Parameters:
    ///   - plan: what was to be run; it decides the order of everything.
    ///   - records: the runs there are, in any order; those of no cell of the plan are left out.
    ///   - failures: runs that failed, which the report names.
    public init(
        plan: ExperimentPlan, records: [RunRecord], failures: [ExperimentOutcome.Failure] = []
    ) {
        var byKey: [String: RunRecord] = [:]
        for record in records { byKey[record.key] = record }
        var figures: [ExperimentFigure] = []
        var text = Self.head(plan, byKey, failures)
        for section in ResultSection.all(of: plan, records: byKey) {
            text += "## \(section.task), \(section.environment.rawValue)\n\n"
            text += ResultTable(section: section).markdown
            text += section.arms.compactMap { SkillSourceTable(arm: $0).markdown }.joined()
            let own = SectionFigures(section: section).all
            text += own.map(Self.link).joined()
            figures += own
        }
        markdown = text + Self.notes
        self.figures = figures
    }

    /// Writes the text and the figures into a folder, which is made if need be. Each file is replaced as a whole.
    /// - Returns: the text's path.
    /// - Throws: `FileError` for the first file that cannot be written.
    @discardableResult
    public func write(to folder: String) throws(FileError) -> String {
        let folder = folder.isEmpty ? "." : folder
        let figureFolder = "\(folder)/\(Self.figureFolder)"
        try DurableFile.makeDirectory(figureFolder, mode: 0o755)
        for figure in figures {
            try DurableFile.replace(
                "\(figureFolder)/\(figure.name)", with: Array(figure.svg.utf8), mode: 0o644)
        }
        let path = "\(folder)/\(Self.fileName)"
        try DurableFile.replace(path, with: Array(markdown.utf8), mode: 0o644)
        return path
    }

    // MARK: - Parts of the text

    private static func head(
        _ plan: ExperimentPlan, _ records: [String: RunRecord], _ failures: [ExperimentOutcome.Failure]
    ) -> String {
        let cells = plan.cells
        let failed = Set(failures.map(\.cell))
        let missing = cells.filter { records[$0.key] == nil && !failed.contains($0) }
        let finished = cells.count { records[$0.key] != nil }
        let seconds = cells.reduce(0) { $0 + (records[$1.key]?.seconds ?? 0) }
        var text = """
            # \(plan.name)

            \(plan.iterations) iterations of \(plan.budget) training data each, for every agent; \
            \(plan.seeds.count == 1 ? "seed" : "seeds") \
            \(Markdown.list(plan.seeds.map(String.init))). \(finished) of \(cells.count) runs have a result; \
            they took \(Decimal.text(seconds / 60)) minutes in all.


            """
        if !failures.isEmpty {
            text += "Failed:\n\n"
            text += failures.map { "- \(Markdown.code($0.cell.key)): \(Markdown.plain($0.reason))\n" }
                .joined()
            text += "\n"
        }
        if !missing.isEmpty {
            text += "Not run yet: \(missing.count), the first of them \(Markdown.code(missing[0].key)).\n\n"
        }
        return text
    }

    private static func link(_ figure: ExperimentFigure) -> String {
        "![\(Markdown.linkText(figure.caption))](\(figureFolder)/\(figure.name))\n\n"
    }

    private static let notes = """
        ## How to read this

        - Performances are percentages of the test split, differences are percentage points; ± is half of a 95 % \
        interval by Student's t over the seeds. Where there is one seed, there is no interval.
        - "Against baseline" compares each agent with the baseline of the same seed, skills and options; "better" \
        counts the seeds for which it ended higher. The intervals are not corrected for the number of comparisons.
        - The best iteration is picked by the mean test curve itself, after the fact: it is somewhat too high. \
        Agents never see test performance.
        - A skill's difficulty and its gain share one measurement at iteration 0. Chance alone makes hard skills \
        gain and easy ones lose (regression to the mean); so compare agents at the same difficulty, not one agent \
        along it.

        """
}
