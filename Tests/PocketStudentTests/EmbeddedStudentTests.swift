import Gym
import PocketStudent
import Testing

@Suite("The student `pocket` as the gym sees it")
struct EmbeddedStudentTests {
    private let student = EmbeddedStudent(pool: ComputePool(threads: 2, niceness: 0))

    private func task(solution: String) throws -> BenchmarkTask {
        let scorer = Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 })
        let instance = TaskInstance(
            id: "a", instruction: "what is 1 plus 1?", answer: "2", solution: solution)
        return try BenchmarkTask(
            name: "t", summary: "", domain: .math, skills: [], scorer: scorer, splits: [.train: [instance]])
    }

    private func job(_ data: [TrainingDatum], newCount: Int, seed: UInt64 = 1) async throws -> TrainingJob {
        TrainingJob(
            checkpoint: try await student.baseCheckpoint(), data: data, newCount: newCount,
            settings: TrainingSettings(start: .continue, steps: 3, context: 96), seed: seed)
    }

    private static func datum(_ number: Int) -> TrainingDatum {
        TrainingDatum(instruction: "what is \(number) plus 5?", response: "<<\(number)+5=\(number + 5)>>")
    }

    @Test("short tasks get context 96; longer texts get what they need, up to the most there is")
    func context() throws {
        let none = TrainingRequestSettings()
        #expect(try student.settings(for: none, task: task(solution: "<<1+1=2>>")).context == 96)
        let long = String(repeating: "<<1+1=2>>", count: 50)
        let context = try student.settings(for: none, task: task(solution: long)).context
        #expect((300...600).contains(context))
        #expect(context % 32 == 0)
        let huge = String(repeating: "1", count: 30_000)
        #expect(try student.settings(for: none, task: task(solution: huge)).context == 2048)
        let asked = TrainingRequestSettings(context: 128)
        #expect(try student.settings(for: asked, task: task(solution: long)).context == 128)
    }

    @Test(
        "settings out of range are refused by name",
        arguments: [
            (TrainingRequestSettings(steps: 5001), "steps"),
            (TrainingRequestSettings(context: 31), "context"),
            (TrainingRequestSettings(context: 2049), "context"),
        ])
    func ranges(request: TrainingRequestSettings, member: String) throws {
        let error = try #require(throws: StudentError.self) {
            try student.settings(for: request, task: task(solution: "2"))
        }
        guard case .invalidSetting(member, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("from the base, the number of steps follows the data unless it is given")
    func stepsFromBase() throws {
        let base = TrainingRequestSettings(start: .base)
        #expect(try student.settings(for: base, task: task(solution: "2")).steps == nil)
        let given = TrainingRequestSettings(start: .base, steps: 7)
        #expect(try student.settings(for: given, task: task(solution: "2")).steps == 7)
    }

    @Test("the same job gives the same bytes; another seed gives others")
    func determinism() async throws {
        let data = (10..<40).map(Self.datum)
        let first = try await student.train(try await job(data, newCount: 10)) { _ in }
        let second = try await student.train(try await job(data, newCount: 10)) { _ in }
        let other = try await student.train(try await job(data, newCount: 10, seed: 2)) { _ in }
        #expect(first.checkpoint == second.checkpoint)
        #expect(first.checkpoint != other.checkpoint)
        #expect(first.loss.isFinite)
    }

    @Test(
        "garbage trains or is refused, and never breaks anything",
        arguments: [
            String(repeating: "x", count: 32_768), "\u{0}\u{1}\u{7F}\u{FFFD}",
            "\u{202E}שלום עולם\u{202C} مرحبا",
            String(repeating: "🙂", count: 2_000), "<<<<<<>>>>==", "<<1/0=",
            "<<99999999999999999999*99999999999=1>>",
            String(repeating: " ", count: 500), "a\u{301}\u{301}\u{301}",
        ])
    func garbage(text: String) async throws {
        let data = [
            TrainingDatum(instruction: text, response: "5"), TrainingDatum(instruction: "q", response: text),
        ]
        do {
            let outcome = try await student.train(try await job(data, newCount: 2)) { _ in }
            let answers = try await student.predict(
                [text], with: outcome.checkpoint, settings: try await job([], newCount: 0).settings
            ) { _ in }
            #expect(answers.count == 1)
        } catch is StudentError {
            // Refused, with a reason.
        }
    }

    @Test("a checkpoint that is none is refused")
    func badCheckpoint() async throws {
        let settings = TrainingSettings(start: .continue, steps: 3, context: 96)
        for bytes in [[], [1, 2, 3], [UInt8](repeating: 255, count: 100)] as [[UInt8]] {
            await #expect(throws: StudentError.self) {
                try await student.predict(
                    ["q"], with: StudentCheckpoint(bytes: bytes), settings: settings
                ) { _ in }
            }
        }
    }

    @Test("cancelling the task ends training as a cancellation")
    func cancellation() async throws {
        let settings = TrainingSettings(start: .continue, steps: 5000, context: 96)
        let long = TrainingJob(
            checkpoint: try await student.baseCheckpoint(), data: (10..<60).map(Self.datum), newCount: 50,
            settings: settings, seed: 1)
        let work = Task { [student] in try await student.train(long) { _ in } }
        try await Task.sleep(for: .milliseconds(200))
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
    }
}
