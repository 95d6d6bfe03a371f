import Glibc

/// Bytes of a connection that wait to be sent. Small pieces are gathered in one buffer, so that a batch of
/// responses is one send(2); large bodies are queued as they are.
struct OutputQueue {
    enum Outcome {
        /// Everything is with the kernel.
        case drained
        /// The kernel takes no more for now.
        case blocked
        /// The connection is broken.
        case failed
    }

    /// A body of this size or more is queued without being copied.
    private static let largeBody = 32 << 10

    private var sealed: [[UInt8]] = []
    private var sealedIndex = 0
    private var offset = 0
    /// Where small pieces are appended to.
    var tail: [UInt8] = []
    private var sealedBytes = 0

    /// Unsent bytes.
    var count: Int { sealedBytes + tail.count - offset }
    var isEmpty: Bool { count == 0 }

    /// Queues a body, without a copy when it is large.
    mutating func append(body: [UInt8]) {
        guard body.count >= Self.largeBody else { return tail.append(contentsOf: body) }
        sealTail()
        sealedBytes += body.count
        sealed.append(body)
    }

    private mutating func sealTail() {
        guard !tail.isEmpty else { return }
        sealedBytes += tail.count
        var full: [UInt8] = []
        swap(&full, &tail)
        sealed.append(full)
    }

    /// Sends what the kernel takes; `sent` is how much that was.
    mutating func send(to fd: Int32) -> (outcome: Outcome, sent: Int) {
        var total = 0
        while !isEmpty {
            let isLast = sealedIndex + 1 >= sealed.count && (sealedIndex == sealed.count || tail.isEmpty)
            // MSG_MORE lets a head share a segment with the body that follows.
            let flags = Int32(MSG_NOSIGNAL) | (isLast ? 0 : Int32(MSG_MORE))
            let front = sealedIndex < sealed.count ? sealed[sealedIndex] : tail
            let result = front.withUnsafeBytes { buffer in
                valueOrError {
                    Glibc.send(fd, buffer.baseAddress.map { $0 + offset }, buffer.count - offset, flags)
                }
            }
            switch result {
            case .success(let sent):
                total += sent
                advance(sent, of: front.count)
            case .failure(let error):
                return (error == .wouldBlock ? .blocked : .failed, total)
            }
        }
        return (.drained, total)
    }

    private mutating func advance(_ sent: Int, of size: Int) {
        offset += sent
        guard offset == size else { return }
        offset = 0
        if sealedIndex < sealed.count {
            sealedBytes -= size
            sealed[sealedIndex] = []
            sealedIndex += 1
            if sealedIndex == sealed.count { (sealed, sealedIndex) = ([], 0) }
        } else {
            tail.removeAll(keepingCapacity: true)
        }
    }
}
