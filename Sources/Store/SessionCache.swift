import Synchronization

/// The latest state of sessions, in memory: what most requests ask for is answered without the database.
///
/// All writes pass through this process (`DirectoryLock`), so that the cache can be right: each write is numbered inside the
/// writer's transaction and enters the cache once it is durable; an older number never replaces a newer one, whatever the order in
/// which the writers are resumed.
final class SessionCache: Sendable {
    private struct Entry {
        let revision: UInt64
        /// `nil` for a removed session, so that a late read cannot bring it back.
        let record: SessionRecord?
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let capacity: Int
    private let revision = Atomic<UInt64>(0)

    init(capacity: Int = 4096) {
        self.capacity = capacity
    }

    /// The number of a write; to be asked for inside the transaction.
    func nextRevision() -> UInt64 {
        revision.add(1, ordering: .relaxed).newValue
    }

    /// The session, if it is here.
    func record(_ id: String) -> SessionRecord? {
        entries.withLock { $0[id]?.record }
    }

    /// Takes up a durable write, or (revision 0) what was read while nothing was here.
    func update(_ id: String, _ record: SessionRecord?, revision: UInt64) {
        entries.withLock { entries in
            if let present = entries[id], present.revision >= revision { return }
            if entries.count >= capacity, entries[id] == nil, let victim = entries.keys.first {
                entries[victim] = nil
            }
            entries[id] = Entry(revision: revision, record: record)
        }
    }
}
