import Synchronization

/// A reading of a server's counters. Taken without stopping the loops, so that sums may be a few requests
/// apart.
public struct HTTPServerCounters: Sendable {
    /// Connections open now.
    public internal(set) var connectionsOpen = 0
    /// Connections accepted since the start.
    public internal(set) var connectionsAccepted = 0
    /// Whole requests read since the start.
    public internal(set) var requests = 0
    /// Requests refused by the parser or a timeout since the start.
    public internal(set) var refusals = 0
    /// Responses by the first digit of their status, 1...5 (index 0 is unused).
    public internal(set) var responsesByClass = [Int](repeating: 0, count: 6)
    /// Bytes received since the start.
    public internal(set) var bytesReceived = 0
    /// Bytes sent since the start.
    public internal(set) var bytesSent = 0
    /// Connections ended by a timeout since the start.
    public internal(set) var timeouts = 0
    /// Times that accepting was paused for want of descriptors or because of the connection limit.
    public internal(set) var acceptPauses = 0
}

/// One loop's counters. Only the loop's thread writes, so that a plain load and store is an increment.
final class LoopCounters: Sendable {
    let accepted = Atomic<Int>(0)
    let requests = Atomic<Int>(0)
    let refusals = Atomic<Int>(0)
    let responses1 = Atomic<Int>(0)
    let responses2 = Atomic<Int>(0)
    let responses3 = Atomic<Int>(0)
    let responses4 = Atomic<Int>(0)
    let responses5 = Atomic<Int>(0)
    let bytesReceived = Atomic<Int>(0)
    let bytesSent = Atomic<Int>(0)
    let timeouts = Atomic<Int>(0)
    let acceptPauses = Atomic<Int>(0)

    func countResponse(_ status: HTTPStatus) {
        switch status.code / 100 {
        case 1: responses1.bump()
        case 2: responses2.bump()
        case 3: responses3.bump()
        case 4: responses4.bump()
        default: responses5.bump()
        }
    }

    func add(to total: inout HTTPServerCounters) {
        total.connectionsAccepted += accepted.load(ordering: .relaxed)
        total.requests += requests.load(ordering: .relaxed)
        total.refusals += refusals.load(ordering: .relaxed)
        total.responsesByClass[1] += responses1.load(ordering: .relaxed)
        total.responsesByClass[2] += responses2.load(ordering: .relaxed)
        total.responsesByClass[3] += responses3.load(ordering: .relaxed)
        total.responsesByClass[4] += responses4.load(ordering: .relaxed)
        total.responsesByClass[5] += responses5.load(ordering: .relaxed)
        total.bytesReceived += bytesReceived.load(ordering: .relaxed)
        total.bytesSent += bytesSent.load(ordering: .relaxed)
        total.timeouts += timeouts.load(ordering: .relaxed)
        total.acceptPauses += acceptPauses.load(ordering: .relaxed)
    }
}

extension Atomic<Int> {
    /// Adds without a locked instruction; right only where one thread writes.
    @inline(__always)
    borrowing func bump(_ amount: Int = 1) {
        store(load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
