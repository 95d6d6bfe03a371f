import Gym
import Sessions
import Store
import TestSupport
import Testing

@Suite("Quality checks in sessions")
struct QualityFilterTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Two new data, one of them twice, and a stolen one.
    private static let mixed = [
        "new", "other", "New!", "test question 3",
    ].map { TrainingDatum(instruction: $0, response: "right") }

    @Test("report trains on what it finds fault with, but never on held-out instances; filter refuses both")
    func modes() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        for (mode, accepted) in [(QualityMode.report, 3), (.filter, 2)] {
            let id = try await sessions.begin(Fixture.configuration(quality: mode))
            let record = try await sessions.turn(id, .data(Self.mixed))
            #expect(record.state.trainingData == accepted)
            let iteration = try await sessions.store.iteration(1, of: id)
            #expect([iteration.received, iteration.accepted] == [4, accepted])
            #expect(
                iteration.quality?.counts == [
                    FindingCount(finding: .overlap, count: 1), FindingCount(finding: .duplicate, count: 1),
                ])
            #expect(iteration.quality?.passed == 2)
        }
    }

    @Test("what came in an earlier iteration is a duplicate, what came in a failed one is not")
    func duplicatesAcrossIterations() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(Fixture.configuration(quality: .filter))
        _ = try await sessions.turn(id, Act.data(2))
        let again = try await sessions.turn(id, Act.data(2))
        #expect(again.state.trainingData == 2)
        let failed = try await sessions.store.iteration(2, of: id)
        #expect(failed.phase == .failed)
        #expect(failed.error == "none of the 2 data can be trained on: 2 duplicate")
        #expect(try await sessions.turn(id, Act.data(4)).state.trainingData == 4)
    }

    @Test("filter refuses what the student knows, asking the student as it stands")
    func known() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(Fixture.configuration(quality: .filter))
        _ = try await sessions.turn(id, Act.data(5))
        // The student has seen 5 data and answers the first 5 of any questions right.
        let record = try await sessions.turn(id, Act.data(8, from: 100))
        #expect(record.state.trainingData == 8)
        let stored = try await sessions.store.data(ofIteration: 2, of: id)
        #expect(
            stored.map { $0.rejection == .known } == Array(repeating: true, count: 5) + [false, false, false])
        #expect(try await sessions.store.iteration(2, of: id).quality?.accuracyBeforeTraining == 0.625)
    }

    @Test("a tree counts what was accepted, and what was refused is made up for later")
    func treesCountAccepted() async throws {
        let sessions = try Fixture.sessions(in: directory.path)
        let id = try await sessions.begin(
            Fixture.configuration(environment: .skillTree, quality: .filter))
        _ = try await sessions.turn(id, .skillTree([Act.explore("rare", 1, each: 3)]))
        // 3 of the next 10 are known.
        _ = try await sessions.turn(id, .skillTree([Act.exploit("rare", ["sub1": 10])]))
        let tree = try await sessions.tree("rare", after: 2, of: id)
        #expect(tree.made == [10])
        #expect(tree.allocations == [13])
        #expect(try await sessions.store.trainedCounts(of: id, through: 2) == ["rare": 10])
    }
}
