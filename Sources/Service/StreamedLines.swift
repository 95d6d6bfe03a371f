import HTTPServer
import Logging

/// Sends lines that are made while the client takes them: a session may have far more than should be in memory at once.
struct StreamedLines: Sendable {
    let exchange: HTTPExchange
    let contentType: String
    let logger: Logger

    /// The client is gone; nobody is to be told.
    private struct Gone: Error {}

    /// Runs `make`, which calls what it is given with one chunk after another; each call waits until the client has taken enough of the
    /// former ones.
    func send(_ make: (_ chunk: ([UInt8]) async throws -> Void) async throws -> Void) async {
        let (drained, drain) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        guard let stream = exchange.startStream(HTTPResponse(.ok, headers: ["Content-Type": contentType]))
        else { return }
        stream.onDrain { drain.yield() }
        exchange.onClose { drain.finish() }
        var drains = drained.makeAsyncIterator()
        do {
            try await make { chunk in
                guard case .accepted(let buffered) = stream.write(chunk) else { throw Gone() }
                if buffered > stream.highWaterMark, await drains.next() == nil { throw Gone() }
            }
            stream.finish()
        } catch is Gone {
            // Nothing to say to nobody.
        } catch {
            // The status line is out already: only a broken chunked body can tell the client that something is missing.
            logger.error("stream cut short", metadata: ["error": "\(error)"])
            stream.abort()
        }
    }
}
