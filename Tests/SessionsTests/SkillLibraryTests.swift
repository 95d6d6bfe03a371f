import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Skill library")
struct SkillLibraryTests {
    private let directory: TemporaryDirectory
    private let sessions: Sessions
    private var library: SkillLibrary { sessions.library }

    init() throws {
        directory = try TemporaryDirectory()
        sessions = try Fixture.sessions(in: directory.path)
    }

    private static let topics = [
        "How many apples are in the basket", "What is the area of the garden",
        "When does the train arrive at the station",
    ]

    /// A task of three topics; `test` numbers its test instances, which are also of three topics unless other texts are given.
    private func task(test: [String]? = nil) throws -> BenchmarkTask {
        func instances(_ split: SplitName, _ texts: [String]) -> [TaskInstance] {
            texts.enumerated().map {
                TaskInstance(
                    id: "\(split.rawValue)\($0)", instruction: $1, answer: "1", skill: "topic\($0 % 3)")
            }
        }
        let train = (0..<30).map { "\(Self.topics[$0 % 3]) number \($0)?" }
        let heldOut = (0..<12).map { "\(Self.topics[$0 % 3]) with the sign \($0)?" }
        return try BenchmarkTask(
            name: "topics", summary: "", domain: .math,
            skills: (0..<3).map { TaskSkill(name: "topic\($0)", summary: "", subskills: []) },
            scorer: Scorer(name: "exact", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 }),
            splits: [
                .train: instances(.train, train), .validation: instances(.validation, heldOut),
                .test: instances(.test, test ?? heldOut.map { "Again: \($0)" }),
            ])
    }

    /// The categories of train and validation instances.
    private func visible(_ record: SkillDiscoveryRecord) -> [String: Int] {
        record.categories.filter { !$0.key.hasPrefix("test") }
    }

    @Test("clusters find the topics and give every instance one of them")
    func clusters() async throws {
        let task = try task()
        let record = try await library.cluster(task, categories: 3, seed: 1, owner: "me")
        #expect(record.method == .clusters)
        #expect(record.skills.names.count == 3)
        #expect(Set(record.skills.names).count == 3)
        for split in SplitName.allCases {
            #expect(task.instances(split).allSatisfy { record.skills.skill(ofInstance: $0.id) != nil })
        }
        #expect((record.mutualInformation ?? 0) > 0.99)
        #expect((record.randIndex ?? 0) > 0.99)
    }

    @Test("the same content has the same id, and is stored once; another seed of it changes nothing")
    func sameContent() async throws {
        let task = try task()
        let first = try await library.shuffle(task, categories: 4, seed: 1, owner: "me")
        let again = try await library.shuffle(task, categories: 4, seed: 1, owner: "me")
        let other = try await library.shuffle(task, categories: 4, seed: 2, owner: "me")
        #expect(first == again)
        #expect(other.id != first.id)
        let all = try await sessions.store.discoveries(owner: "me", after: nil, limit: 10)
        #expect(Set(all.map(\.id)) == [first.id, other.id])
        let clustered = try await library.cluster(task, categories: 3, seed: 1, owner: "me")
        let repeated = try await library.cluster(task, categories: 3, seed: 1, owner: "me")
        #expect(clustered == repeated)
    }

    @Test("test instances get a category, but have no say in which there are and who belongs to them")
    func testHasNoSay() async throws {
        let strange = (0..<40).map { "Purple \($0) elephants sing opera beneath the harbour bridge" }
        let (usual, other) = (try task(), try task(test: strange))
        for (first, second) in [
            (
                try await library.cluster(usual, categories: nil, seed: 3, owner: "me"),
                try await library.cluster(other, categories: nil, seed: 3, owner: "me")
            ),
            (
                try await library.shuffle(usual, categories: 5, seed: 3, owner: "me"),
                try await library.shuffle(other, categories: 5, seed: 3, owner: "me")
            ),
        ] {
            #expect(visible(first) == visible(second))
            #expect(first.skills.skills == second.skills.skills)
            #expect(first.mutualInformation == second.mutualInformation)
            #expect(first.repaired == second.repaired)
            #expect(first.id != second.id)
            #expect(second.categories.count == 30 + 12 + 40)
        }
    }

    @Test("shuffled groups are as even as can be in every split, and tell nothing of the topics")
    func shuffled() async throws {
        let task = try task()
        let record = try await library.shuffle(task, categories: nil, seed: 1, owner: "me")
        #expect(record.skills.names == ["group_1", "group_2", "group_3"])
        #expect(record.skills.counts(in: .train, of: task) == [10, 10, 10])
        #expect(record.skills.counts(in: .test, of: task) == [4, 4, 4])
        #expect(abs(record.randIndex ?? 1) < 0.15)
    }

    @Test("a client's discovery is kept as given; what it leaves out is repaired and counted, test apart")
    func supplied() async throws {
        let task = try task()
        let skills = ["fruit", "land", "time"].map { TaskSkill(name: $0, summary: "s", subskills: []) }
        let given = Dictionary(uniqueKeysWithValues: (0..<30).map { ("train\($0)", $0 % 3) })
        let record = try await library.supply(task, skills: skills, categories: given, owner: "me")
        #expect(given.allSatisfy { record.categories[$0.key] == $0.value })
        #expect(record.repaired == 12)
        // The repair goes by the words, and these are of the same topics.
        #expect((0..<12).allSatisfy { record.categories["validation\($0)"] == $0 % 3 })
        #expect((0..<12).allSatisfy { record.categories["test\($0)"] == $0 % 3 })
        #expect(record.skills.skills == skills)
    }

    @Test("skill sets are by owner: another's discovery is not to be had")
    func owners() async throws {
        let task = try task()
        let mine = try await library.shuffle(task, categories: 2, seed: 1, owner: "me")
        #expect(try await library.skills(mine.id, task: task, owner: "me") == mine.skills)
        await #expect(throws: StoreError.self) {
            try await library.skills(mine.id, task: task, owner: "you")
        }
        #expect(try await library.skills("gold", task: task, owner: "you") == SkillSet(goldOf: task))
    }
}
