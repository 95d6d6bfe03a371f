import Glibc
import Gym
import JSON
import Tasks
import Testing

@Suite struct FinalAnswerTests {
    @Test(arguments: [
        ("so 9 * 2 = <<9*2=18>>18\n#### 18", "18"), ("#### 7\nthen #### 8 inside\n#### 9  \n", "9"),
        ("####\n#### \n<<1+2=3>>", "3"),
        ("thus $\\boxed{\\frac{1}{2}}$ is it", "\\frac{1}{2}"), ("\\boxed{1} then \\boxed{2}", "2"),
        ("\\boxed{\\boxed{5}}", "5"), ("\\boxed{ {a} \\} }", "{a} \\}"), ("\\boxed{1} and \\boxed{2", "1"),
        ("<<6*12=72>><<72+5=77>>", "77"), ("<<3*9=27>><<4*7=28>>second", "second"), ("<<27>28=28>>", "28"),
        ("<<2+2=4>>  \n", "4"), ("the answer is 42.", "42"), ("10-3 is -7", "-7"), ("10-3", "3"),
        ("x=-3", "-3"),
        ("it is 1,234.50 now", "1,234.50"), ("about 3/4.", "3/4"), ("page .5", ".5"),
        ("<<9*2=18>>18 a day\n\nA: 18\n", "A: 18"), ("yes", "yes"),
        (" Yes \n", "Yes"),
        ("<<broken", "<<broken"), (">>", ">>"), ("<<=>>", "<<=>>"), ("#### 12\r\n", "12"),
    ]) func theFinalAnswerIsFound(response: String, answer: String) {
        #expect(FinalAnswer.extract(from: response) == answer)
    }

    @Test(arguments: ["", " ", "\n\t "]) func aBlankResponseHasNone(response: String) {
        #expect(FinalAnswer.extract(from: response) == nil)
    }

    @Test(arguments: [
        ("18", "18"), ("18.0", "18"), ("018", "18"), ("1,000", "1000"), ("$1,000.00", "1000"), ("1/2", "0.5"),
        ("2/4", "1/2"),
        ("1 1/2", "1.5"), ("-1 1/2", "-3/2"), (".5", "0.50"), ("20%", "20"), ("20 \\%", "20%"),
        ("18 dollars", "18"), ("18.", "18"),
        ("x = 18", "18"), ("The answer is 18 apples.", "18"), ("$18$", "18"), ("\\$18", "18"), ("-$5", "-5"),
        ("\u{2212}5", "-5"),
        ("+5", "5"), ("-0", "0"), ("Second", "second"), ("a  b", "A b"), ("18 km", "18 km"), ("5kg", "5 kg"),
        ("6/3", "2"),
        ("\\frac{1}{2}", "\\frac{1}{2}"), ("0.1", "1/10"), ("(1, 2)", "(1,  2)"),
    ]) func theSameAnswerInOtherNotations(given: String, truth: String) {
        #expect(FinalAnswer.isEquivalent(given, to: truth))
        #expect(FinalAnswer.isEquivalent(truth, to: given))
    }

    @Test(arguments: [
        ("18", "19"), ("1,2", "12"), ("1,2", "1,5"), ("10,00", "1000"), ("0.2", "20%"), ("12x", "12"),
        ("12 x", "12"), ("18", "-18"),
        ("5 million", "5"), ("less than 18", "18"), ("not 18", "18"), ("18 or 19", "19"), ("2^18", "18"),
        ("3*6", "18"),
        ("18 km", "18 m"), ("1/3", "0.333333"), ("1/0", "0"), ("1/0", "2/0"), ("", "0"), ("", ""),
        ("second", "seconds"),
        ("18 squared", "18"), ("\\pi 3", "3"), ("1.2.3", "1.23"), ("3 4", "34"), ("--5", "5"), ("five", "5"),
        ("0.1000000000000000000000001", "1/10"),
        ("100000000000000000000000000000000000001", "100000000000000000000000000000000000000"),
    ]) func differentAnswersStayDifferent(given: String, truth: String) {
        #expect(!FinalAnswer.isEquivalent(given, to: truth))
        #expect(!FinalAnswer.isEquivalent(truth, to: given))
    }

    @Test func theScorerJudgesResponses() {
        let instance = TaskInstance(id: "a", instruction: "", answer: "1,077")
        #expect(Scorer.math.isCorrect("<<1000+77=1077>>", for: instance))
        #expect(Scorer.math.isCorrect("She has 1077 coins.", for: instance))
        #expect(!Scorer.math.isCorrect("<<1000+77=1077>>1078", for: instance))
        #expect(!Scorer.math.isCorrect("", for: instance))
        #expect(Scorer.math.finalAnswer(in: "\\boxed{3}") == "3")
    }

