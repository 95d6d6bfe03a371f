import Gym
import Logging
import Store

/// The gym's sessions: creates them, takes their actions, runs their iterations, and goes on with them after a restart.
public final class Sessions: Sendable {
    /// What the operator offers.
    public let catalogue: Catalogue
    /// What is stored.
    public let store: Store
    /// How far iterations in flight have come.
    public let progress: ProgressBoard
    /// Wakes those who wait for a session.
    public let signals: SessionSignals
    /// The skills that sessions see.
    public let library: SkillLibrary
    private let scheduler: Scheduler
    private let clock: WallClock
    private let ids = ULIDGenerator()

    /// Sessions over a store.
    ///
    /// - Parameters:
    ///   - store: where everything is kept.
    ///   - catalogue: what the operator offers.
    ///   - slots: how many iterations run at a time.
    ///   - clock: the time of day.
    ///   - logger: takes what an operator should know.
    public init(
        store: Store, catalogue: Catalogue, slots: Int, clock: WallClock = .system, logger: Logger
    ) {
        self.store = store
        self.catalogue = catalogue
        self.clock = clock
        let progress = ProgressBoard()
        let signals = SessionSignals()
        let library = SkillLibrary(store: store, clock: clock)
        let runner = SessionRunner(
            store: store, catalogue: catalogue, library: library, progress: progress, signals: signals,
            clock: clock, logger: logger)
        self.library = library
        self.progress = progress
        self.signals = signals
        scheduler = Scheduler(slots: slots) { await runner.run($0) }
    }

    /// Goes on with every iteration that a stop or crash interrupted.
    public func resume() async throws {
        for session in try await store.busySessions() { await scheduler.enqueue(session) }
    }

    /// Abandons the phases at work; they are repeated at the next start.
    public func stop() async {
        await scheduler.stop()
        signals.signalAll()
    }

    /// Creates a session and queues its iteration 0.
    ///
    /// - Parameters:
    ///   - configuration: valid for the catalogue.
    ///   - owner: whose it is.
    public func create(_ configuration: SessionConfiguration, owner: String) async throws -> SessionRecord {
        guard let task = catalogue.task(configuration.task) else {
            throw StoreError.notFound("task \(configuration.task)")
        }
        let now = clock.now()
        let record = SessionRecord(
            id: ids.next(milliseconds: now), owner: owner, configuration: configuration,
            taskFingerprint: task.fingerprint, state: SessionState(), createdAt: now, updatedAt: now)
        try await store.create(record)
        await scheduler.enqueue(record.id)
        return record
    }

    /// Makes a new session that goes on from an iteration of another one.
    ///
    /// - Parameters:
    ///   - iteration: the number of a succeeded iteration.
    ///   - original: the session.
    ///   - configuration: the original's, with other limits, name or labels.
    /// - Throws: `Store.ForkError`, `StoreError.notFound`.
    public func fork(
        _ iteration: Int, of original: SessionRecord, as configuration: SessionConfiguration
    ) async throws -> SessionRecord {
        let now = clock.now()
        return try await store.fork(
            iteration, of: original.id,
            as: SessionRecord(
                id: ids.next(milliseconds: now), owner: original.owner, configuration: configuration,
                taskFingerprint: original.taskFingerprint,
                fork: ForkOrigin(session: original.id, iteration: iteration), state: SessionState(),
                createdAt: now, updatedAt: now))
    }

    /// Takes an agent's action as the session's next iteration.
    ///
    /// - Throws: `TransitionError` when the session cannot take it, `SkillMoveError` when its trees do not allow a move.
    public func submit(
        _ submission: Store.Submission, to session: String
    ) async throws -> Store.ActionOutcome {
        let outcome = try await store.submit(submission, to: session, at: clock.now())
        if case .accepted = outcome {
            await scheduler.enqueue(session)
            signals.signal(session)
        }
        return outcome
    }

    /// Stops a session and its iteration in flight; returns once nothing of it runs.
    public func cancel(_ session: String) async throws -> SessionRecord {
        let record = try await store.cancel(session, at: clock.now())
        await scheduler.remove(session)
        signals.signal(session)
        return record
    }

    /// Removes a session and everything that belongs to it.
    public func delete(_ session: String) async throws {
        await scheduler.remove(session)
        try await store.delete(session)
        signals.signal(session)
    }

    /// How many sessions are before this one in the queue; `nil` if it is not waiting.
    public func queuePosition(of session: String) async -> Int? {
        await scheduler.position(of: session)
    }
}
