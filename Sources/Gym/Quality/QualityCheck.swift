/// What can be wrong with a training datum.
public enum QualityFinding: String, Sendable, CaseIterable, Codable {
    /// Its instruction is that of a validation or test instance; such data are never trained on.
    case overlap
    /// The same instruction came before, in the session or among the same data.
    case duplicate
    /// The response has no final answer that the task's scorer can find.
    case unextractable
    /// The answer is wrong: the task knows the right one, or its own worked steps do not hold.
    case wrong
    /// The student already answers it right.
    case known
}

/// A datum with what the checks found out about it.
public struct CheckedDatum: Sendable, Equatable {
    /// The datum.
    public let datum: TrainingDatum
    /// What is wrong with it, in the order of `QualityFinding`.
    public let findings: [QualityFinding]
    /// Why it is not trained on; `nil` if it is.
    public let rejection: QualityFinding?

    /// A checked datum from its parts.
    public init(datum: TrainingDatum, findings: [QualityFinding], rejection: QualityFinding?) {
        self.datum = datum
        self.findings = findings
        self.rejection = rejection
    }
}

/// Checks data before a student is trained on them.
///
/// The reference implementation asks two things of a datum: that its annotated answer passes the task's own scorer, and that the
/// student does not know it yet. This adds duplicates, the overlap with the held-out splits, and answers that the task itself can refute.
public struct QualityCheck: Sendable {
    private let task: BenchmarkTask
    private let heldOut: InstructionIndex
    private let mode: QualityMode

    /// A check of a task's data.
    public init(task: BenchmarkTask, mode: QualityMode) {
        self.task = task
        self.mode = mode
        heldOut = InstructionIndex(task: task, splits: [.validation, .test])
    }

    /// What is wrong with each of some data.
    ///
    /// - Parameters:
    ///   - data: what an agent sent or an engine made.
    ///   - responses: the student's response to each instruction before training.
    ///   - used: the instructions of the session's data so far.
    public func check(
        _ data: [TrainingDatum], responses: [String], used: [String]
    ) -> [CheckedDatum] {
        var seen = Set(used.map(InstructionIndex.normalise))
        return zip(data, responses).map { datum, response in
            let isNew = seen.insert(InstructionIndex.normalise(datum.instruction)).inserted
            let findings = findings(datum, response: response, isNew: isNew)
            return CheckedDatum(datum: datum, findings: findings, rejection: rejection(findings))
        }
    }

    private func findings(_ datum: TrainingDatum, response: String, isNew: Bool) -> [QualityFinding] {
        var findings: [QualityFinding] = []
        if heldOut.contains(datum.instruction) { findings.append(.overlap) }
        if !isNew { findings.append(.duplicate) }
        // What the task itself knows is the truth; the datum's own answer is second best.
        let truth = task.answer(to: datum.instruction)
        let own = task.scorer.finalAnswer(in: datum.response)
        if own == nil {
            findings.append(.unextractable)
        } else if !isRight(datum, truth: truth) {
            findings.append(.wrong)
        }
        if let answer = truth ?? own, task.scorer.isCorrect(response, for: answer) { findings.append(.known) }
        return findings
    }

    private func isRight(_ datum: TrainingDatum, truth: String?) -> Bool {
        guard task.scorer.isConsistent(datum.response) else { return false }
        guard let answer = truth ?? task.scorer.finalAnswer(in: datum.response) else { return false }
        return task.scorer.isCorrect(datum.response, for: answer)
    }

    private func rejection(_ findings: [QualityFinding]) -> QualityFinding? {
        switch mode {
        case .report: findings.first { $0 == .overlap }
        case .filter: findings.first
        }
    }
}

/// How many of an iteration's data have which finding.
public struct QualityReport: Sendable, Equatable, Codable {
    /// How many data were checked.
    public let checked: Int
    /// How many have no finding.
    public let passed: Int
    /// How many have each finding; a datum can have several.
    public let counts: [FindingCount]
    /// The share that the student knew before training, 0 to 1; `nil` when there were no data.
    public let accuracyBeforeTraining: Double?

    /// The report on checked data.
    public init(_ data: [CheckedDatum]) {
        checked = data.count
        passed = data.count { $0.findings.isEmpty }
        counts = QualityFinding.allCases.compactMap { finding in
            let count = data.count { $0.findings.contains(finding) }
            return count > 0 ? FindingCount(finding: finding, count: count) : nil
        }
        let known = data.count { $0.findings.contains(.known) }
        accuracyBeforeTraining = data.isEmpty ? nil : Double(known) / Double(data.count)
    }
}

/// How often a finding occurs.
public struct FindingCount: Sendable, Equatable, Codable {
    /// What is wrong.
    public let finding: QualityFinding
    /// With how many data.
    public let count: Int

    /// A count from its parts.
    public init(finding: QualityFinding, count: Int) {
        self.finding = finding
        self.count = count
    }
}
