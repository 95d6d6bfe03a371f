import Agents
import Experiments
import Gym

/// Runs one cell of an experiment: a session with an agent, over HTTP like any other.
struct ExperimentCellRun: Sendable {
    let api: GymAPI

    func run(_ cell: ExperimentCell) async throws -> RunRecord {
        let start = ContinuousClock.now
        guard let builtIn = BuiltInAgent(rawValue: cell.agent),
            let environment = EnvironmentKind(rawValue: cell.environment.rawValue)
        else { throw ExperimentError.unknown(cell.agent) }
        let options = try await options(cell, environment: environment)
        let agent = try await builtIn.make(
            task: cell.task, environment: environment, seed: UInt64(cell.seed), api: api)
        // Without a budget of its own for each iteration the runner spreads what is left, so that agents whose teacher made fewer
        // than asked for catch up.
        let report = try await AgentRunner(api: api).run(agent, creating: options)
        let trees = environment == .skillTree ? try await trees(report) : []
        try await api.delete(report.session)
        return RunRecord(
            cell: cell, session: report.session, seconds: (ContinuousClock.now - start) / .seconds(1),
            curve: report.curve.map { point in
                RunRecord.CurvePoint(
                    iteration: point.iteration, trainingData: point.trainingData,
                    validation: point.validation,
                    test: point.test, reward: point.reward)
            },
            skillGains: report.skills.map { skill in
                RunRecord.SkillGain(
                    name: skill.name, count: skill.count, frequency: skill.frequency,
                    trainingData: skill.trainingData, first: skill.first, last: skill.last)
            }, trees: trees)
    }

    private func options(
        _ cell: ExperimentCell, environment: EnvironmentKind
    ) async throws -> SessionOptions {
        var options = SessionOptions(
            task: cell.task, environment: environment, seed: cell.seed, iterations: cell.iterations,
            trainingData: cell.iterations * cell.budget, name: cell.key, labels: ["agent": cell.agent])
        switch cell.skills {
        case .gold: options.skills = "gold"
        case .discovered: options.skills = try await api.discoverSkills(of: cell.task, method: "clusters")
        case .shuffled: options.skills = try await api.discoverSkills(of: cell.task, method: "shuffled")
        }
        let wanted = cell.options
        options.proposals = try wanted.proposals.map { try Self.choice($0, ProposalSource.self) }
        options.quality = try wanted.quality.map { try Self.choice($0, QualityMode.self) }
        options.start = try wanted.start.map { try Self.choice($0.rawValue, TrainingStart.self) }
        options.steps = wanted.steps
        options.iterationsPerTraining = wanted.iterationsPerTraining
        return options
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, _ type: Choice.Type
    ) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else {
            throw ExperimentError.option(text, known: Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// The trees after each iteration.
    private func trees(_ report: SessionReport) async throws -> [RunRecord.Tree] {
        var trees: [RunRecord.Tree] = []
        for point in report.curve {
            let feedback = try await api.feedback(of: report.session, iteration: point.iteration)
            let skills = (feedback.observation?.skills ?? []).map { skill in
                RunRecord.Tree.Skill(
                    name: skill.name,
                    subskills: skill.subskills.map {
                        RunRecord.Tree.Subskill(
                            name: $0.name, dataAllocation: $0.allocation, trainingData: $0.trainingData)
                    })
            }
            trees.append(RunRecord.Tree(iteration: point.iteration, skills: skills))
        }
        return trees
    }
}

/// Why a cell cannot be run.
enum ExperimentError: Error, CustomStringConvertible {
    case unknown(String)
    case option(String, known: [String])

    var description: String {
        switch self {
        case .unknown(let name): "there is no built-in agent \(name)"
        case .option(let text, let known): "\(text) is none of: \(known.joined(separator: ", "))"
        }
    }
}
