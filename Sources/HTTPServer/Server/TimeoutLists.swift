/// The timeout classes of a connection; it is in one or none at a time.
package enum TimeoutClass: Int, CaseIterable {
    case header, body, idle, write, handler, linger
}

/// Deadlines of connections as one FIFO list for each class: all entries of a class have the same duration,
/// so that a new deadline is always the latest and goes to the list's end. Every operation is O(1).
///
/// Links are kept by slot in one array: no reference counting.
package struct TimeoutLists {
    private struct Link {
        var previous: Int32 = -1
        var next: Int32 = -1
        var kind: Int8 = -1
        var deadline: UInt64 = 0
    }

    private var links: [Link] = []
    private var heads = [Int32](repeating: -1, count: TimeoutClass.allCases.count)
    private var tails = [Int32](repeating: -1, count: TimeoutClass.allCases.count)
    private let durations: [UInt64]

    /// Durations in nanoseconds, in the order of `TimeoutClass.allCases`.
    package init(durations: [UInt64]) {
        precondition(durations.count == TimeoutClass.allCases.count)
        self.durations = durations
    }

    init(limits: HTTPLimits) {
        self.init(
            durations: [
                limits.headerSeconds, limits.bodySeconds, limits.idleSeconds, limits.writeSeconds,
                limits.handlerSeconds, limits.lingerSeconds,
            ].map { Monotonic.nanoseconds($0) })
    }

    package func kind(of slot: Int) -> TimeoutClass? {
        slot < links.count ? TimeoutClass(rawValue: Int(links[slot].kind)) : nil
    }

    /// Puts the slot at the end of the class's list with a fresh deadline.
    package mutating func set(_ slot: Int, _ kind: TimeoutClass, now: UInt64) {
        if slot >= links.count {
            links.append(contentsOf: repeatElement(Link(), count: slot + 1 - links.count))
        }
        unlink(slot)
        let last = tails[kind.rawValue]
        links[slot] = Link(
            previous: last, next: -1, kind: Int8(kind.rawValue), deadline: now &+ durations[kind.rawValue])
        if last >= 0 { links[Int(last)].next = Int32(slot) } else { heads[kind.rawValue] = Int32(slot) }
        tails[kind.rawValue] = Int32(slot)
    }

    /// Takes the slot out of its list, if it is in one.
    package mutating func clear(_ slot: Int) {
        guard slot < links.count else { return }
        unlink(slot)
    }

    private mutating func unlink(_ slot: Int) {
        let link = links[slot]
        guard link.kind >= 0 else { return }
        let kind = Int(link.kind)
        if link.previous >= 0 { links[Int(link.previous)].next = link.next } else { heads[kind] = link.next }
        if link.next >= 0 {
            links[Int(link.next)].previous = link.previous
        } else {
            tails[kind] = link.previous
        }
        links[slot] = Link()
    }

    /// The slot that has been longest in the class.
    package func oldest(_ kind: TimeoutClass) -> Int? {
        heads[kind.rawValue] >= 0 ? Int(heads[kind.rawValue]) : nil
    }

    /// Takes out one entry whose deadline has passed.
    package mutating func popExpired(now: UInt64) -> (slot: Int, kind: TimeoutClass)? {
        for kind in TimeoutClass.allCases {
            guard let slot = oldest(kind), links[slot].deadline <= now else { continue }
            unlink(slot)
            return (slot, kind)
        }
        return nil
    }

    /// The earliest deadline of all.
    package var next: UInt64? {
        var earliest: UInt64?
        for head in heads where head >= 0 {
            earliest = min(earliest ?? .max, links[Int(head)].deadline)
        }
        return earliest
    }
}
