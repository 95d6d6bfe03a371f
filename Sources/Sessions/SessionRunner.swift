import Gym
import Logging
import Store

/// Runs a session's iteration in flight, phase by phase. Each phase's result is stored before the next begins, so that
/// after a crash the runner goes on at the first phase that has none and repeats at most that one.
struct SessionRunner: Sendable {
    let store: Store
    let catalogue: Catalogue
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
        let context = try IterationContext(record: record, iteration: iteration, catalogue: catalogue)
        if record.state.phase != .queued { progress.set(record.id, phase: record.state.phase) }
        switch record.state.phase {
        case .queued:
            let waited = Double(clock.now() - iteration.submittedAt) / 1000
            return try await store.start(
                iteration.actionType, of: record.id, queued: max(0, waited), at: clock.now())
        case .generating: return try await generate(context)
        case .checking: return try await check(context)
        case .training: return try await train(context)
        case .evaluating: return try await evaluate(context)
        case .succeeded, .failed, .cancelled: return record
        }
    }

    private func generate(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let earlier = try await earlierData(context)
        guard let teacher = context.teacher else { throw IterationError.noTeacher }
        let data = try await teacher.generate(
            DataRequest(
                task: context.task, plan: context.iteration.plan ?? [],
                usedInstructions: Set(earlier.map(\.instruction)), seed: context.seed("data")))
        return try await store.storeGenerated(
            data, of: context.id, seconds: start.elapsedSeconds, at: clock.now())
    }

    private func check(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let data = try await store.data(ofIteration: context.iteration.number, of: context.id).map(\.datum)
        let heldOut = InstructionIndex(task: context.task, splits: [.validation, .test])
        let checked = CheckedData(checking: data, heldOut: heldOut)
        guard !checked.accepted.isEmpty else {
            throw IterationError.nothingAccepted(received: data.count)
        }
        return try await store.storeChecked(
            checked, of: context.id, seconds: start.elapsedSeconds, at: clock.now())
    }

    private func train(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let own = try await store.data(ofIteration: context.iteration.number, of: context.id)
            .filter { $0.rejection == nil }.map(\.datum)
        let data = try await earlierData(context) + own
        let settings = context.record.configuration.training
        let job = TrainingJob(
            checkpoint: try await startingPoint(context), data: data, newCount: own.count, settings: settings,
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
        guard context.record.configuration.training.start == .continue,
            let last = try await store.lastSucceeded(before: context.iteration.number, of: context.id),
            let name = last.checkpoint
        else { return try await context.student.baseCheckpoint() }
        return try await store.checkpoints.load(name)
    }

    private func evaluate(_ context: IterationContext) async throws -> SessionRecord {
        let start = ContinuousClock.now
        let checkpoint: StudentCheckpoint
        if let name = context.iteration.checkpoint {
            checkpoint = try await store.checkpoints.load(name)
        } else {
            checkpoint = try await context.student.baseCheckpoint()
        }
        let evaluation = try await Evaluator(context: context, progress: progress).evaluate(checkpoint)
        let name = try await store.checkpoints.save(checkpoint)
        defer { store.checkpoints.release(name) }
        return try await store.storeEvaluated(
            evaluation.stored(as: name), of: context.id, seconds: start.elapsedSeconds, at: clock.now())
    }

    private func earlierData(_ context: IterationContext) async throws -> [TrainingDatum] {
        try await store.trainedData(of: context.id, after: nil, limit: SessionLimits.maximumTrainingData)
            .map(\.datum)
    }
}

/// Why an iteration cannot be completed, beside what teachers, students and the store throw.
enum IterationError: Error, CustomStringConvertible {
    case gone(kind: String, name: String)
    case noTeacher
    case taskChanged(String)
    case nothingAccepted(received: Int)

    var description: String {
        switch self {
        case .gone(let kind, let name): "the \(kind) \(name) is no longer configured"
        case .noTeacher: "the session has no teacher to carry out a plan"
        case .taskChanged(let name):
            "the instances of task \(name) have changed since the session was created"
        case .nothingAccepted(let received):
            "all \(received) data were refused: their instructions are those of validation or test instances"
        }
    }
}

extension ContinuousClock.Instant {
    /// The seconds since this instant.
    var elapsedSeconds: Double {
        let parts = (ContinuousClock.now - self).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
