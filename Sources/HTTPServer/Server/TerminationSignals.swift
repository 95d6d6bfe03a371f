import Glibc

/// SIGTERM and SIGINT as calls on a thread: a signal handler may do next to nothing, a thread anything.
///
/// ```swift
/// TerminationSignals.block()   // first thing in main, before any thread exists
/// ...
/// TerminationSignals.handle { count in server.shutdown(gracePeriod: count == 1 ? 10 : 0) }
/// ```
public enum TerminationSignals {
    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        return set
    }

    /// Keeps both signals from ending the process. Threads inherit that: call it before any is made.
    public static func block() {
        var set = set
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Starts a thread that calls `action` for each signal, with 1, 2, 3 ... as its count: one asks for a
    /// graceful end, a second one for an immediate one. Child processes should unblock the signals again.
    /// - Throws: ``HTTPServerError/noResources(reason:)`` when no thread can be made.
    public static func handle(_ action: @escaping @Sendable (_ count: Int) -> Void) throws(HTTPServerError) {
        try Thread.start(name: "signals") {
            var set = set
            var signal: Int32 = 0
            var count = 0
            while sigwait(&set, &signal) == 0 {
                count += 1
                action(count)
            }
        }
    }
}
