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
        let index = InstructionIndex(task: try task(), splits: [.validation, .test])
        let texts = [
            "What is 2 + 2?", " what  IS 2 + 2", "What is 3 + 3 ???", "What is 1 + 1?", "What is 22?", "?",
        ]
        let checked = CheckedData(
            checking: texts.map { TrainingDatum(instruction: $0, response: "4") }, heldOut: index)
        #expect(checked.rejected.map(\.index) == [0, 1, 2])
        #expect(checked.rejected.allSatisfy { $0.reason == .overlap })
        #expect(checked.accepted.map(\.instruction) == Array(texts[3...]))
    }

    @Test("a report gives the share of right responses, in all and by skill")
    func report() throws {
        let results = [
            InstanceResult(instanceID: "v1", response: "4", correct: true),
            InstanceResult(instanceID: "v2", response: "5", correct: false),
            InstanceResult(instanceID: "v3", response: "7", correct: false),
        ]
        let report = PerformanceReport(results: results, split: .validation, task: try task())
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
