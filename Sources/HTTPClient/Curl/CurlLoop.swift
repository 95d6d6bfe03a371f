import CCurl
import Glibc
import Synchronization

/// The thread that drives libcurl, and the inbox through which others reach it.
///
/// All transfers belong to the thread. Others only put commands into the inbox and wake it.
final class CurlLoop: Sendable {
    typealias Outcome = Result<HTTPClientResponse, HTTPClientError>

    /// A request on its way to the thread.
    struct Submission: Sendable {
        let id: UInt64
        let request: HTTPClientRequest
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct Inbox {
        var submissions: [Submission] = []
        var cancellations: [UInt64] = []
        /// Requests whose cancellation came before their submission.
        var cancelledEarly: Set<UInt64> = []
        /// Requests that the thread has, or will find in the inbox.
        var live: Set<UInt64> = []
        var isClosing = false
        /// No longer to be woken: the multi handle is gone, or about to go.
        var isStopped = false
    }

    /// Sendable is sound: other threads use the handle for `curl_multi_wakeup` alone, which is made for that, and
    /// only under the inbox's lock while `isStopped` is false; everything else happens on the loop's thread.
    private struct MultiHandle: @unchecked Sendable {
        let raw: UnsafeMutableRawPointer
    }

    private let inbox = Mutex(Inbox())
    private let multi: MultiHandle
    private let configuration: HTTPClient.Configuration
    private let thread = Mutex<pthread_t?>(nil)

    init(configuration: HTTPClient.Configuration) throws(HTTPClientError) {
        guard CurlLibrary.isReady, let raw = curl_multi_init() else {
            throw .failed("libcurl cannot be started")
        }
        multi = MultiHandle(raw: raw)
        self.configuration = configuration
        let limit = max(1, configuration.maximumConnections)
        ccurl_multi_set_long(raw, CURLMOPT_MAX_TOTAL_CONNECTIONS, limit)
        try start()
    }

    private func start() throws(HTTPClientError) {
        var created = pthread_t()
        // The thread holds the loop until it ends, so the pointer stays valid.
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &created, nil,
            { context in
                guard let context else { return nil }
                let loop = Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue()
                loop.run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            curl_multi_cleanup(multi.raw)
            throw .failed("no thread for the HTTP client (error \(code))")
        }
        thread.withLock { $0 = created }
    }
}

// MARK: - From any thread

extension CurlLoop {
    /// Hands a request over; its continuation is resumed exactly once.
    func submit(_ submission: Submission) {
        let refusal: HTTPClientError? = inbox.withLock { inbox in
            if inbox.isClosing { return .closed }
            if inbox.cancelledEarly.remove(submission.id) != nil { return .cancelled }
            inbox.live.insert(submission.id)
            inbox.submissions.append(submission)
            wake(inbox)
            return nil
        }
        if let refusal { submission.continuation.resume(returning: .failure(refusal)) }
    }

    /// Asks for a request to be abandoned, whether it was submitted yet or not.
    func cancel(_ id: UInt64) {
        inbox.withLock { inbox in
            guard inbox.live.contains(id) else {
                inbox.cancelledEarly.insert(id)
                return
            }
            inbox.cancellations.append(id)
            wake(inbox)
        }
    }

    /// Drops what a cancellation after the end may have left.
    func forget(_ id: UInt64) {
        inbox.withLock { _ = $0.cancelledEarly.remove(id) }
    }

    /// Ends the thread and waits for it.
    func close() {
        inbox.withLock { inbox in
            inbox.isClosing = true
            wake(inbox)
        }
        // Whoever takes the thread out joins it; a second caller finds none and returns.
        let joinable = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let joinable { pthread_join(joinable, nil) }
    }

    private func wake(_ inbox: Inbox) {
        if !inbox.isStopped { curl_multi_wakeup(multi.raw) }
    }
}

// MARK: - On the loop's thread

extension CurlLoop {
    /// The longest that the thread sleeps when nothing is due; it is woken for everything else.
    private static let longestSleep: Int32 = 60_000

