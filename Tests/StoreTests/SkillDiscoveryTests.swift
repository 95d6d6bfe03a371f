import Gym
import Store
import TestSupport
import Testing

@Suite("Stored skill discoveries")
struct SkillDiscoveryTests {
    private let directory: TemporaryDirectory
    private let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(directory: directory.path)
    }

    private func record(
        owner: String = "me", method: DiscoveryMethod = .clusters, seed: UInt64 = .max,
        names: [String] = ["a", "b"], first: Int = 0, task: BenchmarkTask? = nil, createdAt: Int64 = 5
    ) throws -> SkillDiscoveryRecord {
        try SkillDiscoveryRecord(
            owner: owner, task: task ?? Fixture.task(), method: method, seed: seed,
            skills: names.map { TaskSkill(name: $0, summary: "what \($0) is: \"…\"", subskills: []) },
            categories: ["train0": first, "train1": 1, "test0": 0], repaired: 3, mutualInformation: 0.5,
            randIndex: -0.25, createdAt: createdAt)
    }

    @Test("what is stored is read back, also after the store is opened again")
    func roundTrip() async throws {
        let directory = try TemporaryDirectory()
        let record = try record()
        do {
            let first = try Store(directory: directory.path)
            #expect(try await first.save(record) == record)
        }
        let second = try Store(directory: directory.path)
        let read = try await second.discovery(record.id, owner: "me")
        #expect(read == record)
        #expect(read.skills.skill(ofInstance: "train1") == "b")
        #expect(read.skills.skill(ofInstance: "nobody") == nil)
        #expect(read.seed == .max)
    }

    @Test("missing agreement with gold labels stays missing")
    func withoutGold() async throws {
        let plain = try SkillDiscoveryRecord(
            owner: "me", task: Fixture.task(), method: .supplied, seed: 0, skills: [], categories: [:],
            repaired: 0, mutualInformation: nil, randIndex: nil, createdAt: 1)
        let read = try await store.save(plain)
        #expect(read.mutualInformation == nil)
        #expect(read.randIndex == nil)
    }

    @Test("the id is that of the content: names, categories and the task's instances")
    func contentID() throws {
        let id = try record().id
        #expect(id.hasPrefix("skills-"))
        #expect(try record(owner: "you", method: .supplied, seed: 1, createdAt: 9).id == id)
        #expect(try record(names: ["a", "c"]).id != id)
        #expect(try record(names: ["b", "a"]).id != id)
        #expect(try record(first: 1).id != id)
        let other = try BenchmarkTask(
            name: "task", summary: "", domain: .math, skills: [],
            scorer: Scorer(name: "x", metric: "accuracy", extract: { $0 }, judge: { $0 == $1 }),
            splits: [.train: [TaskInstance(id: "train0", instruction: "q", answer: "1")]])
        #expect(try record(task: other).id != id)
    }

    @Test("the same content is stored once and stays as it first was; owners have their own")
    func storedOnce() async throws {
        let first = try await store.save(try record(createdAt: 5))
        let again = try await store.save(try record(method: .supplied, seed: 1, createdAt: 99))
        #expect(again == first)
        let other = try await store.save(try record(owner: "you", createdAt: 7))
        #expect(other.id == first.id)
        #expect(other.createdAt == 7)
        #expect(try await store.discoveries(owner: "me", after: nil, limit: 9) == [first])
    }

    @Test("somebody else's discovery does not exist")
    func ownership() async throws {
        let mine = try await store.save(try record())
        await #expect(throws: StoreError.notFound("skill discovery \(mine.id)")) {
            try await store.discovery(mine.id, owner: "you")
        }
        #expect(try await store.discoveries(owner: "you", after: nil, limit: 9).isEmpty)
    }

    @Test("discoveries are listed by id, page by page")
    func paging() async throws {
        for name in ["p", "q", "r", "s", "t"] { _ = try await store.save(try record(names: [name, "z"])) }
        var seen: [String] = []
        while true {
            let page = try await store.discoveries(owner: "me", after: seen.last, limit: 2)
            if page.isEmpty { break }
            seen += page.map(\.id)
        }
        #expect(seen.count == 5)
        #expect(seen == seen.sorted())
    }
}
