/// When the student is trained and when it is evaluated on test.
public struct Schedule: Sendable, Equatable, Codable {
    /// The student is trained in every so many iterations, on the data of all of them; at least 1. The iterations between only make
    /// data. The last iteration that the limits allow always trains.
    public let iterationsPerTraining: Int
    /// The student is evaluated on test in every so many trainings, at least 1; in iteration 0 and at the end in any case.
    public let testEvery: Int

    /// The most that either can be.
    public static let maximum = 1000

    /// A schedule from its parts.
    public init(iterationsPerTraining: Int = 1, testEvery: Int = 1) {
        self.iterationsPerTraining = iterationsPerTraining
        self.testEvery = testEvery
    }
}
