import Gym
import Testing

@Suite("Skill forest")
struct SkillForestTests {
    private func proposals(_ names: [String], isLast: Bool = false) -> SubskillProposals {
        SubskillProposals(
            items: names.map { SubskillProposal(name: $0, kind: .instruction($0)) }, isLast: isLast)
    }

    /// Two skills; `algebra` has the subskills `x` and `y` with 10 data each to come.
    private func forest() -> SkillForest {
        var forest = SkillForest(skills: ["algebra", "geometry"])
        forest.apply([explore("algebra", 2, 10)], proposals: ["algebra": proposals(["x", "y"])])
        return forest
    }

    private func explore(
        _ skill: String, _ count: Int, _ allocation: Int, _ names: [String]? = nil
    ) -> SkillMove {
        let subskills = names?.map { SuppliedSubskill(name: $0) }
        return SkillMove(
            skill: skill,
            action: .explore(Exploration(count: count, allocation: allocation, subskills: subskills)))
    }

    private func exploit(_ skill: String, _ deltas: [(String, Int)]) -> SkillMove {
        SkillMove(
            skill: skill,
            action: .exploit(deltas.map { AllocationChange(subskill: $0.0, delta: $0.1) }))
    }

    private func data(_ skill: String, _ subskill: String, _ count: Int) -> [TrainingDatum] {
        (0..<count).map {
            TrainingDatum(instruction: "\(subskill) \($0)", response: "r", skill: skill, subskill: subskill)
        }
    }

    @Test("exploring adds subskills with their allocation, and that is what the engine is to make")
    func exploring() {
        let forest = forest()
        #expect(forest.tree("algebra")?.subskills.map(\.name) == ["x", "y"])
        #expect(forest.shortfall(of: ["algebra"]).map(\.spec.count) == [10, 10])
        #expect(forest.shortfall(of: ["geometry"]).isEmpty)
    }

    @Test(
        "an allocation is the number of data in all: what is there is not made again, what is lacking is made up for"
    )
    func shortfall() {
        var forest = forest()
        forest.count(
            data("algebra", "x", 10) + data("algebra", "y", 7), known: Array(repeating: false, count: 17))
        #expect(forest.shortfall(of: ["algebra"]).map(\.subskill) == ["y"])
        #expect(forest.requestedCount([exploit("algebra", [("x", 5)])]) == 8)
        forest.apply([exploit("algebra", [("x", -4)])], proposals: [:])
        #expect(forest.tree("algebra")?.subskill("x")?.allocation == 6)
        #expect(forest.tree("algebra")?.subskill("x")?.made == 10)
        #expect(forest.requestedCount([exploit("algebra", [("x", 4)])]) == 3)
    }

    @Test("the accuracy before training is that of the latest data")
    func accuracy() {
        var forest = forest()
        forest.count(data("algebra", "x", 4), known: [true, false, false, false])
        #expect(forest.tree("algebra")?.subskill("x")?.accuracyBeforeTraining == 0.25)
        forest.count(data("algebra", "x", 2), known: [true, false])
        #expect(forest.tree("algebra")?.subskill("x")?.accuracyBeforeTraining == 0.5)
        #expect(forest.tree("algebra")?.subskill("y")?.accuracyBeforeTraining == nil)
    }

    @Test("a client's own data add the subskill that they name")
    func ownData() {
        var forest = forest()
        forest.count(data("geometry", "circles", 3), known: [false, false, false])
        let circles = forest.tree("geometry")?.subskill("circles")
        #expect(circles?.made == 3)
        #expect(circles?.allocation == 3)
    }

    @Test("a tree is exhausted when there are no more proposals")
    func exhaustion() {
        var forest = forest()
        forest.apply(
            [explore("geometry", 3, 5)], proposals: ["geometry": proposals(["a", "b"], isLast: true)])
        #expect(forest.tree("geometry")?.isExhausted == true)
        #expect(throws: SkillMoveError.self) { try forest.check([explore("geometry", 1, 5)]) }
        #expect(throws: Never.self) { try forest.check([explore("geometry", 1, 5, ["c"])]) }
    }

