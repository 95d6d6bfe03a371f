import Synchronization

/// A flag that stops a training or decoding job within about 100 ms; shareable, set once.
public final class PocketCancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// A token that is not cancelled.
    public init() {}

    /// Asks the jobs that hold this token to stop; they throw `PocketError.cancelled`.
    public func cancel() {
        flag.store(true, ordering: .relaxed)
    }

    /// Whether `cancel` was called.
    public var isCancelled: Bool {
        flag.load(ordering: .relaxed)
    }
}

/// A job's view of its caller's token and of its own task, so that cancelling a task does not cancel its
/// siblings that share the token.
struct CancellationPair: Sendable {
    let outer: PocketCancellation
    let task = PocketCancellation()

    var isCancelled: Bool { outer.isCancelled || task.isCancelled }

    func check() throws(PocketError) {
        if isCancelled { throw .cancelled }
    }
}
