import Dispatch
import Gym
import Store
import Synchronization

/// Makes skill discoveries, keeps them, and gives sessions their skill sets.
public final class SkillLibrary: Sendable {
    private let store: Store
    private let clock: WallClock
    /// Skill sets by task fingerprint, owner and id; stored ones never change.
    private let sets = Mutex<[[String]: SkillSet]>([:])

    /// The ids of the standard discoveries made since the start, by task fingerprint and owner.
    private let standards = Mutex<[[String]: String]>([:])

    /// The most skill sets that are kept in memory.
    private static let capacity = 64

    /// A library over a store.
    public init(store: Store, clock: WallClock) {
        self.store = store
        self.clock = clock
    }

    /// The skill set that a session was created with.
    ///
    /// - Throws: `StoreError.notFound` when the discovery is no longer there.
    public func skills(of record: SessionRecord, task: BenchmarkTask) async throws -> SkillSet {
        try await skills(record.configuration.skills, task: task, owner: record.owner)
    }

    /// A skill set by its id.
    public func skills(_ id: String, task: BenchmarkTask, owner: String) async throws -> SkillSet {
        let key = [task.fingerprint, owner, id]
        if let known = sets.withLock({ $0[key] }) { return known }
        let found =
            id == SkillSet.gold
            ? SkillSet(goldOf: task) : try await store.discovery(id, owner: owner).skills
        sets.withLock { sets in
            if sets.count >= Self.capacity { sets = [:] }
            sets[key] = found
        }
        return found
    }

    /// The id of a task's standard discovery: clusters, with a number of categories and a seed that are always the same.
    public func standard(_ task: BenchmarkTask, owner: String) async throws -> String {
        let key = [task.fingerprint, owner]
        if let known = standards.withLock({ $0[key] }) { return known }
        let found = try await cluster(task, categories: nil, seed: 0, owner: owner).id
        standards.withLock { $0[key] = found }
        return found
    }

    /// Clusters the instructions of a task's train and validation splits, and stores the outcome.
    ///
    /// Test instances are no part of it: each is given the category that it is nearest to, so that nothing of them reaches an agent.
    ///
    /// - Parameters:
    ///   - task: the task.
    ///   - categories: how many there are to be; `nil` leaves the number to the clustering.
    ///   - seed: the only source of randomness.
    ///   - owner: whose it will be.
    public func cluster(
        _ task: BenchmarkTask, categories: Int?, seed: UInt64, owner: String
    ) async throws -> SkillDiscoveryRecord {
        let seen = task.instances(.train) + task.instances(.validation)
        let clustering = InstructionClustering(categories: categories, seed: seed)
        // Some hundred milliseconds of arithmetic: off the cooperative threads that answer requests.
        let found = await Self.offThePool { clustering.discover(seen.map(\.instruction)) }
        var places = Dictionary(
            zip(seen.map(\.id), found.assignment), uniquingKeysWith: { first, _ in first })
        for instance in task.instances(.test) {
            places[instance.id] = found.category(of: instance.instruction)
        }
        let skills = found.categories.map { TaskSkill(name: $0.name, summary: $0.summary, subskills: []) }
        return try await save(
            task, method: .clusters, seed: seed, owner: owner, skills: skills, categories: places,
            repaired: found.repaired)
    }

    /// Assigns a task's instances to categories at random, as many as there are gold skills (or 10): the control for other methods.
    public func shuffle(
        _ task: BenchmarkTask, categories: Int?, seed: UInt64, owner: String
    ) async throws -> SkillDiscoveryRecord {
        let count = categories ?? (task.skills.isEmpty ? 10 : task.skills.count)
        let skills = (1...max(1, count)).map {
            TaskSkill(name: "group_\($0)", summary: "instances drawn at random", subskills: [])
        }
        var random = SeededGenerator(seed: seed, purpose: "skills shuffled")
        var places: [String: Int] = [:]
        for split in SplitName.allCases {
            // Shuffled and dealt in turn: as random as drawing, and no category of a large split is empty.
            for (place, instance) in random.shuffled(task.instances(split)).enumerated() {
                places[instance.id] = place % skills.count
            }
        }
        return try await save(
            task, method: .shuffled, seed: seed, owner: owner, skills: skills, categories: places, repaired: 0
        )
    }

    /// Stores a client's own discovery. Instances that it says nothing of, test ones above all, are repaired: each is given the category of
    /// the instance that the clustering of the given ones puts nearest.
    ///
    /// - Parameters:
    ///   - task: the task.
    ///   - skills: the categories; names are unique.
    ///   - categories: the position of the category of some train and validation instances, by id; not empty.
    ///   - owner: whose it will be.
    public func supply(
        _ task: BenchmarkTask, skills: [TaskSkill], categories: [String: Int], owner: String
    ) async throws -> SkillDiscoveryRecord {
        let all = SplitName.allCases.flatMap { task.instances($0) }
        let known = all.filter { categories[$0.id] != nil }
        let missing = all.filter { categories[$0.id] == nil }
        let repair = await Self.offThePool {
            SkillRepair(known.map { ($0.instruction, categories[$0.id] ?? 0) })
                .categories(of: missing.map(\.instruction))
        }
        var places = categories
        for (instance, category) in zip(missing, repair) { places[instance.id] = category }
        let visible = missing.count { task.instance(id: $0.id)?.split != .test }
        return try await save(
            task, method: .supplied, seed: 0, owner: owner, skills: skills, categories: places,
            repaired: visible)
    }

    private func save(
        _ task: BenchmarkTask, method: DiscoveryMethod, seed: UInt64, owner: String, skills: [TaskSkill],
        categories: [String: Int], repaired: Int
    ) async throws -> SkillDiscoveryRecord {
        let quality = Self.quality(task, categories)
        return try await store.save(
            SkillDiscoveryRecord(
                owner: owner, task: task, method: method, seed: seed, skills: skills, categories: categories,
                repaired: repaired, mutualInformation: quality?.mutualInformation,
                randIndex: quality?.randIndex, createdAt: clock.now()))
    }

    /// How well categories agree with the gold labels on train and validation; `nil` where there are none.
    private static func quality(
        _ task: BenchmarkTask, _ categories: [String: Int]
    ) -> (mutualInformation: Double, randIndex: Double)? {
        let gold = Dictionary(
            task.skills.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var pairs: [(Int, Int)] = []
        for instance in task.instances(.train) + task.instances(.validation) {
            guard let label = instance.skill.flatMap({ gold[$0] }), let found = categories[instance.id] else {
                continue
            }
            pairs.append((label, found))
        }
        guard !pairs.isEmpty else { return nil }
        let (labels, found) = (pairs.map(\.0), pairs.map(\.1))
        return (
            ClusteringQuality.normalisedMutualInformation(labels, found),
            ClusteringQuality.adjustedRandIndex(labels, found)
        )
    }

    private static func offThePool<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(returning: work()) }
        }
    }
}
