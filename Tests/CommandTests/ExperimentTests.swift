import Foundation
import TestSupport
import Testing

@Suite("The binary: experiment", .serialized)
struct ExperimentTests {
    private static let plan = """
        name: small
        tasks: [math-pocket]
        iterations: 2
        budget: 30
        seeds: 2
        arms:
          - environment: skill_list
            agents: [random, weak_skills]
            baseline: random
            steps: 2
          - environment: skill_tree
            agents: [error_memory]
            skills: [gold, shuffled]
            steps: 2
        """

    @Test(
        "an experiment writes records, a table and figures; a second time it runs nothing and writes the same"
    )
    func resumes() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/small.yaml"
        try Self.plan.write(toFile: file, atomically: true, encoding: .utf8)
        let first = try Program.run(Program.path, ["experiment", file])
        #expect(first.status == 0, "\(first.errors)")
        let records = try String(contentsOfFile: directory.path + "/small/runs.jsonl", encoding: .utf8)
        #expect(records.split(separator: "\n").count == 8)
        let report = try String(contentsOfFile: directory.path + "/small/report.md", encoding: .utf8)
        for text in ["weak_skills", "error_memory", "skill_tree", "figures/"] {
            #expect(report.contains(text))
        }
        let figures = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/small/figures")
        #expect(figures.contains { $0.hasSuffix(".svg") })
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/small")
        #expect(!left.contains("sessions"))
        // As if it had crashed: seven records are there, and a part of the eighth.
        let lines = records.split(separator: "\n")
        try (lines.prefix(7).joined(separator: "\n") + "\n" + lines[7].prefix(90))
            .write(toFile: directory.path + "/small/runs.jsonl", atomically: true, encoding: .utf8)
        let second = try Program.run(Program.path, ["experiment", file])
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.errors.components(separatedBy: "is there already").count == 8)
        let again = try String(contentsOfFile: directory.path + "/small/report.md", encoding: .utf8)
        // How long the runs took is the only thing that may differ.
        let timing = /they took [^.]*\.?[0-9]* [a-z]+/
        #expect(again.replacing(timing, with: "") == report.replacing(timing, with: ""))
    }

    @Test("a plan's mistake names line and key, before anything runs")
    func mistakes() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/bad.yaml"
        try Self.plan.replacing("weak_skills", with: "weak_skill").write(
            toFile: file, atomically: true, encoding: .utf8)
        let result = try Program.run(Program.path, ["experiment", file])
        #expect(result.status != 0)
        #expect(result.errors.contains("bad.yaml:8"))
        #expect(result.errors.contains("weak_skills"))
    }
}
