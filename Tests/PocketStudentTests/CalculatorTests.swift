import Gym
import PocketStudent
import Testing

@Suite struct CalculatorTests {
    @Test(arguments: [
        ("6*12", "72"), ("72+5", "77"), ("3-5", "-2"), ("7/2", "3.5"), ("1/3", "0.333333"),
        ("2/3", "0.666667"),
        ("-2/3", "-0.666667"), ("3>5", "5"), ("5>3", "5"), ("1>2>3", "3"), ("2*3>5", "6"), ("(1+2)*3", "9"),
        ("1+2*3", "7"),
        ("8/4/2", "1"), ("10-3-2", "5"), (".5*10", "5"), ("5.*2", "10"), ("1.25*4", "5"), ("0.1+0.2", "0.3"),
        ("--5", "5"),
        ("2*-3", "-6"), (" 1 + 1 ", "2"), ("100/1000", "0.1"), ("1/1024", "0.0009765625"), ("1/3000000", "0"),
        ("-1/3000000", "0"),
        ("999999999*999999999", "999999998000000001"), ("007", "7"), ("1/8>1/9", "0.125"),
    ])
    func computes(expression: String, value: String) {
        #expect(Calculator.evaluate(expression) == value)
    }

    @Test(arguments: [
        "", "+", "1+", "(", "()", "1)", "(1", "1/0", "1/(2-2)", "a", "1 2 x", ".", "1..2", "1=2", "5>", ">5",
        "1e5", "9999999999999999999",
        "999999999999*999999999999", "1/999999999999/999999999999", "٣+٤", "\u{1F600}",
        String(repeating: "(", count: 100), String(repeating: "-", count: 100) + "1",
        String(repeating: "1+", count: 500) + "1",
    ])
    func refuses(expression: String) {
        #expect(Calculator.evaluate(expression) == nil)
    }

    @Test func agreesWithIntegerArithmetic() {
        var random = SeededGenerator(seed: 1, purpose: "calculator")
        for _ in 0..<2_000 {
            let (a, b, c) = (
                random.integer(in: 0...9_999), random.integer(in: 1...9_999), random.integer(in: 0...9_999)
            )
            #expect(Calculator.evaluate("\(a)*\(b)+\(c)") == String(a * b + c))
            #expect(Calculator.evaluate("\(a)-\(b)*\(c)") == String(a - b * c))
            #expect(Calculator.evaluate("\(a * b)/\(b)") == String(a))
            #expect(Calculator.evaluate("\(a)>\(b)>\(c)") == String(max(a, b, c)))
        }
    }

    @Test func survivesRandomCharacters() {
        var random = SeededGenerator(seed: 2, purpose: "calculator")
        let characters = Array("0123456789+-*/()>. x")
        for _ in 0..<20_000 {
            let text = String(
                (0..<random.integer(in: 0...40)).map { _ in random.element(of: characters) ?? "0" })
            if let value = Calculator.evaluate(text) { #expect(value.utf8.count <= 40) }
        }
    }
}
