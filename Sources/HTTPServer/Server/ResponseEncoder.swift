/// Writes response heads (RFC 9112 4 and 5). Lines come in one order: status, Date, X-Request-Id, framing,
/// the handler's own.
enum ResponseEncoder {
    /// How the content after the head is delimited.
    enum Framing {
        case length(Int)
        case chunked
        /// By the end of the connection (HTTP/1.0 streams).
        case close
        /// The status allows no content.
        case none
    }

    static func append(
        _ response: HTTPResponse, framing: Framing, id: RequestID, dateLine: [UInt8], closes: Bool,
        saysKeepAlive: Bool, to out: inout [UInt8]
    ) {
        appendStatusLine(response.status, to: &out)
        out.append(contentsOf: dateLine)
        out.append(literal: "X-Request-Id: ")
        id.append(to: &out)
        switch framing {
        case .length(let length):
            out.append(literal: "\r\nContent-Length: ")
            out.append(decimal: length)
        case .chunked: out.append(literal: "\r\nTransfer-Encoding: chunked")
        case .close, .none: break
        }
        if closes {
            out.append(literal: "\r\nConnection: close")
        } else if saysKeepAlive {
            out.append(literal: "\r\nConnection: keep-alive")
        }
        for line in response.headers.lines {
            out.append(literal: "\r\n")
            out.append(contentsOf: line.name.utf8)
            out.append(literal: ": ")
            out.append(contentsOf: line.value.utf8)
        }
        out.append(literal: "\r\n\r\n")
    }

    /// One chunk of a chunked body (RFC 9112 7.1). Empty data would end the body, so that it is nothing.
    static func append(chunk: [UInt8], to out: inout OutputQueue) {
        guard !chunk.isEmpty else { return }
        out.tail.append(contentsOf: String(chunk.count, radix: 16).utf8)
        out.tail.append(literal: "\r\n")
        out.append(body: chunk)
        out.tail.append(literal: "\r\n")
    }

    private static func appendStatusLine(_ status: HTTPStatus, to out: inout [UInt8]) {
        switch status.code {
        case 200: out.append(literal: "HTTP/1.1 200 OK\r\n")
        case 202: out.append(literal: "HTTP/1.1 202 Accepted\r\n")
        case 204: out.append(literal: "HTTP/1.1 204 No Content\r\n")
        case 304: out.append(literal: "HTTP/1.1 304 Not Modified\r\n")
        default:
            out.append(literal: "HTTP/1.1 ")
            out.append(decimal: status.code)
            out.append(0x20)
            out.append(contentsOf: status.reason.utf8)
            out.append(literal: "\r\n")
        }
    }
}
