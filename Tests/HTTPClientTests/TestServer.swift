import Glibc
import Synchronization

/// A small HTTP server for these tests: a thread that accepts, and one for each connection.
///
/// The handler gets the raw request (head and body) and says what to send, in pieces with pauses, and what then.
final class TestServer: Sendable {
    struct Reply: Sendable {
        /// What is sent, piece by piece, with `pause` between.
        var pieces: [String]
        var pause: Duration = .zero
        /// Whether the connection is closed afterwards.
        var closes = false

        init(_ body: String, status: String = "200 OK", headers: [String] = []) {
            let fields = headers.map { $0 + "\r\n" }.joined()
            pieces = ["HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"]
        }

        init(raw pieces: [String], pause: Duration = .zero, closes: Bool = true) {
            self.pieces = pieces
            self.pause = pause
            self.closes = closes
        }
    }

    typealias Handler = @Sendable (_ head: String, _ body: String) -> Reply

    let port: Int
    private let listener: Int32
    private let handler: Handler
    private let accepted = Atomic<Int>(0)

    /// How many connections were accepted.
    var connections: Int { accepted.load(ordering: .sequentiallyConsistent) }

    /// The address of a path on this server.
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    init(_ handler: @escaping Handler) {
        self.handler = handler
        (listener, port) = Self.listen()
        detach { server in server.acceptConnections() }
    }

    deinit { close(listener) }

    /// Stops accepting, which also lets the accepting thread let go of the server.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// A port on which nobody listens.
    static func unusedPort() -> Int {
        let (socket, port) = listen()
        close(socket)
        return port
    }

    private static func listen() -> (Int32, Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, length)
                _ = Glibc.listen(socket, 64)
                _ = getsockname(socket, address, &length)
            }
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func acceptConnections() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 { return }
            accepted.add(1, ordering: .sequentiallyConsistent)
            detach { server in server.serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        var buffer = ""
        defer { close(connection) }
        while let (head, body) = readRequest(connection, &buffer) {
            let reply = handler(head, body)
            for (place, piece) in reply.pieces.enumerated() {
                if place > 0 { usleep(UInt32(reply.pause / .microseconds(1))) }
                let sent = piece.withCString {
                    send(connection, $0, piece.utf8.count, Int32(MSG_NOSIGNAL))
                }
                if sent < 0 { return }
            }
            if reply.closes { return }
        }
    }

    private func readRequest(_ connection: Int32, _ buffer: inout String) -> (head: String, body: String)? {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let parts = buffer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                let fields = parts[0].lowercased().split(separator: "\r\n")
                let field = fields.first { $0.hasPrefix("content-length:") }
                let length = field.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
                if parts[1].utf8.count >= length {
                    let body = String(decoding: parts[1].utf8.prefix(length), as: UTF8.self)
                    let rest = String(decoding: parts[1].utf8.dropFirst(length), as: UTF8.self)
                    defer { buffer = rest }
                    return (String(parts[0]), body)
                }
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            if count <= 0 { return nil }
            buffer += String(decoding: chunk.prefix(count), as: UTF8.self)
        }
    }

    private func detach(_ body: @escaping @Sendable (TestServer) -> Void) {
        final class Job {
            let run: () -> Void
            init(_ run: @escaping () -> Void) { self.run = run }
        }
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job { body(self) })
        pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, job.toOpaque())
        pthread_detach(thread)
    }
}
