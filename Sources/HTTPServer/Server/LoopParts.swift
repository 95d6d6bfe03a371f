import Glibc

/// What one loop is given to run with. Made before any thread starts, so that a lack of resources is an
/// error of `start()`.
struct LoopParts: Sendable {
    let handle: LoopHandle
    let epoll: Epoll
    let listeners: [Int32]

    /// Parts for each loop, and the addresses that all of them listen on.
    static func make(
        _ configuration: HTTPServerConfiguration, loops: Int
    ) throws(HTTPServerError) -> ([LoopParts], [HTTPSocketAddress]) {
        var groups: [[ListeningSocket.Bound]] = []
        var parts: [LoopParts] = []
        do throws(HTTPServerError) {
            for host in configuration.hosts {
                let taken = groups.compactMap { $0.first?.address }
                let port = taken.first?.port ?? configuration.port
                groups += try ListeningSocket.open(host: host, port: port, loops: loops, taken: taken)
            }
            for index in 0..<loops {
                let handle = try LoopHandle(slots: configuration.limits.connections)
                let listeners = groups.map { $0[index].fd }
                parts.append(LoopParts(handle: handle, epoll: try Epoll(), listeners: listeners))
            }
            return (parts, groups.compactMap { $0.first?.address })
        } catch {
            for part in parts { part.epoll.close() }
            for socket in groups.joined() { Glibc.close(socket.fd) }
            throw error
        }
    }

    /// Gives everything back, for parts that no loop has taken over.
    func close() {
        epoll.close()
        for fd in listeners { Glibc.close(fd) }
    }
}
