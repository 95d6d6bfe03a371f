import Gym
import Synchronization

/// Keeps what a double was asked, in order.
package final class Recorder<Element: Sendable>: Sendable {
    private let kept = Mutex<[Element]>([])

    package init() {}

    package var all: [Element] { kept.withLock { $0 } }

    package func note(_ element: Element) { kept.withLock { $0.append(element) } }
}

/// What a training was given.
package struct SeenTraining: Sendable, Equatable {
    package let instructions: [String]
    package let newCount: Int
    package let start: [UInt8]

    package init(instructions: [String], newCount: Int, start: [UInt8]) {
        self.instructions = instructions
        self.newCount = newCount
        self.start = start
    }
}
