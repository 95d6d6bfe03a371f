import Glibc

/// Bytes in, requests out.
extension EventLoop {
    mutating func ready(_ connection: Connection, _ events: Readiness) {
        if !events.isDisjoint(with: .broken) { return close(connection) }
        if events.contains(.output) { settle(connection) }
        guard !events.isDisjoint(with: [.input, .peerClosed]) else { return }
        switch connection.phase {
        case .reading where connection.output.isEmpty: receive(connection)
        case .lingering: drop(connection)
        case .closed: break
        default: readableWhileBusy(connection, events)
        }
    }

    /// There is input, or its end, that can't be read now: stop watching for it until it can.
    private mutating func readableWhileBusy(_ connection: Connection, _ events: Readiness) {
        let writing = connection.interest.intersection(.output)
        guard events.contains(.peerClosed) else {
            return setInterest(connection, writing.union(.peerClosed))
        }
        connection.peerHasClosed = true
        setInterest(connection, writing)
        // A client that only closed its sending side gets an answer; for a poll that is "nothing yet", now.
        if connection.exchange?.park != nil { timeOutPark(connection) }
    }

    mutating func receive(_ connection: Connection) {
        switch valueOrError({ recv(connection.fd, scratch.baseAddress, scratch.count, 0) }) {
        case .success(let count) where count > 0:
            handle.counters.bytesReceived.bump(count)
            let fresh = UnsafeRawBufferPointer(rebasing: scratch[..<count])
            if connection.parser.isInBody { connection.moved(count) }
            if connection.pending.isEmpty {
                fresh.withMemoryRebound(to: UInt8.self) { (bytes: UnsafeBufferPointer<UInt8>) in
                    let consumed = parse(connection, bytes.span)
                    if consumed < count, connection.phase != .closed {
                        connection.pending = Array(bytes[consumed...])
                    }
                }
            } else {
                connection.pending.append(contentsOf: fresh)
                parsePending(connection)
            }
            settle(connection)
        case .failure(.wouldBlock): break
        default:
            // End of input in between requests or within one: there is nothing to answer.
            close(connection)
        }
    }

    mutating func parsePending(_ connection: Connection) {
        var buffer: [UInt8] = []
        swap(&buffer, &connection.pending)
        let consumed = parse(connection, buffer.span)
        guard connection.phase != .closed, consumed < buffer.count else { return }
        buffer.removeFirst(consumed)
        swap(&buffer, &connection.pending)
    }

    /// Parses and dispatches until the input ends, a request has to wait for its answer, or too much output
    /// is queued.
    /// - Returns: how many bytes are done with.
    private mutating func parse(_ connection: Connection, _ input: Span<UInt8>) -> Int {
        var position = 0
        while connection.phase == .reading, position < input.count {
            let (consumed, step) = connection.parser.consume(input.extracting(position..<input.count))
            position += consumed
            switch step {
            case .needMore:
                connection.hasUnparsed = false
                waitForMore(connection)
                return position
            case .request(let head, let body): dispatch(connection, head, body)
            case .failed(let error):
                refuse(connection, error.status, error.reason)
                position = input.count
            }
            guard connection.output.count >= limits.pipelinedOutputBytes else { continue }
            flush(connection)
            if !connection.output.isEmpty { break }
        }
        // After the last response nothing more is a request.
        if connection.phase == .finishing { position = input.count }
        connection.hasUnparsed = position < input.count
        return position
    }

    private mutating func waitForMore(_ connection: Connection) {
        if connection.parser.takeContinueRequest() {
            connection.output.tail.append(literal: "HTTP/1.1 100 Continue\r\n\r\n")
        }
    }

    /// Keeps the sum of what is held for requests that aren't complete; refuses the one that goes over its
    /// bound.
    mutating func countInput(_ connection: Connection) {
        let held = connection.parser.bodyBytesReceived + connection.pending.count
        guard held != connection.countedInput else { return }
        let grows = held > connection.countedInput
        receivingBytes += held - connection.countedInput
        connection.countedInput = held
        guard grows, receivingBytes > limits.receivingBytes else { return }
        refuse(connection, .serviceUnavailable, "too much is being received at once")
        settle(connection)
    }

    mutating func uncountInput(_ connection: Connection) {
        receivingBytes -= connection.countedInput
        connection.countedInput = 0
    }

    private mutating func dispatch(_ connection: Connection, _ head: HTTPRequestHead, _ body: [UInt8]) {
        uncountInput(connection)
        handle.counters.requests.bump()
        connection.hasBeenUsed = true
        connection.step()
        // This server is no proxy, and a 2xx to CONNECT would turn the connection into a tunnel.
        if head.method == .connect {
            return refuse(connection, .notImplemented, "CONNECT is not supported here")
        }
        let id =
            head.clientRequestID.map { RequestID.client($0) } ?? ids.next(milliseconds: clock.milliseconds)
        let request = HTTPRequest(head: head, body: body, remoteAddress: connection.remoteAddress, id: id)
        let key = ExchangeKey(slot: connection.slot, token: nextToken)
        nextToken &+= 2
        let isObserved = shared.configuration.observer != nil
        connection.exchange = ActiveExchange(
            key: key, id: id, isHead: head.method == .head, isHTTP10: head.minorVersion == 0,
            keepsAlive: head.keepsAlive, started: isObserved ? Monotonic.now : 0,
            request: isObserved ? request : nil)
        connection.phase = .handling
        handle.exchanges.open(key)
        let exchange = HTTPExchange(
            loop: handle, key: key, streamHighWater: limits.streamBufferBytes,
            streamOverflow: limits.streamOverflowBytes)
        guard let response = shared.handler(request, exchange), handle.exchanges.win(key) else { return }
        answer(connection, response)
    }
}
