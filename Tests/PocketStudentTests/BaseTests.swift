import PocketStudent
import Testing

@Suite struct BaseTests {
    @Test func theEmbeddedBaseLoadsAndWritesItself() {
        let model = PocketBase.model
        #expect(model.checkpoint() == PocketBase.checkpoint)
        #expect(PocketBase.checkpoint.count <= 2 << 20)
        #expect(model.tokenizer.lexicon.count > 100)
    }

    @Test func theReplayRowsFitTheContext() {
        #expect(PocketBase.replay.count >= 200)
        for row in PocketBase.replay {
            let tokens = PocketBase.model.tokenizer.encode(row.prompt + row.response)
            #expect(tokens.count < 96)
        }
    }

    /// The base copies and calculates, whatever skills it has.
    @Test func theBaseKnowsItsWarmUp() async throws {
        let rows = [
            PocketRow(prompt: "& 48 red 7 coins", response: "48 red 7 coins"),
            PocketRow(prompt: "12 5: *", response: "<<12*5=60>>"),
            PocketRow(prompt: "31 18 4: + -", response: "<<31+18=49>><<49-4=45>>"),
        ]
        let answers = try await PocketEngine.predict(
            PocketBase.model, prompts: rows.map(\.prompt), pool: Fixtures.pool)
        #expect(answers == rows.map(\.response))
    }

    @Test func replayLinesSurviveTheWayThroughTheFile() {
        let rows = [
            PocketRow(prompt: "\"a\\b\"\n\t\u{1}é", response: "\u{1F600}"),
            PocketRow(prompt: "", response: ""),
        ]
        #expect(ReplayFile.decode(ReplayFile.encode(rows)) == rows)
        let escaped = #"{"prompt":"\ud83d\ude00\/\u0041","response":""}"#
        #expect(ReplayFile.decode(Array(escaped.utf8)) == [PocketRow(prompt: "\u{1F600}/A", response: "")])
        for bad in [
            "{", "{}", "[1]", #"{"prompt":1,"response":""}"#, #"{"prompt":"\ud83d","response":""}"#,
            #"{"prompt":"a"}"#,
        ] {
            #expect(ReplayFile.decode(Array(bad.utf8)) == nil)
        }
    }
}
