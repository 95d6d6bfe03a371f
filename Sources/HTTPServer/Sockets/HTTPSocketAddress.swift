import Glibc

/// An IPv4 or IPv6 address and port, kept as numbers so that copying one is cheap.
public struct HTTPSocketAddress: Sendable, Hashable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64
    /// Whether it is an IPv6 address.
    public let isIPv6: Bool
    /// The port, 0...65535.
    public let port: Int

    /// 0.0.0.0:0, for requests that came from no socket.
    static let unknown = HTTPSocketAddress(high: 0, low: 0, isIPv6: false, port: 0)

    private init(high: UInt64, low: UInt64, isIPv6: Bool, port: Int) {
        (self.high, self.low, self.isIPv6, self.port) = (high, low, isIPv6, port)
    }

    /// From what the kernel filled in; unknown families read as ``unknown``.
    init(_ storage: sockaddr_storage) {
        var storage = storage
        self = withUnsafeBytes(of: &storage) { raw in
            switch Int32(raw.loadUnaligned(as: sa_family_t.self)) {
            case AF_INET:
                let address = raw.loadUnaligned(as: sockaddr_in.self)
                return HTTPSocketAddress(
                    high: 0, low: UInt64(UInt32(bigEndian: address.sin_addr.s_addr)), isIPv6: false,
                    port: Int(UInt16(bigEndian: address.sin_port)))
            case AF_INET6:
                // sin6_port is at 2, sin6_addr at 8 (struct sockaddr_in6).
                return HTTPSocketAddress(
                    high: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                    low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                    isIPv6: true,
                    port: Int(UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 2, as: UInt16.self))))
            default: return .unknown
            }
        }
    }

    /// The address without the port, as inet_ntop(3) writes it.
    public var host: String {
        var bytes = [UInt8](repeating: 0, count: 16)
        if isIPv6 {
            for index in 0..<8 {
                bytes[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
                bytes[8 + index] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
            }
        } else {
            for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: low >> UInt64(24 - 8 * index)) }
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &text, socklen_t(text.count)) != nil else {
            return ""
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `127.0.0.1:8080` or `[::1]:8080`.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only this machine can reach it (127.0.0.0/8, ::1, and the former mapped into IPv6).
    public var isLoopback: Bool {
        if !isIPv6 { return low >> 24 == 127 }
        return high == 0 && (low == 1 || low >> 24 == 0xFFFF7F)
    }
}
