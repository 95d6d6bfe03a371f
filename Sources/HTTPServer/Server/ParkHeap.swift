/// Deadlines of parked exchanges, earliest first: unlike timeouts each has its own duration, hence a binary
/// heap. Answered exchanges are not searched for: their entries are found stale when they come up or when
/// the heap is cleaned.
package struct ParkHeap {
    package struct Entry: Equatable {
        package let deadline: UInt64
        package let slot: Int
        package let token: UInt64

        package init(deadline: UInt64, slot: Int, token: UInt64) {
            (self.deadline, self.slot, self.token) = (deadline, slot, token)
        }
    }

    private var entries: [Entry] = []

    package init() {}

    package var count: Int { entries.count }
    package var first: Entry? { entries.first }

    package mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var index = entries.count - 1
        while index > 0, entries[(index - 1) / 2].deadline > entries[index].deadline {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    package mutating func popFirst() -> Entry? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            sink(0)
        }
        return first
    }

    /// Drops entries that are no longer wanted. O(n).
    package mutating func removeAll(where isStale: (Entry) -> Bool) {
        entries.removeAll(where: isStale)
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < entries.count && entries[child].deadline < entries[smallest].deadline {
                smallest = child
            }
            if smallest == index { return }
            entries.swapAt(index, smallest)
            index = smallest
        }
    }
}