    private func run() {
        // Signals are the business of the program's other threads. Above all SIGPIPE: OpenSSL writes to sockets
        // without MSG_NOSIGNAL, and a peer that hangs up must not end the process.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        var transfers: [UInt64: CurlTransfer] = [:]
        while accept(&transfers) {
            var running: Int32 = 0
            curl_multi_perform(multi.raw, &running)
            finish(&transfers)
            curl_multi_poll(multi.raw, nil, 0, sleep(transfers), nil)
        }
        stop(transfers)
    }

    /// Carries out the inbox's commands; `false` when the loop is to end.
    private func accept(_ transfers: inout [UInt64: CurlTransfer]) -> Bool {
        let (submissions, cancellations, isClosing) = inbox.withLock { inbox in
            defer {
                inbox.submissions.removeAll(keepingCapacity: true)
                inbox.cancellations.removeAll(keepingCapacity: true)
            }
            return (inbox.submissions, inbox.cancellations, inbox.isClosing)
        }
        for submission in submissions { begin(submission, &transfers) }
        for id in cancellations { end(id, .failure(.cancelled), &transfers) }
        let now = ContinuousClock.now
        for (id, transfer) in transfers where transfer.deadline <= now {
            end(id, .failure(.timedOut("no response within \(transfer.timeout)")), &transfers)
        }
        return !isClosing
    }

    private func begin(_ submission: Submission, _ transfers: inout [UInt64: CurlTransfer]) {
        do throws(HTTPClientError) {
            let transfer = try CurlTransfer(submission, configuration: configuration)
            guard curl_multi_add_handle(multi.raw, transfer.handle) == CURLM_OK else {
                throw .failed("libcurl takes no further transfer")
            }
            transfers[submission.id] = transfer
        } catch {
            inbox.withLock { _ = $0.live.remove(submission.id) }
            submission.continuation.resume(returning: .failure(error))
        }
    }

    /// Ends a transfer, if it is still under way.
    private func end(_ id: UInt64, _ outcome: Outcome, _ transfers: inout [UInt64: CurlTransfer]) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(multi.raw, transfer.handle)
        inbox.withLock { _ = $0.live.remove(id) }
        transfer.continuation.resume(returning: outcome)
    }

    private func finish(_ transfers: inout [UInt64: CurlTransfer]) {
        var waiting: Int32 = 0
        while let message = curl_multi_info_read(multi.raw, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
                continue
            }
            // Read before the handle is removed, which frees the message.
            let code = message.pointee.data.result
            guard let id = CurlTransfer.id(of: handle), let transfer = transfers[id] else { continue }
            end(id, transfer.outcome(code), &transfers)
        }
    }

    /// Until the nearest deadline, in milliseconds. libcurl minds its own timers itself, but not the time that a
    /// transfer waits for a free connection.
    private func sleep(_ transfers: [UInt64: CurlTransfer]) -> Int32 {
        guard let nearest = transfers.values.map(\.deadline).min() else { return Self.longestSleep }
        let milliseconds = CurlTransfer.milliseconds(ContinuousClock.now.duration(to: nearest))
        return Int32(min(Int(Self.longestSleep), max(0, milliseconds)))
    }

    private func stop(_ transfers: [UInt64: CurlTransfer]) {
        // After this nobody wakes the handle or adds to the inbox.
        let late = inbox.withLock { inbox in
            inbox.isStopped = true
            defer { inbox.submissions.removeAll() }
            return inbox.submissions
        }
        for submission in late { submission.continuation.resume(returning: .failure(.closed)) }
        for transfer in transfers.values {
            curl_multi_remove_handle(multi.raw, transfer.handle)
            transfer.continuation.resume(returning: .failure(.closed))
        }
        curl_multi_cleanup(multi.raw)
    }
}
