import CLinux
import Glibc

/// Why a server can't start.
public enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name isn't an address and doesn't resolve to one.
    case unknownHost(String)
    /// The address can't be bound or listened on; `reason` is the system's.
    case cannotListen(host: String, port: Int, reason: String)
    /// epoll, eventfd or a thread couldn't be made; `reason` is the system's.
    case noResources(reason: String)
    /// `start()` has been called before.
    case alreadyStarted

    /// One line for the operator.
    public var description: String {
        switch self {
        case .unknownHost(let host): "unknown host: \(host)"
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        case .noResources(let reason): "cannot start the event loops: \(reason)"
        case .alreadyStarted: "the server has been started before"
        }
    }
}

/// Makes the listening sockets: one for each address and event loop, sharing the port by SO_REUSEPORT, so
/// that the kernel spreads connections and no lock is shared.
enum ListeningSocket {
    struct Bound {
        let fd: Int32
        let address: HTTPSocketAddress
    }

    /// The sockets of one host name, `loops` for each of its addresses; the first socket settles port 0.
    /// Addresses in `taken` are left out: "127.0.0.1" and "localhost" may both be asked for.
    static func open(
        host: String, port: Int, loops: Int, taken: [HTTPSocketAddress]
    ) throws(HTTPServerError) -> [[Bound]] {
        var result: [[Bound]] = []
        var failure: HTTPServerError?
        var chosen = port
        let addresses = try resolve(host)
        let fresh = addresses.filter { address in
            !taken.contains { $0.host == HTTPSocketAddress(address).host }
        }
        if fresh.isEmpty, !addresses.isEmpty { return [] }
        for address in fresh {
            do throws(HTTPServerError) {
                // SO_REUSEPORT would let a second server take half of our connections unnoticed.
                if chosen != 0 { try probe(address, host: host, port: chosen) }
                let group = try openGroup(address, host: host, port: chosen, loops: loops)
                chosen = group.first?.address.port ?? chosen
                result.append(group)
            } catch {
                failure = failure ?? error
            }
        }
        // "localhost" on a machine without IPv6 resolves to two addresses of which one works.
        if result.isEmpty { throw failure ?? .unknownHost(host) }
        return result
    }

    private static func openGroup(
        _ address: sockaddr_storage, host: String, port: Int, loops: Int
    ) throws(HTTPServerError) -> [Bound] {
        var group: [Bound] = []
        do throws(HTTPServerError) {
            for _ in 0..<loops {
                group.append(try listen(address, host: host, port: group.first?.address.port ?? port))
            }
        } catch {
            for socket in group { close(socket.fd) }
            throw error
        }
        return group
    }

    private static func resolve(_ host: String) throws(HTTPServerError) -> [sockaddr_storage] {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw .unknownHost(host) }
        defer { freeaddrinfo(list) }
        var result: [sockaddr_storage] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                var storage = sockaddr_storage()
                withUnsafeMutableBytes(of: &storage) {
                    $0.copyMemory(
                        from: UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen)))
                }
                result.append(storage)
            }
            next = entry.pointee.ai_next
        }
        return result
    }

    /// Binds without SO_REUSEPORT for a moment: fails where another socket listens already.
    private static func probe(_ address: sockaddr_storage, host: String, port: Int) throws(HTTPServerError) {
        let fd = try bound(address, host: host, port: port, sharing: false)
        close(fd)
    }

    private static func listen(
        _ address: sockaddr_storage, host: String, port: Int
    ) throws(HTTPServerError) -> Bound {
        let fd = try bound(address, host: host, port: port, sharing: true)
        SocketOption.prepareConnections(of: fd)
        guard Glibc.listen(fd, 4096) == 0 else { throw failed(fd, host, port) }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &length) }
        }
        guard status == 0 else { throw failed(fd, host, port) }
        return Bound(fd: fd, address: HTTPSocketAddress(storage))
    }

    private static func bound(
        _ address: sockaddr_storage, host: String, port: Int, sharing: Bool
    ) throws(HTTPServerError) -> Int32 {
        var address = address
        let isIPv6 = Int32(address.ss_family) == AF_INET6
        let fd = clinux_stream_socket(Int32(address.ss_family))
        guard fd >= 0 else { throw failed(nil, host, port) }
        SocketOption.set(fd, SOL_SOCKET, SO_REUSEADDR, 1)
        if sharing { SocketOption.set(fd, SOL_SOCKET, SO_REUSEPORT, 1) }
        // "::" must not take IPv4's port as well: both may be asked for.
        if isIPv6 { SocketOption.set(fd, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        // sin_port and sin6_port are both at offset 2.
        withUnsafeMutableBytes(of: &address) {
            $0.storeBytes(of: UInt16(truncatingIfNeeded: port).bigEndian, toByteOffset: 2, as: UInt16.self)
        }
        let length = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(fd, $0, socklen_t(length)) }
        }
        guard status == 0 else { throw failed(fd, host, port) }
        return fd
    }

    private static func failed(_ fd: Int32?, _ host: String, _ port: Int) -> HTTPServerError {
        let error = SystemError.current
        if let fd { close(fd) }
        return .cannotListen(host: host, port: port, reason: error.description)
    }
}

/// setsockopt for the integer options used here. A refused option is not worth failing for.
enum SocketOption {
    static func set(_ fd: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(fd, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// What connections inherit from their listener: no delay for small writes, and keep-alive probes that
    /// find dead peers in about two minutes (streams and long polls have nothing else to find them by).
    static func prepareConnections(of fd: Int32) {
        set(fd, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(fd, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
    }
}
