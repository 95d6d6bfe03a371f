import CLinux

/// One thread's loop: its listeners, its epoll, its connections. Nothing of it is shared with other loops
/// but counters, so that the request path takes no lock but the inbox's.
///
/// Extensions in this folder hold the parts: accepting, reading, answering, writing, timing out, shutting
/// down.
struct EventLoop: ~Copyable {
    private static let wakeDatum = UInt64.max
    private static let listenerDatum = UInt64.max - 1

    let handle: LoopHandle
    let shared: SharedServerState
    let limits: HTTPLimits
    let epoll: Epoll
    var listeners: [Int32]

    /// Connections by slot, with the generation that the slot's next connection gets.
    var connections: [Connection?] = []
    var freeSlots: [Int] = []
    var generation: UInt32 = 0
    var openCount = 0
    var lingeringCount = 0
    var nextToken: UInt64 = 2

    var timeouts: TimeoutLists
    var parks = ParkHeap()
    var parkedCount = 0
    var now = Monotonic.now
    var clock = WallClock()
    var ids = RequestIDGenerator()
    /// Connections with output from the inbox, to be flushed once.
    var dirty: [Connection] = []
    /// Buffers for output, so that idle connections hold none.
    var spareBuffers: [[UInt8]] = []
    var receivingBytes = 0
    var acceptResumes: UInt64?
    var drainDeadline: UInt64?
    /// Where reads go. Allocated here and freed in deinit; only the loop's thread touches it.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    /// Takes over the parts; ``run()`` gives them back.
    init(_ parts: LoopParts, shared: SharedServerState) {
        self.shared = shared
        (handle, epoll, listeners) = (parts.handle, parts.epoll, parts.listeners)
        limits = shared.configuration.limits
        timeouts = TimeoutLists(limits: shared.configuration.limits)
    }

    deinit { scratch.deallocate() }

    /// Runs until the server is shut down.
    mutating func run() {
        handle.claimThread()
        _ = epoll.add(handle.wakeDescriptor, .input, datum: Self.wakeDatum)
        for fd in listeners { _ = epoll.add(fd, .input, datum: Self.listenerDatum - UInt64(fd)) }
        var events = [clinux_event](repeating: clinux_event(), count: 256)
        while !isFinished {
            takeInbox()
            let count = epoll.wait(&events, milliseconds: waitMilliseconds())
            now = Monotonic.now
            clock.update()
            for event in events[..<count] { act(on: event) }
            takeInbox()
            expire()
            hastenDrain()
        }
        closeEverything()
    }

    private mutating func act(on event: clinux_event) {
        if event.data == Self.wakeDatum { return handle.clearWake() }
        let slot = Int(UInt32(truncatingIfNeeded: event.data))
        if event.data > UInt64(UInt32.max) << 32 {
            return accept(from: Int32(truncatingIfNeeded: Self.listenerDatum - event.data))
        }
        guard slot < connections.count, let connection = connections[slot],
            connection.generation == UInt32(truncatingIfNeeded: event.data >> 32)
        else { return }
        ready(connection, Readiness(rawValue: event.events))
    }

    /// How long epoll may wait: until the next deadline, not at all when the inbox has something.
    private mutating func waitMilliseconds() -> Int32 {
        if handle.hasCommands { return 0 }
        let others = min(acceptResumes ?? .max, drainDeadline ?? .max)
        let earliest = min(timeouts.next ?? .max, parks.first?.deadline ?? .max, others)
        guard earliest < .max else { return -1 }
        let current = Monotonic.now
        guard earliest > current else { return 0 }
        return Int32(min((earliest - current) / 1_000_000 + 1, 60_000))
    }

    mutating func setInterest(_ connection: Connection, _ interest: Readiness) {
        guard connection.interest != interest else { return }
        connection.interest = interest
        epoll.modify(connection.fd, interest, datum: connection.datum)
    }

    /// The connection whose exchange this is, if it still waits for its answer.
    mutating func connection(_ key: ExchangeKey) -> Connection? {
        guard key.slot < connections.count, let connection = connections[key.slot],
            connection.exchange?.key == key
        else { return nil }
        return connection
    }

    // MARK: Listeners

    mutating func pauseAccepting(seconds: Double) {
        guard acceptResumes == nil else { return }
        handle.counters.acceptPauses.bump()
        acceptResumes = now &+ Monotonic.nanoseconds(seconds)
        for fd in listeners { epoll.modify(fd, [], datum: Self.listenerDatum - UInt64(fd)) }
    }

    mutating func resumeAccepting() {
        acceptResumes = nil
        for fd in listeners { epoll.modify(fd, .input, datum: Self.listenerDatum - UInt64(fd)) }
    }
}
