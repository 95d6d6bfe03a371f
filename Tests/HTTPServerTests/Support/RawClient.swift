import Glibc

/// A blocking client socket that sends exactly what it is told to.
final class RawClient {
    private var fd: Int32
    private var received: [UInt8] = []

    /// A response as read from the wire; interim responses are skipped by the reader.
    struct Response {
        var status = 0
        var fields: [(name: String, value: String)] = []
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }
        subscript(name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }
    }

    /// - Parameter receiveBuffer: SO_RCVBUF, for tests with slow readers.
    init(port: Int, seconds: Int = 10, receiveBuffer: Int32? = nil) {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var timeout = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer { setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        var noDelay: Int32 = 1
        setsockopt(fd, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close() }

    func close() {
        if fd >= 0 { Glibc.close(fd) }
        fd = -1
    }

    /// Ends the connection with a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func closeSendingSide() { shutdown(fd, Int32(SHUT_WR)) }

    /// False when the server does not take it all.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// More bytes; false at the end, at a reset, or after the timeout.
    @discardableResult
    func receive(atMost limit: Int = 65536) -> Bool {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(fd, &buffer, limit, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }

    /// Whether the server has closed its side (and sent nothing more), within the timeout.
    var isAtEnd: Bool {
        var byte: UInt8 = 0
        return received.isEmpty && recv(fd, &byte, 1, 0) == 0
    }

    /// Whether there is nothing to read for a while.
    func isQuiet(milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
        return received.isEmpty && poll(&watched, 1, milliseconds) == 0
    }

    /// Everything until the end.
    func readAll() -> [UInt8] {
        while receive() {}
        defer { received = [] }
        return received
    }

    /// The next final response; nil when the connection ends before it does.
    func response(toHead: Bool = false) -> Response? {
        while true {
            guard let head = readHead() else { return nil }
            guard head.status >= 200 else { continue }
            var response = head
            if toHead || head.status == 204 || head.status == 304 { return response }
            if let length = head["content-length"].flatMap({ Int($0) }) {
                guard let body = take(length) else { return nil }
                response.body = body
            } else if head["transfer-encoding"] == "chunked" {
                guard let body = readChunks() else { return nil }
                response.body = body
            } else {
                response.body = readAll()
            }
            return response
        }
    }

    /// The next status line and field lines, interim responses too.
    func readHead() -> Response? {
        guard let head = line(), head.hasPrefix("HTTP/1.1 ") else { return nil }
        var response = Response()
        response.status = Int(head.dropFirst(9).prefix(3)) ?? 0
        while let field = line(), !field.isEmpty {
            let parts = field.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            response.fields.append((parts[0].lowercased(), String(parts[1].drop { $0 == " " })))
        }
        return response
    }

    /// The next chunk's data, empty for the last one.
    func readChunk() -> [UInt8]? {
        guard let size = line().flatMap({ Int($0, radix: 16) }), let data = take(size), line() == "" else {
            return nil
        }
        return data
    }

    private func readChunks() -> [UInt8]? {
        var body: [UInt8] = []
        while let data = readChunk() {
            if data.isEmpty { return body }
            body += data
        }
        return nil
    }

    private func take(_ count: Int) -> [UInt8]? {
        while received.count < count { guard receive() else { return nil } }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private func line() -> String? {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                defer { received.removeFirst(end + 1) }
                guard end > 0, received[end - 1] == 0x0D else { return nil }
                return String(decoding: received[..<(end - 1)], as: UTF8.self)
            }
            guard receive() else { return nil }
        }
    }
}
