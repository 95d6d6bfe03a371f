import GRDB
import Glibc
import Gym

/// What the service keeps: a SQLite database and a folder of checkpoints in one data directory.
///
/// Every write returns once it is durable (`synchronous=FULL`, WAL), so that what the API acknowledges survives a power cut.
/// Writes are grouped (`GroupCommitter`); reads go to pooled connections and never wait for a write.
public final class Store: Sendable {
    /// The students' states.
    public let checkpoints: CheckpointFolder
    private let pool: DatabasePool
    private let committer: GroupCommitter
    private let lock: DirectoryLock
    let cache = SessionCache()

    /// Opens the store in a directory, which is made if it does not exist, and brings its schema up to date.
    ///
    /// - Throws: `StoreError` when the directory is in use, cannot be written or holds a newer database.
    public init(directory: String) throws(StoreError) {
        try Files.makeDirectory(directory)
        lock = try DirectoryLock(directory: directory)
        let folder = try CheckpointFolder(directory: directory + "/checkpoints")
        let path = directory + "/dataenvgym.sqlite"
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Half of SQLite's default: a connection's cache counts against an idle server's memory.
            try database.execute(sql: "PRAGMA cache_size = -1000")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            guard try !pool.read(Migrations.all.hasBeenSuperseded) else { throw StoreError.newer(path: path) }
            try Migrations.all.migrate(pool)
            try pool.read { database in
                try folder.removeStrays { try Self.isReferenced($0, in: database) }
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError.database(path: path, reason: "\(error)")
        }
        checkpoints = folder
        committer = GroupCommitter(pool: pool)
    }

    /// Runs statements in one durable transaction; if `body` throws, nothing of it is stored.
    package func write<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        try await committer.write(body)
    }

    /// Runs statements on a snapshot of the database.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        try await pool.read(body)
    }

    /// Runs statements that change a session, and takes its new state up once it is durable.
    ///
    /// - Parameter body: gives the changed record, `nil` if it is removed, and what else is to be returned.
    func write<T: Sendable>(
        session: String, _ body: @escaping @Sendable (Database) throws -> (record: SessionRecord?, value: T)
    ) async throws -> T {
        let (record, value, revision) = try await write { [cache] database in
            let (record, value) = try body(database)
            return (record, value, cache.nextRevision())
        }
        cache.update(session, record, revision: revision)
        return value
    }

    /// Whether an iteration names a checkpoint; it waits for the database, so call it on no cooperative thread.
    func isReferenced(_ checkpoint: String) throws -> Bool {
        try pool.read { try Self.isReferenced(checkpoint, in: $0) }
    }

    private static func isReferenced(_ checkpoint: String, in database: Database) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM iteration WHERE checkpoint = ?)"
        return try Bool.fetchOne(database, sql: sql, arguments: [checkpoint]) ?? false
    }

    /// Whether the database answers; for readiness checks.
    public func isHealthy() async -> Bool {
        (try? await read { try Int.fetchOne($0, sql: "SELECT 1") }) == 1
    }
}

/// Keeps a second process out of a data directory (`flock(2)`; the kernel drops it when the process ends, however it ends).
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    init(directory: String) throws(StoreError) {
        let path = directory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.failure(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(directory: directory)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
