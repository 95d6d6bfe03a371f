import Gym
import Store

/// A stored iteration together with the parts of the catalogue that it names.
struct IterationContext: Sendable {
    let record: SessionRecord
    let iteration: IterationRecord
    let task: BenchmarkTask
    let student: any Student
    let teacher: (any DataEngine)?
    let skills: SkillSet

    var id: String { record.id }

    /// - Throws: `IterationError` when the operator has taken something away that the session needs.
    init(
        record: SessionRecord, iteration: IterationRecord, catalogue: Catalogue, library: SkillLibrary
    ) async throws {
        let configuration = record.configuration
        guard let task = catalogue.task(configuration.task) else {
            throw IterationError.gone(kind: "task", name: configuration.task)
        }
        guard let student = catalogue.student(configuration.student) else {
            throw IterationError.gone(kind: "student", name: configuration.student)
        }
        let teacher = configuration.teacher.flatMap(catalogue.teacher)
        if let name = configuration.teacher, teacher == nil {
            throw IterationError.gone(kind: "teacher", name: name)
        }
        guard task.fingerprint == record.taskFingerprint else {
            throw IterationError.taskChanged(configuration.task)
        }
        self.record = record
        self.iteration = iteration
        self.task = task
        self.student = student
        self.teacher = teacher
        do {
            skills = try await library.skills(of: record, task: task)
        } catch StoreError.notFound {
            // Not the session itself: the runner would take it for deleted and leave it busy.
            throw IterationError.gone(kind: "skill discovery", name: configuration.skills)
        }
    }

    var configuration: SessionConfiguration { record.configuration }

    /// The seed for one purpose in this iteration.
    ///
    /// It counts succeeded iterations and not numbers, so that repeating a failed iteration's action gives what it would have given.
    func seed(_ purpose: String) -> UInt64 {
        var generator = SeededGenerator(
            seed: record.configuration.seed, purpose: purpose,
            index: UInt64(record.state.completedIterations + 1))
        return generator.next()
    }
}
