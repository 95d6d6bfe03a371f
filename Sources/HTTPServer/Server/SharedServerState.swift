import Glibc
import Synchronization

/// What all loops of a server share.
final class SharedServerState: Sendable {
    let handler: HTTPHandler
    let configuration: HTTPServerConfiguration
    let openConnections = Atomic<Int>(0)
    private let runningLoops: Atomic<Int>
    /// A pipe whose write end is closed when the last loop has ended: any number of threads can wait for
    /// that.
    private let endedRead: Int32
    private let endedWrite: Int32

    init(handler: @escaping HTTPHandler, configuration: HTTPServerConfiguration, loops: Int)
        throws(HTTPServerError)
    {
        self.handler = handler
        self.configuration = configuration
        runningLoops = Atomic(loops)
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends) else { throw .noResources(reason: SystemError.current.description) }
        (endedRead, endedWrite) = (ends[0], ends[1])
    }

    deinit { close(endedRead) }

    func loopEnded() {
        guard runningLoops.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        close(endedWrite)
    }

    /// Blocks until the last loop has ended.
    func waitUntilEnded() {
        var watched = pollfd(fd: endedRead, events: Int16(POLLIN), revents: 0)
        _ = valueOrError { poll(&watched, 1, -1) }
    }
}

/// pipe(2) with close-on-exec on both ends.
private func pipe2(_ ends: inout [Int32]) -> Bool {
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return true
}
