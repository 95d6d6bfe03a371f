import Gym
import PocketStudent
import Testing

@Suite struct DecodingTests {
    /// Trained a little, once for all tests here.
    private static let training = Task {
        var settings = PocketTrainingSettings()
        settings.steps = 40
        return try await PocketEngine.train(
            Fixtures.model(), rows: Fixtures.rows(200, seed: 1), settings: settings, seed: 1,
            pool: Fixtures.pool
        ).model
    }

    @Test func answersDoNotDependOnTheirNeighbours() async throws {
        let model = try await Self.training.value
        let prompts = Fixtures.rows(100, seed: 2).map(\.prompt)
        let together = try await PocketEngine.predict(model, prompts: prompts, pool: Fixtures.pool)
        for index in [0, 17, 99] {
            let alone = try await PocketEngine.predict(model, prompts: [prompts[index]], pool: Fixtures.pool)
            #expect(alone == [together[index]])
        }
        let backwards = try await PocketEngine.predict(
            model, prompts: prompts.reversed(), pool: Fixtures.pool)
        #expect(Array(backwards.reversed()) == together)
    }

    @Test func theCalculatorFillsValuesIn() async throws {
        let model = try await Self.training.value
        let prompts = Fixtures.rows(60, seed: 3).map(\.prompt)
        let answers = try await PocketEngine.predict(model, prompts: prompts, pool: Fixtures.pool)
        var checked = 0
        for answer in answers {
            // Each finished step holds what the calculator says.
            for step in answer.split(separator: "<").compactMap({ $0.split(separator: ">").first }) {
                let parts = step.split(separator: "=", omittingEmptySubsequences: false)
                guard parts.count == 2, answer.contains("<<\(step)>>") else { continue }
                #expect((Calculator.evaluate(String(parts[0])) ?? "?") == parts[1])
                checked += 1
            }
        }
        #expect(checked > 30)
    }

    @Test func aDecodingStepAgreesWithTheTrainingPass() async throws {
        // Overfitted rows are answered right only if the cached keys and values are those of the whole row.
        let long = (0..<150).map { String($0 % 10) }.joined(separator: " and ")
        let row = PocketRow(
            prompt: long, response: "coins and books with 7 apples, <<5*5=25>>25 pens are left")
        var settings = PocketTrainingSettings()
        settings.steps = 80
        settings.batch = 2
        settings.context = 600
        let model = try await PocketEngine.train(
            Fixtures.model(width: 64, layers: 2, heads: 2), rows: [row], settings: settings, seed: 1,
            pool: Fixtures.pool
        ).model
        let answers = try await PocketEngine.predict(
            model, prompts: [row.prompt, "copy 1"], maxNewTokens: 100, context: 600, pool: Fixtures.pool)
        #expect(answers[0] == row.response)
    }

    @Test func keepsItsLimitsForAnyPrompt() async throws {
        let model = try Fixtures.model(width: 16, layers: 1, heads: 1)
        let prompts = [
            "", " ", String(repeating: "x", count: 1_000_000),
            String(repeating: "\u{202E}\u{5D0} ", count: 50_000), "\0\0", "<<<<1/0=",
        ]
        for limit in [1, 7, 64] {
            let answers = try await PocketEngine.predict(
                model, prompts: prompts, maxNewTokens: limit, context: 48, pool: Fixtures.pool)
            #expect(answers.count == prompts.count)
            for answer in answers { #expect(answer.utf8.count <= limit * 33) }
        }
        #expect(try await PocketEngine.predict(model, prompts: [], pool: Fixtures.pool).isEmpty)
    }

    @Test func stopsWhenCancelled() async throws {
        let model = try Fixtures.model()
        let cancellation = PocketCancellation()
        cancellation.cancel()
        await #expect(throws: PocketError.cancelled) {
            try await PocketEngine.predict(
                model, prompts: ["copy 1"], pool: Fixtures.pool, cancellation: cancellation)
        }
    }
}
