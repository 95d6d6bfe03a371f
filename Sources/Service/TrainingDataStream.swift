import HTTPServer
import JSON
import Logging
import Store

/// Sends all data that a session's student was trained on, as NDJSON, page by page as the client takes them: a session may have far
/// more data than should be in memory at once.
struct TrainingDataStream: Sendable {
    let store: Store
    let session: String
    let logger: Logger

    private static let pageSize = 500

    func send(to exchange: HTTPExchange) async {
        let head = HTTPResponse(.ok, headers: ["Content-Type": "application/x-ndjson"])
        let (drained, drain) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        guard let stream = exchange.startStream(head) else { return }
        stream.onDrain { drain.yield() }
        exchange.onClose { drain.finish() }
        do {
            try await send(on: stream, drained: drained)
            stream.finish()
        } catch {
            // The status line is out already: only a broken chunked body can tell the client that something is missing.
            logger.error("training data cut short", metadata: ["session": "\(session)", "error": "\(error)"])
            stream.abort()
        }
    }

    private func send(on stream: HTTPResponseStream, drained: AsyncStream<Void>) async throws {
        var place: (iteration: Int, position: Int)?
        var drains = drained.makeAsyncIterator()
        while true {
            let page = try await store.trainedData(of: session, after: place, limit: Self.pageSize)
            guard let last = page.last else { return }
            guard case .accepted(let buffered) = stream.write(Self.lines(page)) else { return }
            if buffered > stream.highWaterMark, await drains.next() == nil { return }
            place = (last.iteration, last.position)
        }
    }

    private static func lines(_ page: [StoredDatum]) -> [UInt8] {
        var writer = JSONWriter()
        for stored in page {
            writer.object { object in
                object("iteration", stored.iteration)
                object("instruction", stored.datum.instruction)
                object("response", stored.datum.response)
                object("skill", stored.datum.skill)
                object("subskill", stored.datum.subskill)
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
