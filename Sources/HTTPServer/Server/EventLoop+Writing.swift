/// Bytes out, and what to watch and wait for next.
extension EventLoop {
    /// Gives a connection without a buffer one to write into.
    mutating func lendBuffer(_ connection: Connection) {
        guard connection.output.isEmpty, connection.output.tail.capacity == 0,
            let buffer = spareBuffers.popLast()
        else { return }
        connection.output.tail = buffer
    }

    private mutating func returnBuffer(_ connection: Connection) {
        var buffer: [UInt8] = []
        swap(&buffer, &connection.output.tail)
        if buffer.capacity > 0, buffer.capacity <= 64 << 10, spareBuffers.count < 32 {
            spareBuffers.append(buffer)
        }
    }

    /// Sends what the kernel takes. The connection may be closed afterwards.
    mutating func flush(_ connection: Connection) {
        guard connection.phase != .closed, !connection.output.isEmpty else { return }
        let (outcome, sent) = connection.output.send(to: connection.fd)
        handle.counters.bytesSent.bump(sent)
        connection.moved(sent)
        switch outcome {
        case .failed: return close(connection)
        case .drained: returnBuffer(connection)
        case .blocked: break
        }
        connection.exchange?.stream?.setUnsent(connection.output.count)
    }

    /// Sends what is queued and goes on with requests that were read but had to wait, then sets what epoll
    /// watches and which timeout runs.
    mutating func settle(_ connection: Connection) {
        // Each round dispatches at least one of the waiting requests, of which no more than was read at
        // once are left.
        repeat {
            if connection.phase == .reading, connection.hasUnparsed,
                connection.output.count < limits.pipelinedOutputBytes
            {
                parsePending(connection)
            }
            flush(connection)
        } while connection.phase == .reading && connection.hasUnparsed && connection.output.isEmpty
        if connection.phase == .closed { return }
        guard connection.output.isEmpty else {
            setInterest(connection, .output)
            return time(connection, .write)
        }
        switch connection.phase {
        case .finishing: linger(connection)
        case .reading:
            setInterest(connection, [.input, .peerClosed])
            time(connection, readingTimeout(connection))
            countInput(connection)
        case .handling:
            watchForPeer(connection)
            if connection.exchange?.park == nil { time(connection, .handler) } else { time(connection, nil) }
        case .streaming:
            watchForPeer(connection)
            time(connection, nil)
        case .lingering, .closed: break
        }
    }

    /// After writing, look for input again; if there is some that can't be read yet, that is found out once.
    private mutating func watchForPeer(_ connection: Connection) {
        if connection.interest.contains(.output) { setInterest(connection, [.input, .peerClosed]) }
    }

    private mutating func readingTimeout(_ connection: Connection) -> TimeoutClass {
        if connection.parser.isInBody { return .body }
        if connection.parser.isInHead || !connection.pending.isEmpty || !connection.hasBeenUsed {
            return .header
        }
        return .idle
    }

    /// Runs the timeout; one of the same class goes on unless there has been progress.
    private mutating func time(_ connection: Connection, _ kind: TimeoutClass?) {
        guard let kind else { return timeouts.clear(connection.slot) }
        if timeouts.kind(of: connection.slot) == kind, connection.timedProgress == connection.progress {
            return
        }
        connection.timedProgress = connection.progress
        timeouts.set(connection.slot, kind, now: now)
    }
}
