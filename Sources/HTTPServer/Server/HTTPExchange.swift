/// What answers requests. Returning a response answers at once; returning nil means that the exchange was
/// kept and will be answered through it, from any thread.
///
/// Handlers run on an event loop's thread, which serves thousands of other connections: they must not
/// block. Slow work belongs on other threads.
public typealias HTTPHandler =
    @Sendable (_ request: HTTPRequest, _ exchange: HTTPExchange) -> HTTPResponse?

/// The right to answer one request: a small value that may be copied, kept and used from any thread. The
/// first answer wins; later ones, and those after the client has gone, do nothing and say so.
public struct HTTPExchange: Sendable {
    let loop: LoopHandle
    let key: ExchangeKey
    let streamHighWater: Int
    let streamOverflow: Int

    /// Whether an answer would still be taken.
    public var isOpen: Bool { loop.exchanges.isWaiting(key) }

    /// Answers. True if this was the first answer and the client was still there.
    @discardableResult
    public func respond(_ response: HTTPResponse) -> Bool {
        guard loop.exchanges.win(key) else { return false }
        loop.post(.respond(key, response))
        return true
    }

    /// Sets a deadline for a long poll: if nobody has answered by then, the loop answers with what
    /// `onTimeout` returns (called on the loop's thread). Replaces an earlier deadline and the handler
    /// timeout. A client that closes its side gets that answer at once, and so does everyone when the
    /// server shuts down.
    /// - Parameter seconds: from now; at least 0.
    public func park(seconds: Double, onTimeout: @escaping @Sendable () -> HTTPResponse?) {
        guard isOpen else { return }
        let deadline = Monotonic.now &+ Monotonic.nanoseconds(seconds)
        loop.post(.park(key, deadline: deadline, onTimeout: onTimeout))
    }

    /// Calls `closure`, once, on the loop's thread, when the client has gone before the answer (or the
    /// stream) was complete, so that whoever waits for this exchange can be freed. If the exchange ends in
    /// the very moment of the call the closure may run although it was answered.
    /// - Returns: false when the exchange is over already; the closure is then never called.
    @discardableResult
    public func onClose(_ closure: @escaping @Sendable () -> Void) -> Bool {
        guard loop.exchanges.isWaiting(key) || loop.exchanges.isStreaming(key) else { return false }
        loop.post(.onClose(key, closure))
        return true
    }

    /// Answers with a stream: status and field lines of `head` now (its body is ignored), content as it is
    /// written. Chunked coding for HTTP/1.1, until the end of the connection for HTTP/1.0; for HEAD, 204
    /// and 304 the stream is closed from the start.
    /// - Returns: nil when the exchange is over already.
    public func startStream(_ head: HTTPResponse) -> HTTPResponseStream? {
        guard loop.exchanges.winStream(key) else { return nil }
        let stream = HTTPResponseStream(
            loop: loop, key: key, highWaterMark: streamHighWater, overflow: streamOverflow)
        loop.post(.startStream(stream, head))
        return stream
    }
}
