import PocketStudent
import Testing

@Suite struct WarmUpTests {
    @Test func isTheSameForASeed() {
        var first = WarmUpRows(lexicon: Fixtures.words, seed: 1)
        var second = WarmUpRows(lexicon: Fixtures.words, seed: 1)
        var other = WarmUpRows(lexicon: Fixtures.words, seed: 2)
        let rows = first.next(200)
        #expect(rows == second.next(200))
        #expect(rows != other.next(200))
    }

    @Test func itsStepsHoldWhatTheCalculatorSays() throws {
        let tokenizer = try Fixtures.tokenizer()
        var generator = WarmUpRows(lexicon: Fixtures.words, tasks: 50, seed: 3)
        var steps = 0
        for row in generator.next(2_000) {
            #expect(tokenizer.encode(row.prompt).count + tokenizer.encode(row.response).count <= 93)
            guard row.response.hasPrefix("<<") else {
                #expect(row.prompt == "& " + row.response)
                continue
            }
            for step in row.response.dropFirst(2).dropLast(2).split(separator: ">><<") {
                let parts = step.split(separator: "=")
                #expect(parts.count == 2)
                #expect(Calculator.evaluate(String(parts[0])) == parts.last.map(String.init))
                steps += 1
            }
        }
        #expect(steps > 2_000)
    }

    @Test func needsNoLexicon() {
        var generator = WarmUpRows(lexicon: [], tasks: 3, seed: 4)
        #expect(generator.next(50).count == 50)
    }

    @Test func pretrainingGivesTheSameBytesTwice() async throws {
        var settings = PocketPretrainingSettings()
        settings.warmUpRows = 200
        settings.inventedTasks = 5
        settings.warmUp.steps = 4
        settings.dose.steps = 3
        settings.replayRows = 20
        let rows = Fixtures.rows(30, seed: 1)
        let tokenizer = try Fixtures.tokenizer()
        let first = try await PocketEngine.pretrain(
            tokenizer: tokenizer, skillRows: rows, settings: settings, seed: 5, pool: Fixtures.pool)
        let second = try await PocketEngine.pretrain(
            tokenizer: tokenizer, skillRows: rows, settings: settings, seed: 5,
            pool: ComputePool(threads: 1, niceness: 0))
        #expect(first.model == second.model)
        #expect(first.replay == second.replay)
        #expect(first.replay.count == 20)
        #expect(first.replay.suffix(10).allSatisfy { rows.contains($0) })
    }
}
