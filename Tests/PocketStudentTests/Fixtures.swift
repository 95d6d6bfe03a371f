import Gym
import PocketStudent

/// Small models and word problems that the tests share.
enum Fixtures {
    static let words = [
        "bags", "with", "each", "and", "loose", "how", "many", "there", "are", "lost", "left", "shared", "by",
        "coins",
        "apples", "books", "pens", "cards", "stones", "copy", "don't", "one-third",
    ]

    /// One pool for all tests, as a service would have.
    static let pool = ComputePool(threads: 2, niceness: 0)

    static func tokenizer() throws -> Tokenizer {
        try Tokenizer(lexicon: words)
    }

    static func model(
        width: Int = 96, layers: Int = 3, heads: Int = 3, expansion: Int = 4, seed: UInt64 = 7
    ) throws -> PocketModel {
        try PocketModel(
            tokenizer: tokenizer(), width: width, layers: layers, heads: heads, expansion: expansion,
            seed: seed)
    }

    /// Three kinds of word problems with worked steps.
    static func rows(_ count: Int, seed: UInt64) -> [PocketRow] {
        var random = SeededGenerator(seed: seed, purpose: "fixtures")
        let things = ["coins", "apples", "books", "pens", "cards", "stones"]
        return (0..<count).map { _ in
            let a = random.integer(in: 2...9)
            let b = random.integer(in: 2...30)
            let c = random.integer(in: 1...40)
            let thing = random.element(of: things) ?? "coins"
            switch random.integer(below: 3) {
            case 0:
                return PocketRow(
                    prompt: "\(a) bags with \(b) \(thing) each and \(c) loose \(thing). how many \(thing)?",
                    response: "<<\(a)*\(b)=\(a * b)>><<\(a * b)+\(c)=\(a * b + c)>>")
            case 1:
                return PocketRow(
                    prompt: "there are \(a + b) \(thing). \(a) are lost. how many \(thing) are left?",
                    response: "<<\(a + b)-\(a)=\(b)>>")
            default:
                return PocketRow(
                    prompt: "\(a * c) \(thing) are shared by \(a) bags. how many \(thing) each?",
                    response: "<<\(a * c)/\(a)=\(c)>>")
            }
        }
    }
}
