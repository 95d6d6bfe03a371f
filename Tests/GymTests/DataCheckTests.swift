import Gym
import Testing

@Suite("Checking of data")
struct DataCheckTests {
    private func task() throws -> BenchmarkTask {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        return try BenchmarkTask(
            name: "t", summary: "", domain: .math, skills: [], scorer: scorer,
            splits: [
                .train: [TaskInstance(id: "a", instruction: "What is 1 + 1?", answer: "2")],
                .validation: [
                    TaskInstance(id: "v1", instruction: "What is 2 + 2?", answer: "4", skill: "sum"),
                    TaskInstance(id: "v2", instruction: "What is 2 * 3?", answer: "6", skill: "product"),
                    TaskInstance(id: "v3", instruction: "What is 4 + 4?", answer: "8", skill: "sum"),
                ],
                .test: [TaskInstance(id: "x", instruction: "What is 3 + 3?", answer: "6")],
            ])
    }

    @Test("held-out instructions are refused whatever their case, spacing and end punctuation")
    func overlap() throws {
        let texts = [
            "What is 2 + 2?", " what  IS 2 + 2", "What is 3 + 3 ???", "What is 1 + 1?", "What is 22?", "?",
        ]
        for mode in QualityMode.allCases {
            let checked = QualityCheck(task: try task(), mode: mode).check(
                texts.map { TrainingDatum(instruction: $0, response: "4") }, responses: texts.map { _ in "" },
                used: [])
            #expect(checked.map { $0.rejection == .overlap } == [true, true, true, false, false, false])
        }
    }

    /// A task that knows the sum of two digits, and refutes responses that say so of themselves.
    private func solvingTask() throws -> BenchmarkTask {
        let scorer = Scorer(
            name: "last", metric: "accuracy", extract: { $0.isEmpty ? nil : String($0.suffix(1)) },
            judge: { $0 == String($1.suffix(1)) }, verify: { !$0.contains("sic") })
        return try BenchmarkTask(
            name: "t", summary: "", domain: .math, skills: [], scorer: scorer, splits: [:],
            solve: { $0 == "2 and 3" ? "5" : nil })
    }

    @Test(
        "each finding has its cause; the student knows what it answers as the task, or else the datum, does",
        arguments: [
            ("2 and 3", "so 5", "4", []), ("2 and 3", "so 5", "it is 5", [QualityFinding.known]),
            ("2 and 3", "so 6", "6", [.wrong]), ("2 and 3", "so 6", "5", [.wrong, .known]),
            ("2 and 3", "", "4", [.unextractable]), ("other", "so 6", "4", []),
            ("other", "so 6", "6", [.known]),
            ("other", "sic 6", "4", [.wrong]), ("Used  before!", "so 6", "4", [.duplicate]),
        ])
    func findings(instruction: String, response: String, student: String, expected: [QualityFinding]) throws {
        let datum = TrainingDatum(instruction: instruction, response: response)
        let report = QualityCheck(task: try solvingTask(), mode: .report)
            .check([datum], responses: [student], used: ["used before"])
        #expect(report[0].findings == expected)
        #expect(report[0].rejection == nil)
        let filter = QualityCheck(task: try solvingTask(), mode: .filter)
            .check([datum], responses: [student], used: ["used before"])
        #expect(filter[0].findings == expected)
        #expect(filter[0].rejection == expected.first)
    }

    @Test("the second of two equal instructions is the duplicate; the report counts findings")
    func qualityReport() throws {
        let data = ["a", "A ", "b", "2 and 3"].map { TrainingDatum(instruction: $0, response: "5") }
        let checked = QualityCheck(task: try solvingTask(), mode: .report)
            .check(data, responses: ["1", "1", "1", "5"], used: [])
        #expect(checked.map(\.findings) == [[], [.duplicate], [], [.known]])
        let report = QualityReport(checked)
        #expect(report.checked == 4)
        #expect(report.passed == 2)
        #expect(
            report.counts == [
                FindingCount(finding: .duplicate, count: 1), FindingCount(finding: .known, count: 1),
            ])
        #expect(report.accuracyBeforeTraining == 0.25)
    }

    @Test("a report gives the share of right responses, in all and by skill")
    func report() throws {
        let results = [
            InstanceResult(instanceID: "v1", response: "4", correct: true),
            InstanceResult(instanceID: "v2", response: "5", correct: false),
            InstanceResult(instanceID: "v3", response: "7", correct: false),
        ]
        let report = PerformanceReport(
            results: results, split: .validation, task: try task(), skills: SkillSet(goldOf: try task()))
        #expect(report.count == 3)
        #expect(report.correct == 1)
        #expect(abs(report.value - 1.0 / 3) < 1e-12)
        #expect(
            report.slices == [
                ReportSlice(name: "skill", valueOf: "sum", value: 0.5, count: 2),
                ReportSlice(name: "skill", valueOf: "product", value: 0, count: 1),
            ])
    }

    @Test("two instances of one id are refused")
    func duplicateIDs() throws {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        let twice = TaskInstance(id: "a", instruction: "q", answer: "1")
        #expect(throws: TaskError.duplicateInstance(task: "t", id: "a")) {
            try BenchmarkTask(
                name: "t", summary: "", domain: .math, skills: [], scorer: scorer,
                splits: [.train: [twice], .test: [twice]])
        }
    }
}
