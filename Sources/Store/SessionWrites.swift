import GRDB
import Gym

/// Storing what happens to sessions. Each function is one durable transaction that asks the state machine first,
/// so that nothing is stored out of turn or twice.
extension Store {
    /// Stores a new session with iteration 0 queued.
    public func create(_ record: SessionRecord) async throws {
        try await write(session: record.id) { database in
            try record.insert(database)
            try database.execute(
                sql: "INSERT INTO iteration (session_id, number, phase, submitted_at) VALUES (?, 0, ?, ?)",
                arguments: [record.id, record.state.phase.rawValue, record.createdAt])
            return (record, ())
        }
    }

    /// What became of a submitted action.
    public enum ActionOutcome: Sendable, Equatable {
        /// It is the session's next iteration.
        case accepted(iteration: Int)
        /// The same request was accepted before as this iteration.
        case repeated(iteration: Int)
        /// The idempotency key was used for another action.
        case keyReused(iteration: Int)
    }

    /// An action with what makes its retry recognisable.
    public struct Submission: Sendable {
        let action: Action
        let key: String?
        let fingerprint: String?

        /// A submission from its parts.
        ///
        /// - Parameters:
        ///   - action: what the agent does.
        ///   - key: the `Idempotency-Key` of the request, if it has one.
        ///   - fingerprint: the digest of the request's body.
        public init(action: Action, key: String?, fingerprint: String?) {
            self.action = action
            self.key = key
            self.fingerprint = fingerprint
        }
    }

    /// Queues an action as a session's next iteration, unless its idempotency key was seen before.
    ///
    /// - Throws: `TransitionError` when the session cannot take it, `StoreError.notFound`.
    public func submit(
        _ submission: Submission, to session: String, at now: Int64
    ) async throws -> ActionOutcome {
        try await write(session: session) { database in
            var record = try SessionRecord.fetch(session, in: database)
            if let earlier = try Self.earlier(submission, session: session, in: database) {
                return (record, earlier)
            }
            let limits = record.configuration.limits
            let next = try record.state.applying(.acted(submission.action), limits: limits).state
            try Self.insert(submission, as: next.iteration, of: session, at: now, in: database)
            try record.update(to: next, at: now, in: database)
            return (record, .accepted(iteration: next.iteration))
        }
    }