    @Test(
        "a move that cannot be made is refused with the place of the mistake",
        arguments: [
            ("unknown skill", ["logic"]), ("two moves", ["algebra"]),
            ("below zero", ["algebra", "data_allocation_delta", "x"]),
            ("unknown subskill", ["algebra", "data_allocation_delta", "z"]),
            ("no subskill", ["algebra", "num_new_skills"]),
            ("duplicate", ["algebra", "new_skills", "1", "name"]),
            ("taken", ["algebra", "new_skills", "0", "name"]), ("count", ["algebra", "num_new_skills"]),
            ("too large", ["algebra", "data_allocation_delta", "x"]),
            ("overflow", ["algebra", "data_allocation_delta", "x"]),
            ("twice", ["algebra", "data_allocation_delta", "x"]),
        ])
    func refusals(mistake: String, path: [String]) {
        let moves: [String: [SkillMove]] = [
            "unknown skill": [explore("logic", 1, 5)],
            "two moves": [explore("algebra", 1, 5), exploit("algebra", [("x", 1)])],
            "below zero": [exploit("algebra", [("y", -10), ("x", -11)])],
            "unknown subskill": [exploit("algebra", [("z", 1)])], "no subskill": [explore("algebra", 0, 5)],
            "duplicate": [explore("algebra", 2, 5, ["n", "n"])], "taken": [explore("algebra", 1, 5, ["x"])],
            "count": [explore("algebra", 2, 5, ["n"])],
            "too large": [exploit("algebra", [("x", SkillForest.maximumAllocation)])],
            "overflow": [exploit("algebra", [("x", Int.max)])],
            "twice": [exploit("algebra", [("x", 1), ("x", 1)])],
        ]
        do throws(SkillMoveError) {
            try forest().check(moves[mistake] ?? [])
            Issue.record("\(mistake) was allowed")
        } catch {
            #expect(error.path == path)
        }
    }

    @Test("history keeps the latest iterations with action, performance and reward")
    func history() {
        var forest = forest()
        let move = exploit("algebra", [("x", 1)])
        for iteration in 1...30 {
            forest.note(
                iteration: iteration, moves: [move], performances: ["algebra": 0.5], rewards: ["algebra": 0.1]
            )
        }
        let history = forest.tree("algebra")?.history ?? []
        #expect(history.count == SkillTree.historyLength)
        #expect(history.last == Experience(iteration: 30, action: move.action, performance: 0.5, reward: 0.1))
        #expect(forest.tree("geometry")?.history.last?.action == nil)
    }

    @Test("thousands of random move sequences keep the invariants of trees and allocations")
    func invariants() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            var forest = SkillForest(skills: ["a", "b", "c"])
            for _ in 0..<12 {
                let moves = randomMoves(&random, forest)
                let before = forest
                guard (try? forest.check(moves)) != nil else {
                    #expect(forest == before)
                    continue
                }
                let requested = forest.requestedCount(moves)
                let found = random.integer(in: 0...5)
                let names = (0..<found).map { "s\($0 + random.integer(below: 9))" }
                forest.apply(
                    moves, proposals: ["a": proposals(names), "b": proposals(names), "c": proposals(names)])
                let orders = forest.shortfall(of: moves.map(\.skill))
                #expect(orders.reduce(0) { $0 + $1.spec.count } <= requested)
                let made = orders.flatMap { order in
                    data(order.skill, order.subskill, random.integer(in: 0...order.spec.count))
                }
                forest.count(made, known: made.map { _ in random.integer(below: 2) == 0 })
                checkInvariants(forest, since: before, made: made.count)
            }
        }
    }

    private func checkInvariants(_ forest: SkillForest, since before: SkillForest, made: Int) {
        #expect(forest.trees.map(\.skill) == before.trees.map(\.skill))
        var total = 0
        for (tree, earlier) in zip(forest.trees, before.trees) {
            #expect(Set(tree.subskills.map(\.name)).count == tree.subskills.count)
            #expect(
                tree.subskills.prefix(earlier.subskills.count).map(\.name) == earlier.subskills.map(\.name))
            for subskill in tree.subskills {
                #expect(subskill.allocation >= 0)
                #expect(subskill.made >= (earlier.subskill(subskill.name)?.made ?? 0))
                if let accuracy = subskill.accuracyBeforeTraining { #expect((0...1).contains(accuracy)) }
                total += subskill.made - (earlier.subskill(subskill.name)?.made ?? 0)
            }
        }
        #expect(total == made)
    }

    private func randomMoves(_ random: inout SeededGenerator, _ forest: SkillForest) -> [SkillMove] {
        (0..<random.integer(in: 1...3)).map { _ in
            let skill = ["a", "b", "c", "d"][random.integer(below: 12) / 3 % 4]
            if random.integer(below: 2) == 0 {
                let names = random.integer(below: 3) == 0 ? ["s1", "own\(random.integer(below: 4))"] : nil
                return explore(skill, random.integer(in: 0...3), random.integer(in: 0...20), names)
            }
            let known = forest.tree(skill)?.subskills.map(\.name) ?? []
            let deltas = (0..<random.integer(in: 1...3)).map { _ in
                (
                    known.isEmpty ? "s0" : known[random.integer(below: known.count)],
                    random.integer(in: -15...15)
                )
            }
            return exploit(skill, deltas)
        }
    }
}
