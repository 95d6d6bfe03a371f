/// The runs of one agent that differ in their seed only.
struct ResultSeries {
    let agent: String
    let skills: ExperimentCell.SkillSource
    let isBaseline: Bool
    /// The agent's place among those of its arm that are no baseline, which decides how it looks in figures.
    let place: Int
    /// How many runs were planned.
    let planned: Int
    /// The runs there are, in the order of the seeds in the plan.
    let records: [RunRecord]

    /// A value of each run by its seed; runs without it are left out.
    private func bySeed(_ value: (RunRecord) -> Double?) -> [Int: Double] {
        var values: [Int: Double] = [:]
        for record in records { values[record.seed] = value(record) }
        return values
    }

    private func estimate(_ value: (RunRecord) -> Double?) -> Estimate? {
        Estimate(of: records.compactMap(value))
    }

    /// Test performance at the end, by seed.
    var finals: [Int: Double] { bySeed(\.finalTest) }
    var base: Estimate? { estimate(\.baseTest) }
    var final: Estimate? { estimate(\.finalTest) }
    var gain: Estimate? { estimate(\.gain) }
    var data: Estimate? { estimate { $0.curve.last.map { Double($0.trainingData) } } }
    var curve: MeanCurve { MeanCurve(of: records.map(\.curve)) }

    var style: SeriesStyle { isBaseline ? .baseline : .numbered(place) }
    var label: String { isBaseline ? "\(agent) (baseline)" : agent }
}

extension RunRecord {
    /// Test performance of the untrained student.
    var baseTest: Double? { curve.first { $0.iteration == 0 }?.test }
    /// Test performance at the last iteration for which it is known.
    var finalTest: Double? { curve.last { $0.test != nil }?.test }
    /// What the run gained on the test split.
    var gain: Double? {
        guard let baseTest, let finalTest else { return nil }
        return finalTest - baseTest
    }
}

/// The results of one arm on one task.
struct ArmResult {
    let arm: ExperimentPlan.Arm
    /// By skills, then agent, as in the plan.
    let series: [ResultSeries]

    func series(_ agent: String, _ skills: ExperimentCell.SkillSource) -> ResultSeries? {
        series.first { $0.agent == agent && $0.skills == skills }
    }

    func series(_ skills: ExperimentCell.SkillSource) -> [ResultSeries] {
        series.filter { $0.skills == skills }
    }

    /// How a series differs from the baseline with the same skills; `nil` for the baseline itself.
    func difference(_ one: ResultSeries) -> PairedDifference? {
        guard !one.isBaseline, let baseline = arm.baseline.flatMap({ series($0, one.skills) }) else {
            return nil
        }
        return PairedDifference(one.finals, minus: baseline.finals)
    }
}

/// The results of one task in one environment.
struct ResultSection {
    let task: String
    let environment: ExperimentCell.Environment
    /// At least one; several where the plan compares options.
    let arms: [ArmResult]

    /// All sections of a plan, by task, then environment in the order of the first arm of each.
    static func all(of plan: ExperimentPlan, records: [String: RunRecord]) -> [ResultSection] {
        var environments: [ExperimentCell.Environment] = []
        for arm in plan.arms where !environments.contains(arm.environment) {
            environments.append(arm.environment)
        }
        return plan.tasks.flatMap { task in
            environments.map { environment in
                let arms = plan.arms.filter { $0.environment == environment }
                return ResultSection(
                    task: task, environment: environment,
                    arms: arms.map { result(of: $0, task: task, plan: plan, records: records) })
            }
        }
    }

    private static func result(
        of arm: ExperimentPlan.Arm, task: String, plan: ExperimentPlan, records: [String: RunRecord]
    ) -> ArmResult {
        let others = arm.agents.filter { $0 != arm.baseline }
        let series = arm.skills.flatMap { skills in
            arm.agents.map { agent in
                let cells = plan.cells(of: arm, task: task, skills: skills, agent: agent)
                return ResultSeries(
                    agent: agent, skills: skills, isBaseline: agent == arm.baseline,
                    place: others.firstIndex(of: agent) ?? 0,
                    planned: cells.count, records: cells.compactMap { records[$0.key] })
            }
        }
        return ArmResult(arm: arm, series: series)
    }
}