    /// Whole numbers and fractions against an evaluator of their own.
    @Test func fractionsAgreeWithCrossProducts() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let (a, b) = (random.integer(in: -30...30), random.integer(in: 1...30))
            let (c, d) = (random.integer(in: -30...30), random.integer(in: 1...30))
            #expect(FinalAnswer.isEquivalent("\(a)/\(b)", to: "\(c)/\(d)") == (a * d == c * b))
            #expect(FinalAnswer.isEquivalent("\(a)/\(b)", to: "\(c)") == (a == c * b))
        }
    }

    @Test func hostileResponsesEndQuickly() {
        let million = 1_000_000
        let texts = [
            String(repeating: "9", count: million), String(repeating: "\\boxed{", count: million / 7),
            String(repeating: "<<", count: million / 2), String(repeating: ">>", count: million / 2),
            String(repeating: "<<1=", count: million / 4) + ">>", String(repeating: "#", count: million),
            String(repeating: "####\n", count: million / 5), String(repeating: "1,", count: million / 2),
            String(repeating: "1/", count: million / 2) + "1", String(repeating: "-", count: million) + "1",
            String(repeating: "{", count: million), String(repeating: "\u{301}", count: million / 2),
            String(repeating: " ", count: million) + "5", String(repeating: "1.", count: million / 2),
        ]
        let start = ContinuousClock.now
        for (position, text) in texts.enumerated() {
            // Judged outside `#expect`, which would print the whole text.
            let truth = TaskInstance(id: "a", instruction: "", answer: "7")
            let wrong = Scorer.math.isCorrect(text, for: truth)
            #expect(!wrong, "text \(position)")
            let hostileTruth = TaskInstance(id: "a", instruction: "", answer: text)
            let wrongToo = Scorer.math.isCorrect("7", for: hostileTruth)
            #expect(!wrongToo, "text \(position)")
            _ = Scorer.math.isCorrect(text, for: hostileTruth)
        }
        let digits = String(repeating: "3", count: 10_000)
        #expect(FinalAnswer.isEquivalent(digits + ".50", to: "0" + digits + ".5"))
        #expect(!FinalAnswer.isEquivalent(digits + "/7", to: digits + "/8"))
        #expect(ContinuousClock.now - start < .seconds(8))
    }

    /// Random bytes of the scorer's own alphabet: no trap, and an answer always equals itself.
    @Test func randomTextsAreSafe() {
        var random = SeededGenerator(seed: 2)
        let alphabet = Array("#\\boxed{}<>=0123456789.,/-+ $%\nabc\u{2212}é")
        for _ in 0..<20_000 {
            let text = String(
                (0..<random.integer(below: 24)).compactMap { _ in random.element(of: alphabet) })
            guard let answer = FinalAnswer.extract(from: text) else { continue }
            #expect(answer == answer.trimmingSpace)
            _ = FinalAnswer.isEquivalent(answer, to: text)
        }
    }
}

/// 5,276 real responses of models to GSM8K, each with a judgement (Cobbe et al. 2021).
@Suite struct RealResponsesTests {
    @Test(.enabled(if: path != nil, "not there: ../shared/data/files/gsm8k/example_model_solutions.jsonl"))
    func theScorerAgreesWithTheDataSet() throws {
        var disagreements: [String] = []
        var count = 0
        for line in try lines(of: try #require(Self.path)) {
            let item = try JSONValue(parsing: line)
            let truth = try #require(item["ground_truth"]?.stringValue?.split(separator: "A: ").last)
            let instance = TaskInstance(id: "", instruction: "", answer: String(truth))
            for model in ["6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification"] {
                let response = try #require(item[model]?["solution"]?.stringValue)
                count += 1
                if Scorer.math.isCorrect(response, for: instance) != item[model]?["is_correct"]?.boolValue {
                    disagreements.append("\(truth) <- \(response.suffix(60))")
                }
            }
        }
        #expect(count == 5276)
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(30))")
    }

    private static let path = SharedData.path("gsm8k/example_model_solutions.jsonl")

    private func lines(of path: String) throws -> [[UInt8]] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8 << 20)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        let spaces: Set<Character> = [" ", "\n", "\t", "\r", "\r\n"]
        return String(drop { spaces.contains($0) }.reversed().drop { spaces.contains($0) }.reversed())
    }
}
