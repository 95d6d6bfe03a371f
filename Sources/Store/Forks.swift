import GRDB
import Gym

/// Sessions that begin where another one stood.
extension Store {
    /// Why a session cannot be forked.
    public enum ForkError: Error, Sendable, Equatable {
        /// The iteration has not succeeded, so that there is no student to go on from.
        case notSucceeded(IterationPhase)
        /// The limits leave nothing to do after the iteration.
        case nothingLeft
        /// The iteration trained, or was evaluated on test, only because it was the session's last; with other limits it would not.
        case endedEarly
    }

    /// Stores a copy of a session's history up to an iteration as a new session. Checkpoints are named by their content and so shared.
    ///
    /// A fork that is given the actions of the original gives the same feedback, as everything that an iteration depends on is copied.
    ///
    /// - Parameters:
    ///   - number: the iteration, succeeded, that the fork goes on from.
    ///   - session: the original.
    ///   - record: the new session with its id, owner and configuration; its state is worked out from the history.
    /// - Throws: `ForkError`, `StoreError.notFound`.
    public func fork(
        _ number: Int, of session: String, as record: SessionRecord
    ) async throws -> SessionRecord {
        try await write(session: record.id) { database in
            let original = try SessionRecord.fetch(session, in: database)
            let history = try Self.history(of: session, upTo: number, in: database)
            guard let last = history.last, last.number == number else {
                throw StoreError.notFound("iteration \(number) of session \(session)")
            }
            var fork = record
            fork.state = try Self.state(
                after: history, original: original, limits: record.configuration.limits)
            try fork.insert(database)
            try Self.copy(session, upTo: number, to: record.id, in: database)
            return (fork, fork)
        }
    }

    private static func history(
        of session: String, upTo number: Int, in database: Database
    ) throws -> [IterationRecord] {
        let sql = "SELECT * FROM iteration WHERE session_id = ? AND number <= ? ORDER BY number"
        return try Row.fetchAll(database, sql: sql, arguments: [session, number])
            .map(IterationRecord.init(row:))
    }

    /// The state that the original had after the last of these iterations, under the fork's limits.
    private static func state(
        after history: [IterationRecord], original: SessionRecord, limits: SessionLimits
    ) throws -> SessionState {
        guard let last = history.last, last.phase == .succeeded else {
            throw ForkError.notSucceeded(history.last?.phase ?? .failed)
        }
        let succeeded = history.filter { $0.phase == .succeeded && $0.number > 0 }
        let untrained = succeeded.reversed().prefix { $0.validationReport == nil }.count
        let data = last.accumulated ?? 0
        guard succeeded.count < limits.iterations, data < limits.trainingData else {
            throw ForkError.nothingLeft
        }
        // The iterations of the last training: fewer than the schedule says only at the original's end.
        let trained = succeeded.dropLast(untrained)
        let sinceTraining = trained.dropLast().reversed().prefix { $0.validationReport == nil }.count + 1
        let schedule = original.configuration.schedule
        let trainings = succeeded.count { $0.validationReport != nil }
        let wasTestDue = trainings.isMultiple(of: schedule.testEvery) || trained.last?.testReport == nil
        guard trained.isEmpty || (sinceTraining == schedule.iterationsPerTraining && wasTestDue) else {
            throw ForkError.endedEarly
        }
        return SessionState(
            status: .ready, iteration: last.number, phase: .succeeded, completedIterations: succeeded.count,
            trainingData: data,
            performance: history.last { $0.validationReport != nil }?.validationReport?.value,
            pendingData: 0, untrainedIterations: untrained,
            trainings: trainings,
            teacherTokens: history.reduce(0) { $0 + $1.teacherTokens })
    }

    private static func copy(
        _ session: String, upTo number: Int, to fork: String, in database: Database
    ) throws {
        for (table, column) in [("iteration", "number"), ("datum", "iteration"), ("result", "iteration")] {
            // A fork's requests are its own: the original's idempotency keys stay behind.
            let skipped = ["session_id", "idempotency_key", "action_fingerprint"]
            let names = try database.columns(in: table).map(\.name).filter { !skipped.contains($0) }
                .joined(separator: ", ")
            try database.execute(
                sql: """
                    INSERT INTO \(table) (session_id, \(names))
                    SELECT ?, \(names) FROM \(table) WHERE session_id = ? AND \(column) <= ?
                    """, arguments: [fork, session, number])
        }
    }
}
