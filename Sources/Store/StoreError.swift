/// What can go wrong with what is stored.
public enum StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process has the data directory open.
    case inUse(directory: String)
    /// A file or directory cannot be made, read or written; `reason` is the operating system's.
    case file(path: String, reason: String)
    /// The database cannot be opened or migrated.
    case database(path: String, reason: String)
    /// The database was made by a newer version of the program.
    case newer(path: String)
    /// A stored value cannot be understood: the database was changed by other hands.
    case corrupt(String)
    /// OpenSSL gave no digest.
    case digest
    /// Nothing is stored under this id.
    case notFound(String)

    /// The error in a sentence that says what to do.
    public var description: String {
        switch self {
        case .inUse(let directory):
            "the data directory \(directory) is in use by another dataenvgym; stop it or name another with --data"
        case .file(let path, let reason): "\(path): \(reason)"
        case .database(let path, let reason): "the database \(path) cannot be opened: \(reason)"
        case .newer(let path):
            "the database \(path) was made by a newer dataenvgym; use that version, or another --data directory"
        case .corrupt(let what): "the database holds something unexpected: \(what)"
        case .digest: "OpenSSL cannot compute SHA-256; check the installation of libssl"
        case .notFound(let what): "\(what) does not exist"
        }
    }
}
