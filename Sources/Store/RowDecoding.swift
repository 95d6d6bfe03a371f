import FoundationEssentials
import GRDB
import Gym

/// Stored JSON: keys sorted, so that equal values are equal text.
enum StoredJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<T: Decodable>(_ type: T.Type, from text: String) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw StoreError.corrupt("\(type) cannot be read: \(error)")
        }
    }
}

extension Row {
    /// A column's value as one of an enumeration's.
    func decoded<E: RawRepresentable>(_ column: String, as type: E.Type) throws -> E
    where E.RawValue == String {
        let text: String = self[column]
        guard let value = E(rawValue: text) else { throw StoreError.corrupt("\(column) is \(text)") }
        return value
    }

    /// A column's JSON, `nil` where it is null.
    func json<T: Decodable>(_ column: String, as type: T.Type) throws -> T? {
        try (self[column] as String?).map { try StoredJSON.value(type, from: $0) }
    }
}

extension SessionRecord {
    static let columns = """
        id, owner, configuration, task_fingerprint, status, iteration, phase, completed_iterations, training_data, \
        performance, pending_data, untrained_iterations, trainings, teacher_tokens, forked_from, forked_at, \
        created_at, updated_at
        """

    init(row: Row) throws {
        self.init(
            id: row["id"], owner: row["owner"],
            configuration: try StoredJSON.value(SessionConfiguration.self, from: row["configuration"]),
            taskFingerprint: row["task_fingerprint"],
            fork: (row["forked_from"] as String?).map {
                ForkOrigin(session: $0, iteration: row["forked_at"] ?? 0)
            },
            state: SessionState(
                status: try row.decoded("status", as: SessionState.Status.self), iteration: row["iteration"],
                phase: try row.decoded("phase", as: IterationPhase.self),
                completedIterations: row["completed_iterations"], trainingData: row["training_data"],
                performance: row["performance"], pendingData: row["pending_data"],
                untrainedIterations: row["untrained_iterations"], trainings: row["trainings"],
                teacherTokens: row["teacher_tokens"]),
            createdAt: row["created_at"], updatedAt: row["updated_at"])
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO session (\(Self.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            arguments: [
                id, owner, try StoredJSON.text(configuration), taskFingerprint, state.status.rawValue,
                state.iteration, state.phase.rawValue, state.completedIterations, state.trainingData,
                state.performance, state.pendingData, state.untrainedIterations, state.trainings,
                state.teacherTokens, fork?.session, fork?.iteration, createdAt, updatedAt,
            ])
    }

    /// Stores the state, of the session and of its latest iteration's phase.
    mutating func update(to next: SessionState, at now: Int64, in database: Database) throws {
        state = next
        updatedAt = now
        try database.execute(
            sql: """
                UPDATE session SET status = ?, iteration = ?, phase = ?, completed_iterations = ?, training_data = ?,
                performance = ?, pending_data = ?, untrained_iterations = ?, trainings = ?, teacher_tokens = ?,
                updated_at = ? WHERE id = ?
                """,
            arguments: [
                next.status.rawValue, next.iteration, next.phase.rawValue, next.completedIterations,
                next.trainingData, next.performance, next.pendingData, next.untrainedIterations,
                next.trainings, next.teacherTokens, now, id,
            ])
        try database.execute(
            sql: "UPDATE iteration SET phase = ? WHERE session_id = ? AND number = ?",
            arguments: [next.phase.rawValue, id, next.iteration])
    }

    static func fetch(_ id: String, in database: Database) throws -> SessionRecord {
        let sql = "SELECT \(columns) FROM session WHERE id = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [id]) else {
            throw StoreError.notFound("session \(id)")
        }
        return try SessionRecord(row: row)
    }
}

extension IterationRecord {
    init(row: Row) throws {
        number = row["number"]
        phase = try row.decoded("phase", as: IterationPhase.self)
        actionKind = (row["action_type"] as String?).flatMap(ActionKind.init(rawValue:))
        plan = try row.json("plan", as: [DataSpec].self)
        moves = try row.json("moves", as: [SkillMove].self)
        forest = try row.json("forest", as: SkillForest.self)
        quality = try row.json("quality", as: QualityReport.self)
        skillRewards = try row.json("skill_rewards", as: [SkillReward].self)
        teacherTokens = row["teacher_tokens"]
        submittedAt = row["submitted_at"]
        received = row["received"]
        accepted = row["accepted"]
        accumulated = row["accumulated"]
        skipped = row["skipped"]
        loss = row["loss"]
        checkpoint = row["checkpoint"]
        validationReport = try row.json("validation_report", as: PerformanceReport.self)
        testReport = try row.json("test_report", as: PerformanceReport.self)
        reward = row["reward"]
        error = row["error"]
        var timing = IterationTiming()
        timing.queued = row["queued_s"]
        timing.generating = row["generating_s"]
        timing.checking = row["checking_s"]
        timing.training = row["training_s"]
        timing.evaluating = row["evaluating_s"]
        self.timing = timing
    }
}

extension StoredDatum {
    init(row: Row) {
        iteration = row["iteration"]
        position = row["position"]
        datum = TrainingDatum(
            instruction: row["instruction"], response: row["response"], skill: row["skill"],
            subskill: row["subskill"])
        findings = (row["findings"] as String?).map { names in
            names.split(separator: ",").compactMap { QualityFinding(rawValue: String($0)) }
        }
        rejection = (row["rejected"] as String?).flatMap(QualityFinding.init(rawValue:))
    }
}
