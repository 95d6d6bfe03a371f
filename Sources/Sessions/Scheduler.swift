/// Gives the training slots to the sessions that have an iteration to run, first come, first served.
public actor Scheduler {
    private let slots: Int
    private let run: @Sendable (String) async -> Void
    private var waiting: [String] = []
    private var running: [String: Task<Void, Never>] = [:]
    /// Sessions that got a further iteration while the run of the last one was still winding up.
    private var again: Set<String> = []
    private var isStopped = false

    /// A scheduler.
    ///
    /// - Parameters:
    ///   - slots: how many iterations run at a time, at least 1.
    ///   - run: runs a session's iteration in flight to its end; returns early when its task is cancelled.
    public init(slots: Int, run: @escaping @Sendable (String) async -> Void) {
        self.slots = max(1, slots)
        self.run = run
    }

    /// Puts a session in the queue, unless it is there; one that runs is queued when its run ends.
    public func enqueue(_ session: String) {
        guard !isStopped else { return }
        if running[session] != nil {
            again.insert(session)
        } else if !waiting.contains(session) {
            waiting.append(session)
            fillSlots()
        }
    }

    /// Takes a session out of the queue, or cancels its run and waits for that to end.
    public func remove(_ session: String) async {
        waiting.removeAll { $0 == session }
        again.remove(session)
        guard let task = running[session] else { return }
        task.cancel()
        await task.value
    }

    /// How many sessions are before this one in the queue; `nil` if it is not in it.
    public func position(of session: String) -> Int? {
        waiting.firstIndex(of: session)
    }

    /// Cancels all runs and waits for them to end; nothing runs afterwards.
    public func stop() async {
        isStopped = true
        waiting = []
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
    }

    private func fillSlots() {
        while running.count < slots, !waiting.isEmpty, !isStopped {
            let session = waiting.removeFirst()
            running[session] = Task {
                await run(session)
                self.ended(session)
            }
        }
    }

    private func ended(_ session: String) {
        running[session] = nil
        if again.remove(session) != nil, !isStopped { waiting.append(session) }
        fillSlots()
    }
}
