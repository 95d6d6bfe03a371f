import GymJSON
import HTTPServer
import JSON
import Logging
import Store

/// Sends all data that a session's student was trained on, as NDJSON, page by page.
struct TrainingDataStream: Sendable {
    let store: Store
    let session: String
    let logger: Logger

    private static let pageSize = 500

    func send(to exchange: HTTPExchange) async {
        await StreamedLines(exchange: exchange, contentType: "application/x-ndjson", logger: logger).send {
            send in
            var place: (iteration: Int, position: Int)?
            while true {
                let page = try await store.trainedData(of: session, after: place, limit: Self.pageSize)
                guard let last = page.last else { return }
                try await send(Self.lines(page))
                place = (last.iteration, last.position)
            }
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
                object("findings", (stored.findings ?? []).map(\.rawValue))
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
