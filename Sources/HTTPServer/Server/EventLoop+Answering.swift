/// Responses, inline and through exchanges.
extension EventLoop {
    /// Does what handlers and other threads have asked for since the last look.
    mutating func takeInbox() {
        for command in handle.takeCommands() {
            switch command {
            case .respond(let key, let response):
                guard let connection = connection(key) else { break }
                answer(connection, response)
                settle(connection)
            case .park(let key, let deadline, let onTimeout): park(key, deadline, onTimeout)
            case .onClose(let key, let closure):
                if let connection = connection(key) {
                    connection.exchange?.onClose.append(closure)
                } else {
                    // The client left between the call and now.
                    closure()
                }
            case .startStream(let stream, let head): startStream(stream, head)
            case .write(let stream, let bytes): write(stream, bytes)
            case .finish(let stream): finish(stream)
            case .abort(let stream): if let connection = connection(stream.key) { close(connection) }
            case .drain(let deadline): drain(deadline)
            }
        }
        guard !dirty.isEmpty else { return }
        let flushed = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in flushed where connection.phase != .closed {
            connection.isDirty = false
            settle(connection)
        }
    }

    /// Queues the response to the request under way and makes the connection ready for the next one.
    mutating func answer(_ connection: Connection, _ response: HTTPResponse) {
        guard let exchange = connection.exchange else { return }
        let closes = endExchange(connection, exchange, closes: response.closesConnection)
        let framing: ResponseEncoder.Framing =
            response.status.forbidsBody ? .none : .length(response.body.count)
        lendBuffer(connection)
        ResponseEncoder.append(
            response, framing: framing, id: exchange.id, dateLine: clock.dateLine, closes: closes,
            saysKeepAlive: exchange.isHTTP10, to: &connection.output.tail)
        let hasBody = !exchange.isHead && !response.status.forbidsBody
        if hasBody { connection.output.append(body: response.body) }
        handle.counters.countResponse(response.status)
        guard let observer = shared.configuration.observer else { return }
        observer(
            HTTPObservation(
                request: exchange.request, status: response.status, requestID: exchange.id.text,
                remoteAddress: connection.remoteAddress, responseBytes: hasBody ? response.body.count : 0,
                seconds: Double(Monotonic.now &- exchange.started) / 1e9, wasCutShort: false))
    }

    /// Takes the exchange off the connection; true when the connection ends with it.
    private mutating func endExchange(_ connection: Connection, _ exchange: ActiveExchange, closes: Bool)
        -> Bool
    {
        let closes = closes || !exchange.keepsAlive || drainDeadline != nil
        if exchange.park != nil { parkedCount -= 1 }
        connection.exchange = nil
        connection.phase = closes ? .finishing : .reading
        connection.step()
        return closes
    }

    /// Answers what could not be read, or not in time, and ends the connection.
    mutating func refuse(_ connection: Connection, _ status: HTTPStatus, _ reason: String) {
        let id = ids.next(milliseconds: clock.milliseconds)
        let response = HTTPResponse.problem(Problem(status, detail: reason, requestID: id.text))
        connection.exchange = nil
        connection.pending = []
        connection.phase = .finishing
        connection.step()
        uncountInput(connection)
        lendBuffer(connection)
        ResponseEncoder.append(
            response, framing: .length(response.body.count), id: id, dateLine: clock.dateLine, closes: true,
            saysKeepAlive: false, to: &connection.output.tail)
        connection.output.append(body: response.body)
        handle.counters.refusals.bump()
        handle.counters.countResponse(status)
        shared.configuration.observer?(
            HTTPObservation(
                request: nil, status: status, requestID: id.text, remoteAddress: connection.remoteAddress,
                responseBytes: response.body.count, seconds: 0, wasCutShort: false))
    }

    // MARK: Long polls

    private mutating func park(
        _ key: ExchangeKey, _ deadline: UInt64, _ onTimeout: @escaping @Sendable () -> HTTPResponse?
    ) {
        guard let connection = connection(key), handle.exchanges.isWaiting(key) else { return }
        if connection.exchange?.park == nil { parkedCount += 1 }
        connection.exchange?.park = (deadline, onTimeout)
        // A server that shuts down, or a client that has closed its side, doesn't wait.
        if drainDeadline != nil || connection.peerHasClosed {
            return timeOutPark(connection)
        }
        parks.insert(ParkHeap.Entry(deadline: deadline, slot: key.slot, token: key.token))
        timeouts.clear(connection.slot)
        // Entries of answered polls are not taken out one by one; keep them from outnumbering the living.
        if parks.count > 64 + 2 * parkedCount {
            var living = ParkHeap()
            swap(&living, &parks)
            living.removeAll { !isCurrent($0) }
            swap(&living, &parks)
        }
    }

