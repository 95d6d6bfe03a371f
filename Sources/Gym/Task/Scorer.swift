/// Judges a student's response to a task instance.
///
/// A value and not a protocol: a scorer is one pure function with a name.
public struct Scorer: Sendable {
    /// The name shown to users, for example `math`.
    public let name: String
    /// What a split's value means, for example `accuracy`: the share of right responses, 0 to 1.
    public let metric: String
    private let judge: @Sendable (_ answer: String, _ response: String) -> Bool
    private let extract: @Sendable (_ response: String) -> String?
    private let verify: @Sendable (_ response: String) -> Bool

    /// A scorer from its two functions, both of which must end in bounded time on any text.
    ///
    /// - Parameters:
    ///   - name: the name shown to users.
    ///   - metric: the name of the aggregate, 0 to 1.
    ///   - extract: the final answer in a response, or `nil` if there is none to be found.
    ///   - judge: whether the response is right for the ground truth.
    ///   - verify: whether what a response says of itself holds, for example the results of its worked steps.
    public init(
        name: String, metric: String,
        extract: @escaping @Sendable (_ response: String) -> String?,
        judge: @escaping @Sendable (_ answer: String, _ response: String) -> Bool,
        verify: @escaping @Sendable (_ response: String) -> Bool = { _ in true }
    ) {
        self.name = name
        self.metric = metric
        self.extract = extract
        self.judge = judge
        self.verify = verify
    }

    /// Whether a response is right for an instance.
    public func isCorrect(_ response: String, for instance: TaskInstance) -> Bool {
        judge(instance.answer, response)
    }

    /// Whether a response is right for a ground truth.
    public func isCorrect(_ response: String, for answer: String) -> Bool {
        judge(answer, response)
    }

    /// Whether what a response says of itself holds, for example the results of its worked steps; says nothing of the question.
    public func isConsistent(_ response: String) -> Bool {
        verify(response)
    }

    /// The final answer in a response, or `nil` if there is none to be found.
    public func finalAnswer(in response: String) -> String? {
        extract(response)
    }
}
