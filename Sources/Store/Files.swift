import DurableFiles
import Glibc

/// `DurableFile` with the store's errors and permissions: what a data directory holds is its owner's alone.
enum Files {
    static func failure(_ path: String) -> StoreError {
        StoreError(.last(path))
    }

    /// Makes a directory and its parents; readable by its owner only.
    static func makeDirectory(_ path: String) throws(StoreError) {
        guard !path.isEmpty else { throw .file(path: path, reason: "the path is empty") }
        try mapped { () throws(FileError) in try DurableFile.makeDirectory(path, mode: 0o700) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .file(path: path, reason: "not a directory") }
    }

    /// Writes a file so that after a crash it is either absent or whole.
    static func writeAtomically(_ bytes: [UInt8], to path: String, in directory: String) throws(StoreError) {
        try mapped { () throws(FileError) in
            try DurableFile.replace(path, with: bytes, mode: 0o600)
            try DurableFile.syncDirectory(directory)
        }
    }

    /// A whole file's bytes.
    static func read(_ path: String) throws(StoreError) -> [UInt8] {
        try mapped { () throws(FileError) in try DurableFile.read(path, limit: .max) }
    }

    private static func mapped<T>(_ body: () throws(FileError) -> T) throws(StoreError) -> T {
        do throws(FileError) {
            return try body()
        } catch {
            throw StoreError(error)
        }
    }
}

extension StoreError {
    fileprivate init(_ error: FileError) {
        self = .file(path: error.path, reason: error.reason)
    }
}
