import CLinux
import Glibc

/// What epoll watches for and reports (epoll_ctl(2)).
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt32

    /// EPOLLIN: input, or its end.
    static let input = Readiness(rawValue: UInt32(CLINUX_IN))
    /// EPOLLOUT: output is taken.
    static let output = Readiness(rawValue: UInt32(CLINUX_OUT))
    /// EPOLLRDHUP: the peer has closed its sending side.
    static let peerClosed = Readiness(rawValue: UInt32(CLINUX_RDHUP))
    /// EPOLLERR or EPOLLHUP: the connection is over. Always reported.
    static let broken = Readiness(rawValue: UInt32(CLINUX_ERR | CLINUX_HUP))
}

/// A level-triggered epoll instance. Owned by one loop, closed with it.
struct Epoll: Sendable {
    private let fd: Int32

    init() throws(HTTPServerError) {
        fd = clinux_epoll_create()
        guard fd >= 0 else { throw .noResources(reason: SystemError.current.description) }
    }

    /// epoll_ctl(EPOLL_CTL_ADD); false when the kernel refuses.
    func add(_ descriptor: Int32, _ readiness: Readiness, datum: UInt64) -> Bool {
        clinux_epoll_control(fd, Int32(CLINUX_EPOLL_ADD), descriptor, readiness.rawValue, datum) == 0
    }

    /// epoll_ctl(EPOLL_CTL_MOD). The descriptor is watched already, so that it can't fail.
    func modify(_ descriptor: Int32, _ readiness: Readiness, datum: UInt64) {
        _ = clinux_epoll_control(fd, Int32(CLINUX_EPOLL_MOD), descriptor, readiness.rawValue, datum)
    }

    /// epoll_wait; how many of `events` were filled in. A signal counts as none.
    func wait(_ events: inout [clinux_event], milliseconds: Int32) -> Int {
        Int(max(0, clinux_epoll_wait(fd, &events, Int32(events.count), milliseconds)))
    }

    func close() { Glibc.close(fd) }
}
