import Gym
import Store

/// Evaluates a student on a task's validation and test splits.
struct Evaluator: Sendable {
    let context: IterationContext
    let progress: ProgressBoard

    /// The results and reports of one evaluation.
    struct Outcome: Sendable {
        let results: [SplitName: [InstanceResult]]
        let validation: PerformanceReport
        let test: PerformanceReport

        func stored(as checkpoint: String) -> Store.Evaluation {
            Store.Evaluation(checkpoint: checkpoint, results: results, validation: validation, test: test)
        }
    }

    /// Asks the student everything in one batch, which is faster than split by split, then scores the responses.
    func evaluate(_ checkpoint: StudentCheckpoint) async throws -> Outcome {
        let task = context.task
        let validation = task.instances(.validation)
        let test = task.instances(.test)
        let responses = try await context.student.predict(
            (validation + test).map(\.instruction), with: checkpoint,
            settings: context.record.configuration.training
        ) { [progress, id = context.id] step in
            progress.set(id, phase: .evaluating, step: step)
        }
        let results = zip(validation + test, responses).map { instance, response in
            InstanceResult(
                instanceID: instance.id, response: response,
                correct: task.scorer.isCorrect(response, for: instance))
        }
        let bySplit: [SplitName: [InstanceResult]] = [
            .validation: Array(results.prefix(validation.count)),
            .test: Array(results.dropFirst(validation.count)),
        ]
        return Outcome(
            results: bySplit,
            validation: PerformanceReport(
                results: bySplit[.validation] ?? [], split: .validation, task: task),
            test: PerformanceReport(results: bySplit[.test] ?? [], split: .test, task: task))
    }
}
