import CLinux
import Glibc
import Synchronization

/// Connections come and go.
extension EventLoop {
    /// Time without accepting when descriptors or connections have run out. Level-triggered epoll would
    /// otherwise report the waiting connection over and over.
    private static let pauseSeconds = 0.05

    /// Takes new connections, a bounded number so that others get their turn.
    mutating func accept(from listener: Int32) {
        for _ in 0..<64 {
            guard reserveConnection() else { return pauseAccepting(seconds: Self.pauseSeconds) }
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            switch valueOrError({ clinux_accept(listener, &storage, &length) }) {
            case .success(let fd): open(fd, HTTPSocketAddress(storage))
            case .failure(let error):
                releaseConnection()
                if error.isExhaustion, !closeOldestIdle() { pauseAccepting(seconds: Self.pauseSeconds) }
                // What remains (ECONNABORTED and the like) concerns one connection that is gone already.
                if error == .wouldBlock || error.isExhaustion { return }
            }
        }
    }

    /// Counts a connection before it is accepted; makes room by closing the longest idle one.
    private mutating func reserveConnection() -> Bool {
        let count = shared.openConnections.add(1, ordering: .relaxed).newValue
        if count <= limits.connections { return true }
        if closeOldestIdle() { return true }
        releaseConnection()
        return false
    }

    private mutating func releaseConnection() { shared.openConnections.subtract(1, ordering: .relaxed) }

    private mutating func closeOldestIdle() -> Bool {
        guard let slot = timeouts.oldest(.idle), let connection = connections[slot] else { return false }
        close(connection)
        return true
    }

    private mutating func open(_ fd: Int32, _ address: HTTPSocketAddress) {
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            slot = connections.count
            connections.append(nil)
        }
        generation &+= 1
        // The topmost generation would look like the datum of a listener.
        if generation == .max { generation = 1 }
        let connection = Connection(
            fd: fd, slot: slot, generation: generation, remoteAddress: address, limits: limits)
        guard epoll.add(fd, connection.interest, datum: connection.datum) else {
            Glibc.close(fd)
            freeSlots.append(slot)
            return releaseConnection()
        }
        connections[slot] = connection
        openCount += 1
        handle.counters.accepted.bump()
        timeouts.set(slot, .header, now: now)
    }

    /// Closes at once, tells whoever waits for the exchange.
    mutating func close(_ connection: Connection) {
        guard connection.phase != .closed else { return }
        let wasStreaming = connection.phase == .streaming
        if connection.phase == .lingering { lingeringCount -= 1 }
        connection.phase = .closed
        Glibc.close(connection.fd)
        timeouts.clear(connection.slot)
        uncountInput(connection)
        connections[connection.slot] = nil
        freeSlots.append(connection.slot)
        openCount -= 1
        releaseConnection()
        guard let exchange = connection.exchange else { return }
        connection.exchange = nil
        if exchange.park != nil { parkedCount -= 1 }
        handle.exchanges.end(exchange.key)
        exchange.stream?.close()
        for closure in exchange.onClose { closure() }
        if wasStreaming { observeStream(connection, exchange, wasCutShort: true) }
    }

    /// Ends the connection in stages (RFC 9112 9.6): the server's side is closed, and what the client still
    /// sends is read and dropped for a bounded while; a plain close would answer it with a reset, which may
    /// destroy the response on the client's side.
    mutating func linger(_ connection: Connection) {
        connection.phase = .lingering
        lingeringCount += 1
        connection.pending = []
        guard shutdown(connection.fd, Int32(SHUT_WR)) == 0 else { return close(connection) }
        setInterest(connection, [.input, .peerClosed])
        timeouts.set(connection.slot, .linger, now: now)
    }

    mutating func drop(_ connection: Connection) {
        switch valueOrError({ recv(connection.fd, scratch.baseAddress, scratch.count, 0) }) {
        case .success(let count) where count > 0:
            connection.lingeredBytes += count
            if connection.lingeredBytes > limits.lingerBytes { close(connection) }
        case .failure(.wouldBlock): break
        default: close(connection)
        }
    }
}
