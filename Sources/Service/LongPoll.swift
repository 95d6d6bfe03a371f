import HTTPServer
import Sessions
import Synchronization

/// Holds a request until what it waits for has come about, or its time is up.
///
/// While it waits there is neither a thread nor a task: only a watch in `SessionSignals` and a deadline on the connection's loop.
final class LongPoll: Sendable {
    /// Looks at the session. With `isLast` it has to answer; without, `nil` means to go on waiting.
    typealias Look = @Sendable (_ isLast: Bool) async throws -> HTTPResponse?

    private struct State {
        var watch: SessionSignals.Watch?
        var isOver = false
    }
    private let state = Mutex(State())
    private let call: APICall
    private let session: String
    private let signals: SessionSignals
    private let answerError: @Sendable (any Error) -> HTTPResponse
    private let look: Look

    private init(
        call: APICall, session: String, signals: SessionSignals,
        answerError: @escaping @Sendable (any Error) -> HTTPResponse, look: @escaping Look
    ) {
        self.call = call
        self.session = session
        self.signals = signals
        self.answerError = answerError
        self.look = look
    }

    /// Answers a call as soon as `look` does, after `seconds` at the latest.
    static func start(
        _ call: APICall, session: String, signals: SessionSignals, seconds: Int,
        answerError: @escaping @Sendable (any Error) -> HTTPResponse, look: @escaping Look
    ) async {
        let poll = LongPoll(
            call: call, session: session, signals: signals, answerError: answerError, look: look)
        guard seconds > 0 else {
            await poll.attempt(isLast: true)
            return
        }
        call.exchange.onClose { poll.end() }
        call.exchange.park(seconds: Double(seconds)) {
            Task { await poll.attempt(isLast: true) }
            return nil
        }
        await poll.attempt(isLast: false)
    }

    private func attempt(isLast: Bool) async {
        // Watch first, then look: a change in between wakes the watch.
        if !isLast {
            let watch = signals.watch(session) { Task { await self.attempt(isLast: false) } }
            let replaced = state.withLock { state -> SessionSignals.Watch? in
                if state.isOver { return watch }
                defer { state.watch = watch }
                return state.watch
            }
            if let replaced { signals.end(replaced) }
        }
        guard !state.withLock(\.isOver) else { return }
        do {
            guard let response = try await look(isLast) else { return }
            finish(response)
        } catch {
            finish(answerError(error))
        }
    }

    private func finish(_ response: HTTPResponse) {
        end()
        call.exchange.respond(response)
    }

    private func end() {
        let watch = state.withLock { state -> SessionSignals.Watch? in
            state.isOver = true
            defer { state.watch = nil }
            return state.watch
        }
        if let watch { signals.end(watch) }
    }
}
