import Gym
import Tasks
import Testing

@Suite struct RecogniserTests {
    @Test func itFindsTheSubskillOfNearlyEveryProblem() {
        let problems = MathPocketTests.problems(seed: 99)
        let wrong = problems.filter { problem in
            let seen = ProblemRecogniser.mathPocket.recognise(problem.instruction)
            return seen?.skill != problem.skill || seen?.subskill != problem.subskill
                || seen?.identity != problem.identity
        }
        #expect(wrong.count * 1000 <= problems.count, "\(wrong.first.map { "\($0)" } ?? "")")
    }

    /// If two subskills could make the same text, its answer would be a matter of luck.
    @Test func noTextFitsTwoSubskills() {
        for problem in MathPocketTests.problems(each: 60, seed: 5) {
            #expect(
                ProblemRecogniser.mathPocket.candidates(for: problem.instruction).count == 1,
                "\(problem.instruction)")
        }
    }

    @Test func otherNamesNounsAndSpacingAreFine() throws {
        let seen = ProblemRecogniser.mathPocket.recognise(
            "  Björn has 1,200 bananas and  Alice has 30 bananas. How many bananas do they have in all ?")
        let found = try #require(seen)
        #expect((found.skill, found.subskill) == ("total", "two"))
        #expect(found.identity.flatMap(numbersOf) == [30, 1200])
        let price = ProblemRecogniser.mathPocket.recognise(
            "A sofa costs 99.50 dollars. It is 20% off. What is the new price?")
        #expect(price?.subskill == "price")
        #expect(price?.identity == nil)
    }

    @Test(arguments: [
        "", " ", "hello", "what is the meaning of life?", "tom has coins", "what is 3 plus",
        "what is plus 3?",
        "what is 3 plus 4 plus 5 plus 6?", "{name} has {a} {item}", "\u{0}\u{1}", "<<1+1=2>>",
        "99999999999999999999",
    ]) func otherTextsAreNot(text: String) {
        #expect(ProblemRecogniser.mathPocket.recognise(text) == nil)
    }

    @Test func aChangedTextIsNotTheSameProblem() {
        let recogniser = ProblemRecogniser.mathPocket
        #expect(
            recogniser.recognise("divide 36 by the greatest common divisor of 48 and 36. what do you get?")
                != nil)
        #expect(
            recogniser.recognise("divide 35 by the greatest common divisor of 48 and 36. what do you get?")
                == nil)
    }

    @Test func hostileTextsEndQuickly() {
        let start = ContinuousClock.now
        let texts = [
            String(repeating: "tom has 12 ", count: 100_000), String(repeating: "1", count: 1_000_000),
            String(repeating: "1,", count: 500_000), String(repeating: "\u{301}", count: 300_000),
            String(repeating: "what is ", count: 100_000),
        ]
        for text in texts { #expect(ProblemRecogniser.mathPocket.recognise(text) == nil) }
        #expect(ContinuousClock.now - start < .seconds(1))
    }
}
