import Gym
import Logging
import Store

/// Runs a session's iteration in flight, phase by phase. Each phase's result is stored before the next begins, so that
/// after a crash the runner goes on at the first phase that has none and repeats at most that one.
struct SessionRunner: Sendable {
    let store: Store
    let catalogue: Catalogue
    let library: SkillLibrary
    let progress: ProgressBoard
    let signals: SessionSignals
    let clock: WallClock
    let logger: Logger

    /// Runs until the iteration is over, or the surrounding task is cancelled.
    func run(_ session: String) async {
        defer { progress.clear(session) }
        do {
            var record = try await store.session(session, owner: nil)
            while record.state.status == .busy {
                try Task.checkCancellation()
                record = try await step(record)
                signals.signal(session)
            }
        } catch is CancellationError {
            // The session was cancelled, or the service stops; what is stored says which.
        } catch is TransitionError {
            // Cancelled between two phases: the state machine refused the late result.
        } catch StoreError.notFound {
            // Deleted meanwhile.
        } catch {
            await giveUp(session, because: "\(error)")
        }
    }

    /// Stores that the iteration failed. If even that cannot be stored (disk full), tries again until it can: a session must not
    /// stay busy with nobody working on it.
    private func giveUp(_ session: String, because reason: String) async {
        logger.warning("iteration failed", metadata: ["session": "\(session)", "reason": "\(reason)"])
        var delay = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                _ = try await store.storeFailed(reason, of: session, at: clock.now())
                signals.signal(session)
                return
            } catch is TransitionError {
                return
            } catch StoreError.notFound {
                return
            } catch {
                logger.error("cannot store", metadata: ["session": "\(session)", "error": "\(error)"])
                try? await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(60))
            }
        }
    }

    private func step(_ record: SessionRecord) async throws -> SessionRecord {
        let iteration = try await store.iteration(record.state.iteration, of: record.id)
        let context = try await IterationContext(
            record: record, iteration: iteration, catalogue: catalogue, library: library)
        if record.state.phase != .queued { progress.set(record.id, phase: record.state.phase) }
        switch record.state.phase {
        case .queued:
            let waited = Double(clock.now() - iteration.submittedAt) / 1000
            return try await store.start(
                iteration.actionKind, of: record.id, queued: max(0, waited), at: clock.now())
        case .generating: return try await generate(context)
        case .checking: return try await check(context)
        case .training: return try await train(context)
        case .evaluating: return try await evaluate(context)
        case .succeeded, .failed, .cancelled: return record
        }
    }

    private func generate(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let before = try await store.lastSucceeded(before: context.iteration.number, of: context.id)
        let used = try await earlierData(context).map(\.instruction)
        var work = try DataMaking(context: context, forest: before?.forest, used: used)
        do {
            let data = try await work.make()
            return try await store.storeGenerated(
                data, forest: work.forest, tokens: work.tokens, of: context.id, seconds: start.elapsedSeconds,
                at: clock.now())
        } catch {
            // What the teacher's model used is spent, whatever came of it.
            if work.tokens > 0 { try await store.storeSpent(work.tokens, of: context.id, at: clock.now()) }
            throw error
        }
    }

    private func check(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let number = context.iteration.number
        let before = try await store.lastSucceeded(before: number, of: context.id)
        let data = try await store.data(ofIteration: number, of: context.id).map(\.datum)
        let checked = try await qualityCheck(data, context: context, checkpoint: before?.checkpoint)
        let accepted = checked.filter { $0.rejection == nil }
        guard !accepted.isEmpty || (data.isEmpty && context.record.state.trainingData > 0) else {
            throw IterationError.nothingAccepted(received: data.count, checked)
        }
        var forest = context.iteration.forest ?? before?.forest
        let resolver = SpecResolver(context.configuration, skills: context.skills, task: context.task)
        forest?.count(
            accepted.map(\.datum), known: accepted.map { $0.findings.contains(.known) },
            kind: { resolver.kind(of: SuppliedSubskill(name: $1, hint: $1), skill: $0) })
        // An iteration that only makes data ends here; if this one trains, the evaluation notes it instead.
        let next = try context.record.state.applying(
            .checked(accepted: accepted.count), rules: context.configuration.rules
        ).state
        if next.phase.isOver {
            forest?.note(
                iteration: number, moves: context.iteration.moves ?? [], performances: [:], rewards: [:])
        }
        return try await store.storeChecked(
            checked, forest: forest, checkpoint: before?.checkpoint, of: context.id,
            seconds: start.elapsedSeconds, at: clock.now())
    }

    /// Asks the student before training, as the reference implementation does, and judges the data.
    private func qualityCheck(
        _ data: [TrainingDatum], context: IterationContext, checkpoint name: String?
    ) async throws -> [CheckedDatum] {
        guard !data.isEmpty else { return [] }
        let checkpoint = try await checkpoint(name, context: context)
        let responses = try await context.student.predict(
            data.map(\.instruction), with: checkpoint, settings: context.configuration.training
        ) { [progress] step in
            progress.set(context.id, phase: .checking, step: step)
        }
        let used = try await earlierData(context).map(\.instruction)
        return QualityCheck(task: context.task, mode: context.configuration.quality)
            .check(data, responses: responses, used: used)
    }

    private func checkpoint(
        _ name: String?, context: IterationContext
    ) async throws -> StudentCheckpoint {
        guard let name else { return try await context.student.baseCheckpoint() }
        return try await store.checkpoints.load(name)
    }

    private func train(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let own = try await store.data(ofIteration: context.iteration.number, of: context.id)
            .filter { $0.rejection == nil }.map(\.datum)
        let earlier = try await store.trainedData(
            of: context.id, after: nil, limit: SessionLimits.maximumTrainingData)
        let lastTraining = try await store.lastEvaluated(before: context.iteration.number, of: context.id)
        let waiting = earlier.count { $0.iteration > lastTraining?.number ?? 0 }
        let data = earlier.map(\.datum) + own
        let settings = context.configuration.training
        let job = TrainingJob(
            checkpoint: try await startingPoint(context), data: data, newCount: waiting + own.count,
            settings: settings,
            seed: context.seed("training"))
        let outcome = try await context.student.train(job) { [progress] step in
            progress.set(context.id, phase: .training, step: step)
        }
        let name = try await store.checkpoints.save(outcome.checkpoint)
        defer { store.checkpoints.release(name) }
        return try await store.storeTrained(
            checkpoint: name, loss: outcome.loss, skipped: outcome.skipped, of: context.id,
            seconds: start.elapsedSeconds, at: clock.now())
    }

    private func startingPoint(_ context: IterationContext) async throws -> StudentCheckpoint {
        guard context.configuration.training.start == .continue else {
            return try await context.student.baseCheckpoint()
        }
        let last = try await store.lastSucceeded(before: context.iteration.number, of: context.id)
        return try await checkpoint(last?.checkpoint, context: context)
    }

    private func evaluate(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let number = context.iteration.number
        let checkpoint = try await checkpoint(context.iteration.checkpoint, context: context)
        let outcome = try await Evaluator(context: context, progress: progress).evaluate(checkpoint)
        let before = try await store.lastEvaluated(before: number, of: context.id)
        let rewards = before?.validationReport.map { outcome.validation.rewards(since: $0) }
        var forest: SkillForest?
        if context.configuration.environment == .skillTree {
            let earlier = try await store.lastSucceeded(before: number, of: context.id)?.forest
            forest = context.iteration.forest ?? earlier ?? SkillForest(skills: context.skills.names)
            forest?.note(
                iteration: number, moves: context.iteration.moves ?? [],
                performances: outcome.validation.bySkill,
                rewards: Dictionary(
                    (rewards ?? []).map { ($0.skill, $0.reward) }, uniquingKeysWith: { first, _ in first }))
        }
        let name = try await store.checkpoints.save(checkpoint)
        defer { store.checkpoints.release(name) }
        return try await store.storeEvaluated(
            Store.Evaluation(
                checkpoint: name, results: outcome.results, validation: outcome.validation,
                test: outcome.test, skillRewards: rewards, forest: forest),
            of: context.id, seconds: start.elapsedSeconds, at: clock.now())
    }

    private func earlierData(_ context: IterationContext) async throws -> [TrainingDatum] {
        try await store.trainedData(of: context.id, after: nil, limit: SessionLimits.maximumTrainingData)
            .map(\.datum)
    }
}

extension ContinuousClock.Instant {
    /// The seconds since this instant.
    var elapsedSeconds: Double {
        let parts = (ContinuousClock.now - self).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
