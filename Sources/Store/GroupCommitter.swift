import GRDB
import Synchronization

/// Commits writes in groups: what arrives while one transaction is being made durable goes into the next one together.
///
/// With `synchronous=FULL` a commit costs an fsync; many clients at once then share it. Each write runs in a savepoint of its own,
/// so that one that throws undoes only itself.
final class GroupCommitter: Sendable {
    private struct Write: Sendable {
        let run: @Sendable (Database) throws -> (@Sendable () -> Void)
        let fail: @Sendable (any Error) -> Void
    }
    private struct Queue {
        var writes: [Write] = []
        var isDraining = false
    }

    private let pool: DatabasePool
    private let queue = Mutex(Queue())

    init(pool: DatabasePool) {
        self.pool = pool
    }

    /// Runs `body` on the writer and returns once its transaction is durable.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let write = Write(
                run: { database in
                    let value = try body(database)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) })
            let mustDrain = queue.withLock { queue in
                queue.writes.append(write)
                defer { queue.isDraining = true }
                return !queue.isDraining
            }
            if mustDrain { drainSoon() }
        }
    }

    private func drainSoon() {
        pool.asyncWriteWithoutTransaction { database in
            while let group = self.nextGroup() { Self.commit(group, in: database) }
        }
    }

    private func nextGroup() -> [Write]? {
        queue.withLock { queue in
            guard !queue.writes.isEmpty else {
                queue.isDraining = false
                return nil
            }
            defer { queue.writes = [] }
            return queue.writes
        }
    }

    private static func commit(_ group: [Write], in database: Database) {
        var succeeded: [(write: Write, announce: @Sendable () -> Void)] = []
        var failed: [(write: Write, error: any Error)] = []
        do {
            try database.inTransaction(.immediate) {
                for write in group {
                    do {
                        try database.inSavepoint {
                            succeeded.append((write, try write.run(database)))
                            return .commit
                        }
                    } catch {
                        failed.append((write, error))
                    }
                }
                return .commit
            }
        } catch {
            // The commit itself failed (disk full, for example): nothing of the group is stored.
            for entry in succeeded { entry.write.fail(error) }
            for entry in failed { entry.write.fail(entry.error) }
            return
        }
        for entry in succeeded { entry.announce() }
        for entry in failed { entry.write.fail(entry.error) }
    }
}