    private static func earlier(
        _ submission: Submission, session: String, in database: Database
    ) throws -> ActionOutcome? {
        guard let key = submission.key else { return nil }
        let sql = """
            SELECT number, action_fingerprint FROM iteration WHERE session_id = ? AND idempotency_key = ?
            """
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [session, key]) else { return nil }
        let number: Int = row["number"]
        let fingerprint: String? = row["action_fingerprint"]
        return fingerprint == submission.fingerprint
            ? .repeated(iteration: number) : .keyReused(iteration: number)
    }

    private static func insert(
        _ submission: Submission, as number: Int, of session: String, at now: Int64, in database: Database
    ) throws {
        var plan: String?
        var data: [TrainingDatum] = []
        let type: ActionType
        switch submission.action {
        case .plan(let specs):
            type = .plan
            plan = try StoredJSON.text(specs)
        case .data(let own):
            type = .data
            data = own
        }
        try database.execute(
            sql: """
                INSERT INTO iteration (session_id, number, phase, action_type, plan, idempotency_key,
                action_fingerprint, submitted_at, received) VALUES (?,?,?,?,?,?,?,?,?)
                """,
            arguments: [
                session, number, IterationPhase.queued.rawValue, type.rawValue, plan, submission.key,
                submission.fingerprint, now, type == .data ? data.count : nil,
            ])
        try insert(data, iteration: number, of: session, in: database)
    }

    private static func insert(
        _ data: [TrainingDatum], iteration: Int, of session: String, in database: Database
    ) throws {
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO datum (session_id, iteration, position, instruction, response, skill, subskill)
                VALUES (?,?,?,?,?,?,?)
                """)
        for (position, datum) in data.enumerated() {
            try statement.execute(arguments: [
                session, iteration, position, datum.instruction, datum.response, datum.skill, datum.subskill,
            ])
        }
    }

    /// Takes an iteration out of the queue into its first phase.
    ///
    /// - Parameters:
    ///   - action: the iteration's action, `nil` in iteration 0; only its kind counts here.
    ///   - session: the session's id.
    ///   - queued: how long it waited, in seconds.
    ///   - now: the time in milliseconds since 1970.
    public func start(_ action: ActionType?, of session: String, queued: Double, at now: Int64) async throws
        -> SessionRecord
    {
        try await change(session, at: now) { record, database in
            let kind: Action? = action.map { $0 == .plan ? .plan([]) : .data([]) }
            let next = try record.state.starting(with: kind)
            try Self.set("queued_s = ?", [queued], of: record, in: database)
            return next
        }
    }

    /// Stores the data that the teacher made.
    public func storeGenerated(
        _ data: [TrainingDatum], of session: String, seconds: Double, at now: Int64
    ) async throws -> SessionRecord {
        try await change(session, at: now) { record, database in
            let next = try record.state.applying(.generated, limits: record.configuration.limits).state
            try Self.insert(data, iteration: record.state.iteration, of: session, in: database)
            try Self.set(
                "received = ?, generating_s = ?", [data.count, seconds], of: record, in: database)
            return next
        }
    }

    /// Stores which data were refused.
    public func storeChecked(
        _ checked: CheckedData, of session: String, seconds: Double, at now: Int64
    ) async throws -> SessionRecord {
        try await change(session, at: now) { record, database in
            let limits = record.configuration.limits
            let accepted = checked.accepted.count
            let next = try record.state.applying(.checked(accepted: accepted), limits: limits).state
            for rejection in checked.rejected {
                try database.execute(
                    sql: """
                        UPDATE datum SET rejected = ? WHERE session_id = ? AND iteration = ? AND position = ?
                        """,
                    arguments: [
                        rejection.reason.rawValue, session, record.state.iteration, rejection.index,
                    ])
            }
            try Self.set(
                "accepted = ?, accumulated = ?, checking_s = ?",
                [accepted, record.state.trainingData + accepted, seconds], of: record, in: database)
            return next
        }
    }

    /// Stores that the student is trained; its state must be saved already.
    public func storeTrained(
        checkpoint: String, loss: Double, skipped: Int, of session: String, seconds: Double, at now: Int64
    ) async throws -> SessionRecord {
        try await change(session, at: now) { record, database in
            let next = try record.state.applying(.trained, limits: record.configuration.limits).state
            try Self.set(
                "checkpoint = ?, loss = ?, skipped = ?, training_s = ?",
                [checkpoint, loss, skipped, seconds],
                of: record, in: database)
            return next
        }
    }

    /// An evaluation of the student.
    public struct Evaluation: Sendable {
        let checkpoint: String
        let results: [SplitName: [InstanceResult]]
        let validation: PerformanceReport
        let test: PerformanceReport

        /// An evaluation from its parts.
        ///
        /// - Parameters:
        ///   - checkpoint: the name of the evaluated state.
        ///   - results: the results on validation and test.
        ///   - validation: the report on validation, whose value is the session's performance.
        ///   - test: the report on test.
        public init(
            checkpoint: String, results: [SplitName: [InstanceResult]], validation: PerformanceReport,
            test: PerformanceReport
        ) {
            self.checkpoint = checkpoint
            self.results = results
            self.validation = validation
            self.test = test
        }
    }

    /// Stores an evaluation, which completes the iteration.
    public func storeEvaluated(
        _ evaluation: Evaluation, of session: String, seconds: Double, at now: Int64
    ) async throws -> SessionRecord {
        try await change(session, at: now) { record, database in
            let (next, reward) = try record.state.applying(
                .evaluated(performance: evaluation.validation.value), limits: record.configuration.limits)
            try Self.insert(evaluation.results, of: record, in: database)
            try Self.set(
                """
                checkpoint = ?, validation_report = ?, test_report = ?, reward = ?, evaluating_s = ?,
                accumulated = COALESCE(accumulated, 0)
                """,
                [
                    evaluation.checkpoint, try StoredJSON.text(evaluation.validation),
                    try StoredJSON.text(evaluation.test), reward, seconds,
                ], of: record, in: database)
            return next
        }
    }

    private static func insert(
        _ results: [SplitName: [InstanceResult]], of record: SessionRecord, in database: Database
    ) throws {
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO result (session_id, iteration, split, position, instance_id, response, correct)
                VALUES (?,?,?,?,?,?,?)
                """)
        for split in SplitName.allCases {
            for (position, result) in (results[split] ?? []).enumerated() {
                try statement.execute(arguments: [
                    record.id, record.state.iteration, split.rawValue, position, result.instanceID,
                    result.response, result.correct,
                ])
            }
        }
    }

    /// Gives up the iteration in flight; the student and the budget stay as before it.
    public func storeFailed(_ reason: String, of session: String, at now: Int64) async throws -> SessionRecord
    {
        try await change(session, at: now) { record, database in
            let next = try record.state.applying(.failed, limits: record.configuration.limits).state
            try Self.set("error = ?, checkpoint = NULL", [reason], of: record, in: database)
            return next
        }
    }

    /// Stops a session; a second time changes nothing.
    ///
    /// - Throws: `TransitionError.over` when it is finished or failed.
    public func cancel(_ session: String, at now: Int64) async throws -> SessionRecord {
        try await change(session, at: now) { record, database in
            if record.state.status == .cancelled { return record.state }
            return try record.state.applying(.cancelled, limits: record.configuration.limits).state
        }
    }

    /// Removes a session with all that belongs to it, and the checkpoints that no other session has.
    ///
    /// - Throws: `StoreError.notFound`.
    public func delete(_ session: String) async throws {
        let candidates = try await write(session: session) { database in
            _ = try SessionRecord.fetch(session, in: database)
            let names = try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT checkpoint FROM iteration WHERE session_id = ? AND checkpoint IS NOT NULL
                    """,
                arguments: [session])
            try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session])
            return (nil, names)
        }
        await checkpoints.remove(candidates, unless: isReferenced)
    }

    private func change(
        _ session: String, at now: Int64,
        _ body: @escaping @Sendable (SessionRecord, Database) throws -> SessionState
    ) async throws -> SessionRecord {
        try await write(session: session) { database in
            var record = try SessionRecord.fetch(session, in: database)
            let next = try body(record, database)
            if next != record.state { try record.update(to: next, at: now, in: database) }
            return (record, record)
        }
    }

    private static func set(
        _ assignments: String, _ values: StatementArguments, of record: SessionRecord, in database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE iteration SET \(assignments) WHERE session_id = ? AND number = ?",
            arguments: values + [record.id, record.state.iteration])
    }
}
