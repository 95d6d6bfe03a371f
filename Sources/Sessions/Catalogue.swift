import Gym

/// What the operator offers: users choose among these by name.
public struct Catalogue: Sendable {
    /// The benchmark tasks, in the order in which they are shown.
    public let tasks: [BenchmarkTask]
    /// The students.
    public let students: [any Student]
    /// The teachers' data-generation engines.
    public let teachers: [any DataEngine]

    /// A catalogue of what is on offer; names are unique in each list.
    public init(tasks: [BenchmarkTask], students: [any Student], teachers: [any DataEngine]) {
        self.tasks = tasks
        self.students = students
        self.teachers = teachers
    }

    /// The task with a name.
    public func task(_ name: String) -> BenchmarkTask? {
        tasks.first { $0.name == name }
    }

    /// The student with a name.
    public func student(_ name: String) -> (any Student)? {
        students.first { $0.name == name }
    }

    /// The teacher with a name.
    public func teacher(_ name: String) -> (any DataEngine)? {
        teachers.first { $0.name == name }
    }
}
