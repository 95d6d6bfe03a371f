import DurableFiles
import Experiments
import Glibc
import Testing

@Suite("Report")
struct ReportTests {
    private let plan = Samples.plan(arms: [Samples.openEnded, Samples.tree])

    @Test("The report does not depend on the order in which runs finished")
    func deterministic() {
        let records = Samples.records(plan)
        let one = ExperimentReport(plan: plan, records: records)
        let other = ExperimentReport(plan: plan, records: records.reversed())
        #expect(one.markdown == other.markdown)
        #expect(one.figures == other.figures)
    }

    @Test("A row has base, final, gain, best iteration, paired difference and data")
    func row() {
        var plan = plan
        plan.arms = [Samples.openEnded]
        plan.seeds = [1, 2, 3]
        let finals = ["random": [0.50, 0.52, 0.54], "error_conditioned": [0.60, 0.64, 0.62]]
        let records = plan.cells.map { cell in
            let final = finals[cell.agent]?[cell.seed - 1] ?? 0
            return RunRecord(
                cell: cell, session: "", seconds: 60,
                curve: [(0, 0.3), (1, final + 0.1), (2, final)].map { iteration, test in
                    RunRecord.CurvePoint(
                        iteration: iteration, trainingData: iteration * 100, validation: nil, test: test,
                        reward: nil)
                })
        }
        let text = ExperimentReport(plan: plan, records: records).markdown
        #expect(
            text.contains(
                "| `random` | gold | 3 | 30.0 | 52.0 ± 5.0 | +22.0 ± 5.0 | 62.0 (1) | baseline | – | 200 |"))
        // Differences 10, 12 and 8 points: mean 10, sd 2, half width 4.303 * 2 / sqrt(3).
        #expect(text.contains("| +10.0 ± 5.0 | 3 of 3 seeds | 200 |"))
        #expect(text.contains("lies above zero for `error_conditioned`."))
        #expect(text.contains("6 of 6 runs have a result; they took 6.0 minutes in all."))
    }

    @Test("Words tell apart above zero, below zero, not told apart and no interval")
    func words() {
        let plan = Samples.plan(
            arms: [
                ExperimentPlan.Arm(
                    environment: .openEnded, agents: ["base", "up", "down", "same", "gone"], baseline: "base")
            ], seeds: 3)
        let shift = ["up": [0.1, 0.11, 0.12], "down": [-0.1, -0.11, -0.12], "same": [0.1, -0.1, 0.01]]
        let records = plan.cells.filter { $0.agent != "gone" }.map { cell in
            let test = 0.5 + (shift[cell.agent]?[cell.seed - 1] ?? 0)
            return RunRecord(
                cell: cell, session: "", seconds: 1,
                curve: [
                    RunRecord.CurvePoint(
                        iteration: 0, trainingData: 0, validation: nil, test: test, reward: nil)
                ])
        }
        let text = ExperimentReport(plan: plan, records: records).markdown
        #expect(text.contains("lies above zero for `up`;"))
        #expect(text.contains("lies below zero for `down`;"))
        #expect(text.contains("do not tell it from the baseline, for `same`;"))
        #expect(text.contains("no seed has a result of both for `gone`."))
        #expect(
            text.contains(
                "Not run yet: 3, the first of them `math-pocket/open_ended/gone/gold/10x100/seed-1`."))
    }

    @Test("One seed shows no interval anywhere")
    func oneSeed() {
        let plan = Samples.plan(arms: [Samples.openEnded], seeds: 1)
        let report = ExperimentReport(plan: plan, records: Samples.records(plan))
        #expect(!report.markdown.contains(" ± 0"))
        #expect(report.markdown.contains("one seed allows no interval for `error_conditioned`"))
        #expect(!(report.figures.first?.svg.contains("fill-opacity=\"0.13\"") ?? true))
    }

    @Test("Sources of skills are compared where there are several")
    func sources() {
        let text = ExperimentReport(plan: plan, records: Samples.records(plan)).markdown
        #expect(text.contains("### Gold skills against discovered skills and shuffled skills"))
        #expect(
            text.contains("| gold - discovered | Higher | gold - shuffled | Higher | discovered - shuffled |")
        )
        #expect(text.split(separator: "### ").count == 2)
    }

    @Test("Failures are named, and their reasons can break neither table nor page")
    func failures() {
        let cell = plan.cells[0]
        let failure = ExperimentOutcome.Failure(
            cell: cell, reason: "a|b\n<script>" + String(repeating: "x", count: 9_999))
        let text = ExperimentReport(plan: plan, records: [], failures: [failure]).markdown
        #expect(text.contains("- `\(cell.key)`: a\\|b &lt;script>x"))
        #expect(!text.contains("<script>"))
        #expect(text.utf8.count < 10_000)
    }

    @Test("A plan without any result gives a report without figures")
    func empty() {
        let report = ExperimentReport(plan: plan, records: [])
        #expect(report.figures.isEmpty)
        #expect(report.markdown.contains("0 of 55 runs have a result"))
    }

    @Test("Text and figures are written, and every link in the text has its file")
    func write() throws {
        let scratch = Scratch()
        let report = ExperimentReport(plan: plan, records: Samples.records(plan))
        let path = try report.write(to: scratch.path)
        #expect(String(decoding: read(path), as: UTF8.self) == report.markdown)
        for figure in report.figures {
            let file = "\(scratch.path)/figures/\(figure.name)"
            #expect(String(decoding: read(file), as: UTF8.self) == figure.svg)
            #expect(report.markdown.contains("](figures/\(figure.name))"))
            remove(file)
        }
        #expect(throws: FileError.self) { try report.write(to: "/proc/no-such") }
    }
}
