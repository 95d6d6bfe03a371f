import DurableFiles
import Yams

/// Reads a plan from YAML, with errors that name line and key. Unknown keys are errors, so that a typing mistake is
/// never silently ignored.
public struct PlanReader: Sendable {
    /// The file's name, for messages.
    public let path: String

    /// The longest file that is read, in bytes.
    public static let longestFile = 1 << 20

    private let tasks: [String]?
    private let agents: [ExperimentCell.Environment: [String]]?

    /// A reader of the file with this name.
    /// - Parameters:
    ///   - path: the file.
    ///   - tasks: the tasks there are; `nil` takes any name.
    ///   - agents: the agents there are for each environment; `nil` takes any name.
    public init(
        path: String, tasks: [String]? = nil, agents: [ExperimentCell.Environment: [String]]? = nil
    ) {
        self.path = path
        self.tasks = tasks
        self.agents = agents
    }

    /// Reads the file.
    /// - Throws: `PlanError` for the first mistake.
    public func read() throws(PlanError) -> ExperimentPlan {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(path, limit: Self.longestFile)
        } catch {
            throw PlanError(path: path, line: nil, key: nil, detail: "cannot be read: \(error.reason)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlanError(path: path, line: nil, key: nil, detail: "is not UTF-8")
        }
        return try read(text)
    }

    /// Reads a plan from its text; `path` only names it.
    /// - Throws: `PlanError` for the first mistake.
    public func read(_ text: String) throws(PlanError) -> ExperimentPlan {
        guard text.utf8.count <= Self.longestFile else {
            throw PlanError(
                path: path, line: nil, key: nil, detail: "is longer than \(Self.longestFile) bytes")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw PlanError(path: path, line: nil, key: nil, detail: "is not YAML: \(error)")
        }
        guard let root, root.null == nil else {
            throw PlanError(path: path, line: nil, key: nil, detail: "is empty")
        }
        return try plan(PlanNode(node: root, key: "", path: path))
    }

    private func plan(_ root: PlanNode) throws(PlanError) -> ExperimentPlan {
        let top = try root.members(["name", "tasks", "iterations", "budget", "seeds", "arms"])
        let plan = ExperimentPlan(
            name: try root.required("name", top).name(extra: "-"),
            tasks: try root.required("tasks", top).uniqueList { node throws(PlanError) in
                try node.name(extra: "-_", among: tasks)
            },
            iterations: try root.required("iterations", top).integer(in: 1...1_000),
            budget: try root.required("budget", top).integer(in: 1...10_000),
            seeds: try seeds(try root.required("seeds", top)),
            arms: try root.required("arms", top).list { node throws(PlanError) in try arm(node) })
        try check(plan, top)
        return plan
    }

    /// A number n means the seeds 1 to n.
    private func seeds(_ node: PlanNode) throws(PlanError) -> [Int] {
        let bounds = 1...ExperimentPlan.mostSeeds
        guard node.isList else { return Array(1...(try node.integer(in: bounds))) }
        let seeds = try node.uniqueList { node throws(PlanError) in
            try node.integer(in: 0...Int(Int32.max))
        }
        guard bounds.contains(seeds.count) else {
            throw node.failure("must hold at most \(ExperimentPlan.mostSeeds) seeds")
        }
        return seeds
    }

    private func arm(_ node: PlanNode) throws(PlanError) -> ExperimentPlan.Arm {
        let entry = try node.members([
            "environment", "agents", "baseline", "skills", "proposals", "quality", "start", "steps",
            "iterations_per_training",
        ])
        let environment = try node.required("environment", entry).choice(ExperimentCell.Environment.self)
        let known = agents.map { $0[environment] ?? [] }
        var arm = ExperimentPlan.Arm(
            environment: environment,
            agents: try node.required("agents", entry).uniqueList { node throws(PlanError) in
                try node.name(extra: "-_", among: known)
            })
        if let baseline = entry["baseline"] {
            let name = try baseline.text()
            guard arm.agents.contains(name) else {
                throw baseline.failure(
                    "must be one of the arm's agents: \(arm.agents.joined(separator: ", "))")
            }
            arm.baseline = name
        }
        if let skills = entry["skills"] {
            arm.skills = try skills.uniqueList { node throws(PlanError) in
                try node.choice(ExperimentCell.SkillSource.self)
            }
        }
        arm.options = try options(entry)
        return arm
    }

    private func options(_ entry: [String: PlanNode]) throws(PlanError) -> ExperimentOptions {
        var options = ExperimentOptions()
        options.proposals = try entry["proposals"]?.word()
        options.quality = try entry["quality"]?.word()
        options.start = try entry["start"]?.choice(ExperimentOptions.Start.self)
        options.steps = try entry["steps"]?.integer(in: 1...1_000_000)
        options.iterationsPerTraining = try entry["iterations_per_training"]?.integer(in: 1...1_000)
        return options
    }

    /// What no key alone can show: the number of cells, and runs that are asked for twice.
    private func check(_ plan: ExperimentPlan, _ top: [String: PlanNode]) throws(PlanError) {
        guard let arms = top["arms"] else { return }
        let perTask = plan.arms.reduce(0) { $0 + $1.agents.count * $1.skills.count * plan.seeds.count }
        guard perTask * plan.tasks.count <= ExperimentPlan.mostCells else {
            throw arms.failure(
                "make \(perTask * plan.tasks.count) runs with the tasks and seeds; there may be at most "
                    + "\(ExperimentPlan.mostCells)")
        }
        guard let task = plan.tasks.first else { return }
        var seen: Set<ExperimentCell> = []
        for (arm, node) in zip(plan.arms, arms.elements) {
            for cell in plan.cells(of: arm, task: task) where !seen.insert(cell).inserted {
                throw node.failure("asks for runs that an arm above has already, such as \(cell.key)")
            }
        }
    }
}
