// How a skill tree grew in one run.

extension SectionFigures.Scope {
    /// The most rows and columns: a figure with more could not be read.
    private static var mostRows: Int { 120 }
    private static var mostColumns: Int { 100 }

    func treeGrowth() -> ExperimentFigure? {
        let grown = arm.series.filter { $0.records.contains { !$0.trees.isEmpty } }
        // The baseline's tree only where there is no other.
        let others = grown.filter { !$0.isBaseline }
        guard let series = Self.best(others.isEmpty ? grown : others),
            let record = series.records.first(where: { !$0.trees.isEmpty })
        else { return nil }
        let growth = TreeGrowth(record.trees, mostColumns: Self.mostColumns)
        let (groups, left) = growth.limited(rows: Self.mostRows)
        guard !groups.isEmpty else { return nil }
        let run = "\(series.agent), seed \(record.seed), \(setting(series.skills))"
        let caption = "Growth of the skill tree: training data for each subskill by iteration, \(run)"
        let more = left > 0 ? "; \(left) more subskills are not shown" : ""
        let map = HeatMap(
            wording: PlotFrame.Wording(
                title: "Growth of a skill tree", subtitle: run + more, x: "Iteration", y: "",
                description: "\(caption)\(more)."),
            columns: growth.iterations.map { "\($0)" }, groups: groups, unit: "Training data so far")
        return ExperimentFigure(name: name("tree"), caption: "\(caption)\(more).", svg: map.svg())
    }
}

/// A run's trees as rows: one for each subskill that was ever in the tree.
struct TreeGrowth {
    /// The columns.
    let iterations: [Int]
    private let groups: [HeatMap.Group]

    /// - Parameters:
    ///   - trees: the run's trees.
    ///   - mostColumns: with more iterations, only every second, third, ... is taken, and the last.
    init(_ trees: [RunRecord.Tree], mostColumns: Int) {
        let sorted = trees.sorted { $0.iteration < $1.iteration }
        let every = (sorted.count + mostColumns - 1) / max(1, mostColumns)
        let taken = sorted.enumerated()
            .filter { $0.offset % max(1, every) == 0 || $0.offset == sorted.count - 1 }.map(\.element)
        iterations = taken.map(\.iteration)
        var skills: [String] = []
        var subskills: [String: [String]] = [:]
        var data: [Name: [Int?]] = [:]
        for (column, tree) in taken.enumerated() {
            for skill in tree.skills {
                if subskills[skill.name] == nil { skills.append(skill.name) }
                subskills[skill.name, default: []] += []
                for subskill in skill.subskills {
                    let name = Name(skill: skill.name, subskill: subskill.name)
                    if data[name] == nil { subskills[skill.name, default: []].append(subskill.name) }
                    data[name, default: Array(repeating: nil, count: taken.count)][column] =
                        subskill.trainingData
                }
            }
        }
        groups = skills.map { skill in
            HeatMap.Group(
                label: skill,
                rows: (subskills[skill] ?? []).map { subskill in
                    HeatMap.Row(
                        label: subskill, values: data[Name(skill: skill, subskill: subskill)] ?? [])
                })
        }
    }

    private struct Name: Hashable {
        let skill: String
        let subskill: String
    }

    /// The skills that have subskills, with so many rows at most, and how many rows were left out.
    func limited(rows most: Int) -> (groups: [HeatMap.Group], left: Int) {
        var room = most
        var kept: [HeatMap.Group] = []
        for group in groups where !group.rows.isEmpty && room > 0 {
            kept.append(HeatMap.Group(label: group.label, rows: Array(group.rows.prefix(room))))
            room -= min(room, group.rows.count)
        }
        let all = groups.reduce(0) { $0 + $1.rows.count }
        return (kept, all - kept.reduce(0) { $0 + $1.rows.count })
    }
}
