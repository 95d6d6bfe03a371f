import Gym
import Tasks
import Testing

@Suite("Answers that math-pocket knows")
struct PocketAnswerTests {
    private let task: BenchmarkTask

    init() throws { task = try MathPocket.task() }

    private var all: [TaskInstance] { SplitName.allCases.flatMap { task.instances($0) } }

    @Test("the answer to each of the 1,960 instances is the instance's own")
    func everyInstance() {
        #expect(all.count == 1960)
        let wrong = all.filter { task.answer(to: $0.instruction) != $0.answer }
        #expect(wrong.isEmpty, "\(wrong.prefix(5).map(\.instruction))")
    }

    @Test("letter case, spacing and end punctuation do not matter")
    func otherWriting() {
        for instance in all.prefix(300) {
            let shouted = "  " + instance.instruction.uppercased().replacing(" ", with: "  ") + " "
            #expect(task.answer(to: shouted) == instance.answer, "\(shouted)")
        }
    }

    @Test("what the teacher makes is answered as it says")
    func teachersData() async throws {
        let plan = MathPocket.skills.map {
            DataSpec(kind: .skill($0.name, subskill: nil, hint: nil), count: 60)
        }
        let made = try await TemplatesEngine().generate(
            DataRequest(task: task, plan: plan, usedInstructions: [], seed: 9))
        for datum in made.items.map(\.datum) {
            let answer = task.answer(to: datum.instruction)
            #expect(answer != nil && answer == task.scorer.finalAnswer(in: datum.response), "\(datum)")
        }
    }

    @Test(
        "no answer is made up for other texts, nor for numbers beyond reason",
        arguments: [
            "", "what is the meaning of life?", "what is 99999999999999999999 plus 1?", "<<1+1=2>>",
            "what is 3 plus", "what is 12.5 plus 31?",
        ])
    func others(text: String) {
        #expect(task.answer(to: text) == nil)
    }

    @Test("numbers at the ends of their range give an answer or none, never a trap")
    func hugeNumbers() {
        for instance in all.prefix(200) {
            for number in ["0", "9223372036854775807", "-9223372036854775808", "4611686018427387904"] {
                let text = instance.instruction.split(separator: " ").map { word in
                    word.allSatisfy(\.isNumber) ? number : String(word)
                }.joined(separator: " ")
                _ = task.answer(to: text)
            }
        }
    }

    @Test("a megabyte of text is given up soon")
    func longText() {
        let clock = ContinuousClock()
        for piece in ["what is 3 plus 4 ", "1", "1 ", "a ", "\u{0}", "é"] {
            let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
            #expect(clock.measure { _ = task.answer(to: text) } < .seconds(2))
        }
    }
}
