import HTTPServer
import Testing

@Suite("Deadlines")
struct DeadlineTests {
    @Test("Timeout lists give up entries in order of deadline within a class, once")
    func lists() {
        var lists = TimeoutLists(durations: [10, 20, 30, 40, 50, 60])
        lists.set(3, .header, now: 0)
        lists.set(1, .header, now: 1)
        lists.set(2, .body, now: 2)
        lists.set(3, .header, now: 3)
        #expect(lists.next == 11)
        #expect(lists.oldest(.header) == 1)
        #expect(lists.popExpired(now: 10) == nil)
        #expect(lists.popExpired(now: 13)?.slot == 1)
        #expect(lists.popExpired(now: 13)?.slot == 3)
        #expect(lists.popExpired(now: 21) == nil)
        lists.set(2, .idle, now: 21)
        #expect(lists.kind(of: 2) == .idle)
        #expect(lists.popExpired(now: 50) == nil)
        lists.clear(2)
        lists.clear(99)
        #expect(lists.next == nil)
    }

    @Test("Random use of the lists agrees with a plain table")
    func listsAgainstTable() {
        var random = SeededGenerator(3)
        let durations: [UInt64] = [10, 20, 30, 40, 50, 60]
        var lists = TimeoutLists(durations: durations)
        var table: [Int: (kind: TimeoutClass, deadline: UInt64)] = [:]
        for now in 0..<UInt64(4000) {
            let slot = Int.random(in: 0..<40, using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 {
                lists.clear(slot)
                table[slot] = nil
            } else if let kind = TimeoutClass.allCases.randomElement(using: &random) {
                lists.set(slot, kind, now: now)
                table[slot] = (kind, now + durations[kind.rawValue])
            }
            #expect(lists.next == table.values.map(\.deadline).min())
            while let (slot, kind) = lists.popExpired(now: now) {
                #expect(table[slot]?.kind == kind && (table[slot]?.deadline ?? .max) <= now)
                table[slot] = nil
            }
            #expect(table.values.allSatisfy { $0.deadline > now })
        }
    }

    @Test("The park heap is a priority queue, also after cleaning")
    func heap() {
        var random = SeededGenerator(5)
        var heap = ParkHeap()
        var deadlines: [UInt64] = []
        for token in 0..<500 as Range<UInt64> {
            let deadline = UInt64.random(in: 0..<200, using: &random)
            heap.insert(.init(deadline: deadline, slot: Int(token), token: token))
            if token % 3 != 0 { deadlines.append(deadline) }
        }
        heap.removeAll { $0.token % 3 == 0 }
        #expect(heap.count == deadlines.count)
        var popped: [UInt64] = []
        while let entry = heap.popFirst() { popped.append(entry.deadline) }
        #expect(popped == deadlines.sorted())
    }
}
