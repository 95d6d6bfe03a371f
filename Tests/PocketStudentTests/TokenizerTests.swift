import Gym
import PocketStudent
import Testing

@Suite struct TokenizerTests {
    static let texts = [
        "", " ", "   ", "a", "bags", " bags", "bags ", "bags  with", "\n\n bags\t",
        "6 bags with 12 coins each.",
        "6 bags with 12 coins each and 5 loose coins. how many coins?", "<<6*12=72>><<72+5=77>>", "<<<>>>><",
        "3.5 1,000 12:30",
        "costs $5 (or 5%) by 3", "Bags with BAGS and bAGS", "don't one-third one-thirds don''t don'",
        "bagsbags", "bags12 12bags",
        "(bags) with( coins )", "x1 x 1", "\u{1F600} é ß \u{202E}rtl \u{5D0}\u{5D1}",
        "zebra zebra bags zebra",
        "coins.5 coins. 5 coins ., ?", "a-b-c-d-e-f-g", "\0\u{1}\u{7F}",
        "48 / 2 = <<48/2=24>>24 coins in May.\n#### 72", "-5 - 5",
    ]

    @Test(arguments: TokenizerTests.texts)
    func losesNothing(text: String) throws {
        let tokenizer = try Fixtures.tokenizer()
        #expect(Array(tokenizer.decode(tokenizer.encode(text)).utf8) == Array(text.utf8))
    }

    @Test func losesNothingOfRandomText() throws {
        let tokenizer = try Fixtures.tokenizer()
        var random = SeededGenerator(seed: 1, purpose: "tokenizer")
        let pieces =
            Fixtures.words + [
                " ", "  ", "Bags", "12", "3", ".", ",", "?", "(", ")", "$", "%", "<<", ">>", "<", ">", "=",
                "-", "'", "\n", "\r\n", "é",
                "\u{1F600}", "zz", "Q", "\0",
            ]
        for _ in 0..<5_000 {
            var text = ""
            for _ in 0..<random.integer(in: 0...20) { text += random.element(of: pieces) ?? "" }
            #expect(Array(tokenizer.decode(tokenizer.encode(text)).utf8) == Array(text.utf8))
        }
        for _ in 0..<2_000 {
            let bytes = (0..<random.integer(in: 0...60)).map { _ in UInt8(random.integer(below: 256)) }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Array(tokenizer.decode(tokenizer.encode(text)).utf8) == Array(text.utf8))
        }
    }

    @Test func spendsOneTokenOnAWordWithItsSpace() throws {
        let tokenizer = try Fixtures.tokenizer()
        #expect(tokenizer.encode("6 bags with 12 coins each and 5 loose coins. how many coins?").count == 16)
        #expect(tokenizer.encode("Bags with").count == 3)
    }

    @Test func decodesAnyTokens() throws {
        let tokenizer = try Fixtures.tokenizer()
        var random = SeededGenerator(seed: 2, purpose: "tokenizer")
        for _ in 0..<2_000 {
            let tokens = (0..<20).map { _ in Int32(random.integer(in: -3...tokenizer.vocabulary + 3)) }
            _ = tokenizer.decode(tokens)
        }
        #expect(tokenizer.decode([.min, .max, -1]) == "")
    }

    @Test func takesLinearTimeForGarbage() throws {
        let tokenizer = try Fixtures.tokenizer()
        let clock = ContinuousClock()
        let garbage = [
            String(repeating: "a-", count: 500_000), String(repeating: "a", count: 1_000_000),
            String(repeating: " ", count: 1_000_000), String(repeating: "<", count: 1_000_000),
            String(repeating: "\u{202E}\u{5D0}", count: 200_000), String(repeating: "\0", count: 1_000_000),
        ]
        for text in garbage {
            let took = clock.measure {
                #expect(tokenizer.encodeTail(text, limit: 96).count <= 96)
                #expect(tokenizer.decode(tokenizer.encode(text)).utf8.count == text.utf8.count)
            }
            #expect(took < .seconds(5))
        }
    }

    @Test func keepsTheTailOfLongText() throws {
        let tokenizer = try Fixtures.tokenizer()
        let text = String(repeating: "bags with coins ", count: 10_000) + "how many?"
        let tail = tokenizer.encodeTail(text, limit: 10)
        #expect(tail.count == 10)
        #expect(tail == Array(tokenizer.encode(text).suffix(10)))
        #expect(tokenizer.encodeTail(text, limit: 0).isEmpty)
    }

    @Test(arguments: ["", "two words", "9", "a--b", "-a", "é", String(repeating: "a", count: 33)])
    func refusesWhatIsNoWord(word: String) {
        #expect(throws: PocketError.self) { try Tokenizer(lexicon: ["ok", word]) }
    }

    @Test func refusesAWordTwice() {
        #expect(throws: PocketError.self) { try Tokenizer(lexicon: ["bag", "bag"]) }
    }
}
