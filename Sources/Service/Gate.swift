import Synchronization

/// Lets a few through at a time and keeps a bounded number waiting in line.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var line: [CheckedContinuation<Bool, Never>] = []
    }
    private let state: Mutex<State>
    private let waiting: Int

    init(atOnce: Int, waiting: Int) {
        state = Mutex(State(free: atOnce))
        self.waiting = waiting
    }

    /// Runs `body` when there is room.
    ///
    /// - Throws: `APIError.overloaded` when the line is full.
    func pass<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws(APIError) {
        let isLetIn = await withCheckedContinuation { (answer: CheckedContinuation<Bool, Never>) in
            let decided = state.withLock { state -> Bool? in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                guard state.line.count < waiting else { return false }
                state.line.append(answer)
                return nil
            }
            if let decided { answer.resume(returning: decided) }
        }
        if !isLetIn { throw .overloaded("too many requests of this kind are waiting") }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.line.isEmpty else {
                state.free += 1
                return nil
            }
            return state.line.removeFirst()
        }
        next?.resume(returning: true)
    }
}