    mutating func isCurrent(_ entry: ParkHeap.Entry) -> Bool {
        connection(ExchangeKey(slot: entry.slot, token: entry.token))?.exchange?.park?.deadline
            == entry.deadline
    }

    /// Answers a parked exchange with its timeout's answer, unless someone else is answering it. Without an answer the
    /// handler is about to give one, as if it had never parked.
    mutating func timeOutPark(_ connection: Connection) {
        guard let exchange = connection.exchange, let park = exchange.park,
            handle.exchanges.isWaiting(exchange.key)
        else { return }
        guard let response = park.onTimeout() else {
            connection.exchange?.park = nil
            parkedCount -= 1
            connection.step()
            return settle(connection)
        }
        guard handle.exchanges.win(exchange.key) else { return }
        answer(connection, response)
        settle(connection)
    }

    // MARK: Streams

    private mutating func startStream(_ stream: HTTPResponseStream, _ head: HTTPResponse) {
        guard let connection = connection(stream.key), var exchange = connection.exchange else {
            return stream.close()
        }
        if exchange.park != nil { parkedCount -= 1 }
        let hasBody = !exchange.isHead && !head.status.forbidsBody
        exchange.park = nil
        exchange.stream = stream
        exchange.streamStatus = head.status
        exchange.isChunked = hasBody && !exchange.isHTTP10
        let closes =
            (hasBody && exchange.isHTTP10) || !exchange.keepsAlive || head.closesConnection
            || drainDeadline != nil
        exchange.closesAfterStream = closes
        let framing: ResponseEncoder.Framing =
            head.status.forbidsBody ? .none : exchange.isHTTP10 ? .close : .chunked
        lendBuffer(connection)
        ResponseEncoder.append(
            head, framing: framing, id: exchange.id, dateLine: clock.dateLine, closes: closes,
            saysKeepAlive: exchange.isHTTP10, to: &connection.output.tail)
        handle.counters.countResponse(head.status)
        connection.exchange = exchange
        connection.phase = .streaming
        markDirty(connection)
        if !hasBody { finish(stream) }
    }

    private mutating func write(_ stream: HTTPResponseStream, _ bytes: [UInt8]) {
        stream.arrived(bytes.count)
        guard let connection = connection(stream.key), connection.phase == .streaming,
            let isChunked = connection.exchange?.isChunked
        else { return }
        lendBuffer(connection)
        if isChunked {
            ResponseEncoder.append(chunk: bytes, to: &connection.output)
        } else {
            connection.output.append(body: bytes)
        }
        connection.exchange?.streamBytes += bytes.count
        stream.setUnsent(connection.output.count)
        markDirty(connection)
    }

    private mutating func finish(_ stream: HTTPResponseStream) {
        stream.close()
        guard let connection = connection(stream.key), connection.phase == .streaming,
            let exchange = connection.exchange
        else { return }
        if exchange.isChunked { connection.output.tail.append(literal: "0\r\n\r\n") }
        handle.exchanges.end(exchange.key)
        _ = endExchange(connection, exchange, closes: exchange.closesAfterStream)
        observeStream(connection, exchange, wasCutShort: false)
        markDirty(connection)
    }

    mutating func observeStream(_ connection: Connection, _ exchange: ActiveExchange, wasCutShort: Bool) {
        shared.configuration.observer?(
            HTTPObservation(
                request: exchange.request, status: exchange.streamStatus, requestID: exchange.id.text,
                remoteAddress: connection.remoteAddress, responseBytes: exchange.streamBytes,
                seconds: Double(Monotonic.now &- exchange.started) / 1e9, wasCutShort: wasCutShort))
    }

    private mutating func markDirty(_ connection: Connection) {
        guard !connection.isDirty else { return }
        connection.isDirty = true
        dirty.append(connection)
    }
}
