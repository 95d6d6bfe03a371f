import Experiments
import Testing

@Suite("Plan (YAML)")
struct PlanReaderTests {
    private let reader = PlanReader(path: "plan.yaml")
    private static let good = """
        name: math-pocket-environments
        tasks: [math-pocket]
        iterations: 10
        budget: 100
        seeds: 2
        arms:
          - environment: open_ended
            agents: [random, error_conditioned]
            baseline: random
          - environment: skill_tree
            agents: [random_tree]
            skills: [gold, discovered]
            proposals: teacher
            start: base
            steps: 60
            iterations_per_training: 2
        """

    @Test("A whole plan is read; cells come by task, arm, skills, agent, then seed")
    func wholePlan() throws {
        let plan = try reader.read(Self.good)
        #expect(plan.seeds == [1, 2])
        #expect(plan.arms[0].baseline == "random")
        #expect(
            plan.cells.map(\.key) == [
                "math-pocket/open_ended/random/gold/10x100/seed-1",
                "math-pocket/open_ended/random/gold/10x100/seed-2",
                "math-pocket/open_ended/error_conditioned/gold/10x100/seed-1",
                "math-pocket/open_ended/error_conditioned/gold/10x100/seed-2",
            ]
                + ["gold", "discovered"].flatMap { skills in
                    (1...2).map { seed in
                        "math-pocket/skill_tree/random_tree/\(skills)/10x100/seed-\(seed)/"
                            + "proposals=teacher,start=base,steps=60,iterations_per_training=2"
                    }
                })
    }

    @Test("Seeds may be a list, in its own order")
    func seedList() throws {
        let text = Self.good.replacing("seeds: 2", with: "seeds: [7, 1, 2]")
        #expect(try reader.read(text).seeds == [7, 1, 2])
    }

    @Test(
        "A mistake names line and key",
        arguments: [
            ("name: math-pocket-environments", "name: Math", 1, "name"),
            ("name: math-pocket-environments", "# no name", 2, "name"),
            ("tasks: [math-pocket]", "tasks: []", 2, "tasks"),
            ("tasks: [math-pocket]", "tasks: [a, a]", 2, "tasks[1]"),
            ("tasks: [math-pocket]", "tasks: [../etc]", 2, "tasks[0]"),
            ("iterations: 10", "iterations: 0", 3, "iterations"),
            ("iterations: 10", "iteration: 10", 3, "iteration"),
            ("budget: 100", "budget: many", 4, "budget"),
            ("seeds: 2", "seeds: 101", 5, "seeds"),
            ("seeds: 2", "seeds: [1, 1]", 5, "seeds[1]"),
            ("seeds: 2", "seeds: [-1]", 5, "seeds[0]"),
            ("environment: open_ended", "environment: open", 7, "arms[0].environment"),
            ("baseline: random", "baseline: greedy", 9, "arms[0].baseline"),
            ("skills: [gold, discovered]", "skills: [silver]", 12, "arms[1].skills[0]"),
            ("proposals: teacher", "proposals: \"a,b\"", 13, "arms[1].proposals"),
            ("start: base", "start: again", 14, "arms[1].start"),
            ("steps: 60", "step: 60", 15, "arms[1].step"),
        ])
    func mistakes(old: String, new: String, line: Int, key: String) {
        let text = Self.good.replacing(old, with: new)
        let error = #expect(throws: PlanError.self) { try reader.read(text) }
        #expect(error?.line == line)
        #expect(error?.key == key)
        #expect(error?.description.hasPrefix("plan.yaml:\(line): \(key) ") == true)
    }

    @Test("Unknown keys are told with the known ones")
    func unknownKey() {
        let error = #expect(throws: PlanError.self) {
            try reader.read(Self.good.replacing("baseline:", with: "base_line:"))
        }
        #expect(error?.detail.contains("baseline") == true)
    }

    @Test("Where the tasks and agents are known, another name is an error; agents belong to an environment")
    func unknownNames() throws {
        let agents: [ExperimentCell.Environment: [String]] = [
            .openEnded: ["random", "error_conditioned"], .skillTree: ["random_tree"],
        ]
        #expect(throws: Never.self) {
            try PlanReader(path: "plan.yaml", tasks: ["math-pocket"], agents: agents).read(Self.good)
        }
        let noTask = #expect(throws: PlanError.self) {
            try PlanReader(path: "plan.yaml", tasks: ["other"]).read(Self.good)
        }
        #expect(noTask?.description == "plan.yaml:2: tasks[0] must be one of other")
        let noAgent = #expect(throws: PlanError.self) {
            try PlanReader(path: "plan.yaml", agents: [.openEnded: ["random", "error_conditioned"]])
                .read(Self.good)
        }
        #expect(noAgent?.key == "arms[1].agents[0]")
    }

    @Test("Two arms that ask for the same run are an error at the second")
    func duplicates() {
        let text = Self.good + "\n  - environment: open_ended\n    agents: [greedy, random]\n"
        let error = #expect(throws: PlanError.self) { try reader.read(text) }
        #expect(error?.key == "arms[2]")
        #expect(error?.detail.contains("math-pocket/open_ended/random/gold/10x100/seed-1") == true)
    }

    @Test("Arms that differ in an option only are not the same")
    func optionsDiffer() throws {
        let text = Self.good + "\n  - environment: open_ended\n    agents: [random]\n    quality: high\n"
        #expect(try reader.read(text).arms.count == 3)
    }

    @Test("There are at most 5,000 cells")
    func mostCells() {
        let tasks = (0..<26).map { "t\($0)" }.joined(separator: ", ")
        let text = Self.good.replacing("[math-pocket]", with: "[\(tasks)]").replacing(
            "seeds: 2", with: "seeds: 50")
        let error = #expect(throws: PlanError.self) { try reader.read(text) }
        #expect(error?.key == "arms")
        #expect(error?.detail.contains("5200") == true)
    }

    @Test(
        "What is no plan at all is an error, never a trap",
        arguments: ["", "null", "[]", "name", "a: [", "? x", "*a", "name: &a [*a]", "\u{0}", "---\n---\n"])
    func noPlan(text: String) {
        #expect(throws: PlanError.self) { try reader.read(text) }
    }

    @Test("Deep nesting and long files are errors")
    func hostile() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: PlanError.self) { try reader.read(deep) }
        let long = "name: " + String(repeating: "a", count: PlanReader.longestFile)
        #expect(throws: PlanError.self) { try reader.read(long) }
    }

    @Test("A plan with bytes changed at random is read or refused, never a trap")
    func fuzz() {
        let signs = Array("[]{}:-,\"'&*#?|>!%@\n\t 019azé".utf8)
        for round in 0..<400 {
            var bytes = Array(Self.good.utf8)
            for change in 0..<3 {
                let place = Int((Samples.wobble(round, change) + 1) / 2 * Double(bytes.count))
                let sign = Int((Samples.wobble(round, change, 1) + 1) / 2 * Double(signs.count))
                bytes[min(place, bytes.count - 1)] = signs[min(sign, signs.count - 1)]
            }
            let plan = try? reader.read(String(decoding: bytes, as: UTF8.self))
            if let plan { #expect(!plan.cells.isEmpty && plan.cells.count <= ExperimentPlan.mostCells) }
        }
    }

    @Test("A file that is not there is told as such")
    func missingFile() {
        let error = #expect(throws: PlanError.self) { try PlanReader(path: "/no/such/plan.yaml").read() }
        #expect(error?.description == "/no/such/plan.yaml: cannot be read: No such file or directory")
    }
}
