import Glibc

/// Timeouts and shutting down.
extension EventLoop {
    /// Acts on every deadline that has passed.
    mutating func expire() {
        while let (slot, kind) = timeouts.popExpired(now: now) {
            guard let connection = connections[slot] else { continue }
            handle.counters.timeouts.bump()
            timeOut(connection, kind)
        }
        while let entry = parks.first, entry.deadline <= now {
            _ = parks.popFirst()
            guard isCurrent(entry), let connection = connections[entry.slot] else { continue }
            timeOutPark(connection)
        }
        if let acceptResumes, acceptResumes <= now { resumeAccepting() }
    }

    private mutating func timeOut(_ connection: Connection, _ kind: TimeoutClass) {
        switch kind {
        case .header where connection.parser.isInHead:
            refuse(connection, .requestTimeout, "the request's head took too long")
            settle(connection)
        case .body:
            refuse(connection, .requestTimeout, "the request's content took too long")
            settle(connection)
        case .handler:
            guard let exchange = connection.exchange, handle.exchanges.win(exchange.key) else { return }
            let problem = Problem(
                .serviceUnavailable, detail: "the answer took too long", requestID: exchange.id.text)
            for closure in exchange.onClose { closure() }
            answer(connection, .problem(problem))
            settle(connection)
        case .header, .idle, .write, .linger: close(connection)
        }
    }

    // MARK: Shutting down

    var isFinished: Bool {
        guard let drainDeadline else { return false }
        return openCount == 0 || drainDeadline <= now
    }

    /// Once only clients are left that have their last response and just don't hang up, they get a second.
    mutating func hastenDrain() {
        guard let deadline = drainDeadline, lingeringCount == openCount else { return }
        drainDeadline = min(deadline, now &+ 1_000_000_000)
    }

    /// Stops accepting, closes what is idle, answers what is parked, and lets the rest finish until the
    /// deadline.
    mutating func drain(_ deadline: UInt64) {
        let isFirst = drainDeadline == nil
        drainDeadline = min(deadline, drainDeadline ?? .max)
        guard isFirst else { return }
        for fd in listeners {
            // Who is in the kernel's queue has been promised a connection: a closed listener would reset it.
            accept(from: fd)
            Glibc.close(fd)
        }
        listeners = []
        acceptResumes = nil
        for connection in connections.compactMap({ $0 }) {
            if connection.exchange?.park != nil { timeOutPark(connection) }
            guard connection.isIdle else { continue }
            // A request may have arrived that epoll has not told of yet.
            receive(connection)
            if connection.isIdle { close(connection) }
        }
    }

    /// Ends whatever is left; the loop does nothing afterwards.
    mutating func closeEverything() {
        for fd in listeners { Glibc.close(fd) }
        listeners = []
        for connection in connections.compactMap({ $0 }) { close(connection) }
        epoll.close()
        handle.end()
    }
}
