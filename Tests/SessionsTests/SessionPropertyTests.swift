import Gym
import Sessions
import Store
import TestSupport
import Testing

/// Random sessions in all environments, with bad actions among the good.
@Suite("Properties of sessions", .timeLimit(.minutes(1)))
struct SessionPropertyTests {
    /// A kind of world: what the student and the teacher are like.
    struct World: CustomTestStringConvertible {
        let seed: UInt64
        let isFickle: Bool
        let most: Int

        var testDescription: String { "seed \(seed), fickle \(isFickle), at most \(most) a call" }
    }

    @Test(
        "budgets hold, rewards add up, trees count the accepted data by label",
        arguments: [
            World(seed: 1, isFickle: false, most: .max), World(seed: 2, isFickle: true, most: 3),
            World(seed: 3, isFickle: true, most: .max),
        ])
    func invariants(world: World) async throws {
        let directory = try TemporaryDirectory()
        var student = CountingStudent()
        student.isFickle = world.isFickle
        var teacher = NumberingTeacher()
        teacher.most = world.most
        teacher.tokens = 3
        let sessions = try Fixture.sessions(
            in: directory.path, student: student, teacher: teacher, slots: 40)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<70 {
                group.addTask {
                    var random = RandomActions(seed: world.seed * 1000 + UInt64(number))
                    try await check(try await play(&random, in: sessions), in: sessions)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Plays a session until it is over or 12 actions are sent; after each, the budget is looked at.
    private func play(_ random: inout RandomActions, in sessions: Sessions) async throws -> String {
        let configuration = random.configuration()
        let id = try await sessions.begin(configuration)
        for _ in 0..<12 {
            let before = try await sessions.store.session(id, owner: nil).state
            if before.status == .finished { break }
            let forest = try await sessions.store.lastSucceeded(before: .max, of: id)?.forest
            do {
                let after = try await sessions.turn(
                    id, random.action(configuration.environment, forest: forest)
                ).state
                #expect(after.trainingData <= configuration.limits.trainingData)
                #expect(after.completedIterations <= configuration.limits.iterations)
                if after.phase == .failed {
                    #expect(after.trainingData == before.trainingData)
                    #expect(after.performance == before.performance)
                    #expect(after.untrainedIterations == before.untrainedIterations)
                }
            } catch is TransitionError {
                #expect(try await sessions.store.session(id, owner: nil).state == before)
            } catch is SkillMoveError {
                #expect(try await sessions.store.session(id, owner: nil).state == before)
            }
        }
        return id
    }

    private func check(_ id: String, in sessions: Sessions) async throws {
        let record = try await sessions.store.session(id, owner: nil)
        let iterations = try await sessions.store.iterations(of: id)
        let data = try await sessions.store.trainedData(of: id, after: nil, limit: 10_000).map(\.datum)
        let succeeded = iterations.filter { $0.phase == .succeeded }
        checkCounts(record, iterations, data)
        checkRewards(record, succeeded)
        checkTrees(record, succeeded, data)
        if record.state.status == .finished {
            #expect(succeeded.last?.validationReport != nil)
            #expect(succeeded.last?.testReport != nil)
        }
    }

    private func checkCounts(
        _ record: SessionRecord, _ iterations: [IterationRecord], _ data: [TrainingDatum]
    ) {
        let state = record.state
        #expect(state.trainingData == data.count)
        #expect(state.teacherTokens == iterations.reduce(0) { $0 + $1.teacherTokens })
        let limits = record.configuration.limits
        if let limit = limits.teacherTokens {
            // A call is made only while there are tokens left, and costs 3.
            #expect(state.teacherTokens < limit + 3 * 3)
        }
        var sum = 0
        var trainings = 0
        for iteration in iterations.dropFirst() where iteration.phase == .succeeded {
            sum += iteration.accepted ?? 0
            #expect(iteration.accumulated == sum)
            if iteration.validationReport != nil { trainings += 1 }
        }
        #expect(state.trainings == trainings)
        let isOver = state.completedIterations >= limits.iterations || sum >= limits.trainingData
        #expect((state.status == .finished) == isOver)
    }

    private func checkRewards(_ record: SessionRecord, _ succeeded: [IterationRecord]) {
        let reports = succeeded.compactMap(\.validationReport)
        guard let first = reports.first, let last = reports.last else {
            Issue.record("no report")
            return
        }
        #expect(record.state.performance == last.value)
        let rewards = succeeded.compactMap(\.reward)
        #expect(rewards.count == reports.count - 1)
        #expect(abs(rewards.reduce(0, +) - (last.value - first.value)) < 1e-9)
        var bySkill: [String: Double] = [:]
        for reward in succeeded.compactMap(\.skillRewards).joined() {
            bySkill[reward.skill, default: 0] += reward.reward
        }
        for (skill, value) in last.bySkill {
            #expect(abs((bySkill[skill] ?? 0) - (value - (first.bySkill[skill] ?? 0))) < 1e-9)
        }
    }

    private func checkTrees(
        _ record: SessionRecord, _ succeeded: [IterationRecord], _ data: [TrainingDatum]
    ) {
        guard record.configuration.environment == .skillTree else {
            #expect(succeeded.allSatisfy { $0.forest == nil })
            return
        }
        var expected: [String: Int] = [:]
        for datum in data { expected["\(datum.skill ?? "")/\(datum.subskill ?? "")", default: 0] += 1 }
        var counted: [String: Int] = [:]
        for tree in succeeded.last?.forest?.trees ?? [] {
            for subskill in tree.subskills {
                #expect(subskill.allocation >= 0)
                if subskill.made > 0 { counted["\(tree.skill)/\(subskill.name)"] = subskill.made }
            }
            #expect(tree.history.map(\.iteration) == succeeded.map(\.number))
            let rewards = tree.history.compactMap(\.reward).reduce(0, +)
            let performances = tree.history.compactMap(\.performance)
            #expect(abs(rewards - ((performances.last ?? 0) - (performances.first ?? 0))) < 1e-9)
        }
        #expect(counted == expected)
    }
}
