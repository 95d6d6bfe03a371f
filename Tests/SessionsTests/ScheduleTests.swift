import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Schedules of training and testing")
struct ScheduleTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("between trainings an iteration only makes data: no report, no reward, the checkpoint of before")
    func between() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(
            Fixture.configuration(schedule: Schedule(iterationsPerTraining: 3)))
        let first = try await sessions.turn(id, Act.data(2))
        #expect(first.state.status == .ready)
        #expect(first.state.trainingData == 2)
        #expect(first.state.untrainedIterations == 1)
        #expect(first.state.performance == 0)
        let (base, made) = (
            try await sessions.store.iteration(0, of: id), try await sessions.store.iteration(1, of: id)
        )
        #expect(made.phase == .succeeded)
        #expect(made.validationReport == nil)
        #expect(made.testReport == nil)
        #expect(made.reward == nil)
        #expect(made.skillRewards == nil)
        #expect(made.loss == nil)
        #expect(made.accumulated == 2)
        #expect(made.checkpoint == base.checkpoint)
    }

    @Test("a training gets what all iterations since the last one made as new; its reward spans them")
    func trainingSpansIterations() async throws {
        var student = CountingStudent()
        student.trainings = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.begin(
            Fixture.configuration(iterations: 9, schedule: Schedule(iterationsPerTraining: 2)))
        for number in 0..<4 { _ = try await sessions.turn(id, Act.data(number + 1, from: 10 * number)) }
        let trainings = student.trainings?.all ?? []
        #expect(trainings.map(\.newCount) == [3, 7])
        #expect(trainings.map(\.instructions.count) == [3, 10])
        #expect(trainings.first?.instructions == ["own 0", "own 10", "own 11"])
        let iterations = try await sessions.store.iterations(of: id)
        let rewards = iterations.map { $0.reward.map { ($0 * 100).rounded() } }
        #expect(rewards == [nil, nil, 15, nil, 35])
        #expect(iterations.map { $0.validationReport?.value } == [0, nil, 0.15, nil, 0.5])
        let state = try await sessions.store.session(id, owner: nil).state
        #expect(state.trainings == 2)
        #expect(state.untrainedIterations == 0)
    }

    @Test("each training goes on from the checkpoint of the one before, across the iterations between")
    func continuesFromLastTraining() async throws {
        var student = CountingStudent()
        student.trainings = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.begin(
            Fixture.configuration(iterations: 9, schedule: Schedule(iterationsPerTraining: 2)))
        for number in 0..<4 { _ = try await sessions.turn(id, Act.data(1, from: number)) }
        let starts = student.trainings?.all.map { String(decoding: $0.start, as: UTF8.self) }
        #expect(starts == ["", "own 0\nown 1\n"])
    }

    @Test("an iteration that fails is no part of a training, and puts none off")
    func failuresBetween() async throws {
        var student = CountingStudent()
        student.trainings = Recorder()
        let sessions = try Fixture.sessions(in: directory.path, student: student)
        let id = try await sessions.begin(
            Fixture.configuration(schedule: Schedule(iterationsPerTraining: 2)))
        _ = try await sessions.turn(id, Act.data(2))
        let stolen = TrainingDatum(instruction: "test question 3", response: "right")
        _ = try await sessions.turn(id, .data([stolen]))
        _ = try await sessions.turn(id, Act.data(3, from: 10))
        #expect(student.trainings?.all.map(\.newCount) == [5])
        let phases = try await sessions.store.iterations(of: id).map(\.phase)
        #expect(phases == [.succeeded, .succeeded, .failed, .succeeded])
    }

    @Test("the last iteration that a limit allows trains, due or not")
    func lastTrains() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let schedule = Schedule(iterationsPerTraining: 4)
        let byCount = try await sessions.begin(Fixture.configuration(iterations: 2, schedule: schedule))
        _ = try await sessions.turn(byCount, Act.data(2))
        let ended = try await sessions.turn(byCount, Act.data(2, from: 10))
        #expect(ended.state.status == .finished)
        #expect(ended.state.performance == 0.2)
        let byData = try await sessions.begin(
            Fixture.configuration(iterations: 9, schedule: schedule, trainingData: 5))
        _ = try await sessions.turn(byData, Act.data(2))
        let full = try await sessions.turn(byData, Act.data(3, from: 10))
        #expect(full.state.status == .finished)
        #expect(full.state.performance == 0.25)
    }

    @Test("in skill_tree the iterations between note what was done, without performance")
    func treesBetween() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(
            Fixture.configuration(
                environment: .skillTree, schedule: Schedule(iterationsPerTraining: 2)))
        let move = Act.explore("rare", 1, each: 4)
        _ = try await sessions.turn(id, .skillTree([move]))
        let between = try await sessions.tree("rare", after: 1, of: id)
        #expect(between.made == [4])
        #expect(
            between.history.last
                == Experience(iteration: 1, action: move.action, performance: nil, reward: nil))
        _ = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub1": 1])]))
        let trained = try await sessions.tree("rare", after: 2, of: id)
        #expect(trained.made == [5])
        #expect(trained.history.map(\.iteration) == [0, 1, 2])
        #expect(trained.history.last?.performance == 0.4)
        #expect(trained.history.last?.reward == 0.4)
    }

    @Test("test is evaluated in iteration 0, in every so many trainings and at the end, not between")
    func testEvery() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(
            Fixture.configuration(iterations: 6, schedule: Schedule(testEvery: 4)))
        for number in 0..<6 { _ = try await sessions.turn(id, Act.data(1, from: number)) }
        let iterations = try await sessions.store.iterations(of: id)
        #expect(
            iterations.map { $0.testReport != nil } == [true, false, false, false, true, false, true])
        #expect(iterations.allSatisfy { $0.validationReport != nil })
        let between = try await sessions.store.results(ofIteration: 3, of: id, split: .test)
        #expect(between.isEmpty)
        let last = try await sessions.store.results(ofIteration: 6, of: id, split: .test)
        #expect(last.count == 20)
    }

    @Test("test_every counts trainings and not iterations")
    func testEveryTraining() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(
            Fixture.configuration(
                iterations: 9, schedule: Schedule(iterationsPerTraining: 2, testEvery: 2)))
        for number in 0..<9 { _ = try await sessions.turn(id, Act.data(1, from: number)) }
        let tested = try await sessions.store.iterations(of: id).filter { $0.testReport != nil }
        #expect(tested.map(\.number) == [0, 4, 8, 9])
    }
}
