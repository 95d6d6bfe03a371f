import Gym
import Testing

@Suite("Skill discovery")
struct DiscoveryTests {
    /// Three kinds of problem in two or three wordings each, with random nouns and numbers.
    private static func problems(_ count: Int, seed: UInt64) -> (texts: [String], kinds: [Int]) {
        var random = SeededGenerator(seed: seed)
        let wordings = [
            ["What is the perimeter of a @ # cm long?", "Find the perimeter of this @ with sides # and #."],
            ["Share # @s equally among # @s.", "# @s are shared equally. How many @s does each get?"],
            ["A @ drives # km per hour for # hours.", "How fast in km per hour goes a @?"],
        ]
        let nouns = ["apple", "table", "lamp", "girl", "boat", "stone", "king", "tree"]
        var texts: [String] = []
        for index in 0..<count {
            let template = random.element(of: wordings[index % 3]) ?? ""
            texts.append(
                template.map { character in
                    switch character {
                    case "@": random.element(of: nouns) ?? ""
                    case "#": "\(random.integer(in: 2...99))"
                    default: String(character)
                    }
                }.joined())
        }
        return (texts, texts.indices.map { $0 % 3 })
    }

    private func expectWellFormed(_ skills: DiscoveredSkills, _ texts: [String]) {
        #expect(skills.labels.count == texts.count)
        #expect(skills.assignment.count == texts.count)
        // Every text has one category, and every category a text.
        #expect(Set(skills.assignment) == Set(skills.categories.indices))
        #expect(Set(skills.categories.map(\.name)).count == skills.categories.count)
        #expect((0...texts.count).contains(skills.repaired))
        for name in skills.categories.map(\.name) + skills.labels {
            #expect(!name.isEmpty)
            #expect(
                name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
                })
            #expect(!name.hasPrefix("_") && !name.hasSuffix("_"))
        }
        for category in skills.categories {
            #expect(!category.summary.isEmpty && !category.summary.contains("\n"))
        }
        for (text, category) in zip(texts, skills.assignment) {
            #expect(skills.category(of: text) == category)
        }
    }

    @Test("tells kinds of problem apart whatever their nouns and numbers", arguments: 1...5)
    func findsKinds(seed: Int) {
        let (texts, kinds) = Self.problems(150, seed: UInt64(seed))
        let skills = InstructionClustering(categories: 3, seed: UInt64(seed)).discover(texts)
        expectWellFormed(skills, texts)
        #expect(ClusteringQuality.normalisedMutualInformation(skills.assignment, kinds) > 0.95)
        #expect(skills.repaired == 0)
        let (others, otherKinds) = Self.problems(60, seed: UInt64(seed) + 100)
        let held = others.map { skills.category(of: $0) }
        #expect(ClusteringQuality.normalisedMutualInformation(held, otherKinds) > 0.9)
    }

    @Test("names categories by their typical words, without random nouns")
    func names() {
        let skills = InstructionClustering(categories: 3, seed: 1).discover(Self.problems(300, seed: 1).texts)
        let words = skills.categories.map { Set($0.name.split(separator: "_")) }
        #expect(words.contains { $0.contains("perimeter") })
        #expect(words.contains { $0.contains("equally") })
        #expect(words.contains { $0.contains("km") || $0.contains("per") })
        #expect(
            words.allSatisfy { (2...4).contains($0.count) && $0.isDisjoint(with: ["lamp", "girl", "king"]) })
    }

    @Test("the same texts and seed give the same skills")
    func isDeterministic() {
        let texts = Self.problems(200, seed: 9).texts
        for categories in [nil, 4] as [Int?] {
            let clustering = InstructionClustering(categories: categories, seed: 3)
            #expect(clustering.discover(texts) == clustering.discover(texts))
        }
    }

    @Test("chooses a bounded number of categories by itself", arguments: [3, 5, 19, 20, 150])
    func choosesCount(count: Int) {
        let texts = Self.problems(count, seed: 2).texts
        let skills = InstructionClustering(categories: nil, seed: 1).discover(texts)
        expectWellFormed(skills, texts)
        #expect((2...40).contains(skills.categories.count))
    }

    @Test("makes as many categories as asked for, and fewer where the texts do not suffice")
    func keepsCount() {
        let texts = Self.problems(150, seed: 4).texts
        for count in [1, 2, 5, 12] {
            let skills = InstructionClustering(categories: count, seed: 1).discover(texts)
            expectWellFormed(skills, texts)
            #expect(skills.categories.count == count)
        }
        let few = ["add two numbers", "add two numbers", "paint the wall"]
        let skills = InstructionClustering(categories: 10, seed: 1).discover(few)
        expectWellFormed(skills, few)
        #expect(skills.categories.count <= 2)
        #expect(InstructionClustering(categories: -5, seed: 1).discover(few).categories.count == 1)
        #expect(InstructionClustering(categories: .max, seed: 1).discover(few).categories.count <= 2)
    }

    @Test("no text makes no categories")
    func nothing() {
        let skills = InstructionClustering(categories: 3, seed: 1).discover([])
        #expect(skills.categories.isEmpty && skills.labels.isEmpty && skills.assignment.isEmpty)
        #expect(skills.repaired == 0 && skills.category(of: "anything") == 0)
    }

    @Test(
        "degenerate collections make one category",
        arguments: [
            ["one"], [""], ["", "", ""], ["?!", "...", "\u{0}"],
            Array(repeating: "add 3 and 4", count: 50),
        ])
    func degenerate(texts: [String]) {
        for categories in [nil, 1, 3, 42] as [Int?] {
            let skills = InstructionClustering(categories: categories, seed: 1).discover(texts)
            expectWellFormed(skills, texts)
            #expect(skills.categories.count == 1)
        }
    }

    @Test("texts without a known term are counted and go to the largest category")
    func repairs() {
        let texts = Self.problems(100, seed: 5).texts + ["", "\u{3}\u{1F600}", "Ω"]
        let skills = InstructionClustering(categories: 3, seed: 1).discover(texts)
        expectWellFormed(skills, texts)
        #expect(skills.repaired == 3)
        let sizes = skills.categories.indices.map { index in skills.assignment.count { $0 == index } }
        #expect(skills.assignment.suffix(3).allSatisfy { sizes[$0] == sizes.max() })
        #expect(skills.labels.suffix(3) == ["other", "other", "other"])
        #expect(skills.category(of: "δοκιμή") == skills.assignment.last)
    }

    @Test("other scripts cluster too and get ASCII names")
    func otherScripts() {
        let texts = (1...40).map { $0 % 2 == 0 ? "求长方形的周长 \($0) 厘米" : "Найдите среднее чисел \($0) и 7" }
        let skills = InstructionClustering(categories: 2, seed: 1).discover(texts)
        expectWellFormed(skills, texts)
        let kinds = (1...40).map { $0 % 2 }
        #expect(ClusteringQuality.adjustedRandIndex(skills.assignment, kinds) == 1)
    }

    @Test("hostile texts neither trap nor blow up", arguments: 1...4)
    func hostile(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var texts = (0..<80).map { _ in
            let bytes = (0..<random.integer(below: 400)).map { _ in UInt8(random.integer(below: 256)) }
            return String(decoding: bytes, as: UTF8.self)
        }
        texts.append(String(repeating: "a", count: 32 << 10))
        texts.append(String(repeating: "9", count: 32 << 10))
        texts.append(String(repeating: "e\u{301}", count: 10 << 10))
        texts.append(String(repeating: " ", count: 32 << 10))
        texts.append((0..<8000).map { "w\($0)" }.joined(separator: " "))
        texts.append(String(repeating: "x ", count: 16 << 10))
        expectWellFormed(InstructionClustering(categories: nil, seed: 1).discover(texts), texts)
        expectWellFormed(InstructionClustering(categories: 7, seed: 1).discover(texts), texts)
    }
}
