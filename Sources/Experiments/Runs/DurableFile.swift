import Glibc

/// A file operation that failed.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// The system's reason.
    public let reason: String

    /// The path and the reason in one line.
    public var description: String { "\(path): \(reason)" }

    /// The failure of the last system call on this path.
    static func last(_ path: String) -> FileError {
        FileError(path: path, reason: String(cString: strerror(errno)))
    }
}

/// The few file operations of an experiment, durable and with errors that name the path.
enum DurableFile {
    /// A whole file's bytes; one longer than the limit is an error.
    static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last(path) }
        defer { close(descriptor) }
        return try read(descriptor, path: path, limit: limit)
    }

    /// What an open descriptor holds from where it stands to its end.
    static func read(_ descriptor: Int32, path: String, limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // The buffer lives for the length of the call.
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last(path)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw FileError(path: path, reason: "longer than \(limit) bytes")
            }
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var written = 0
        while written < bytes.count {
            // The buffer lives for the length of the call.
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last(path)
            }
            written += count
        }
    }

    /// Writes a file so that after a crash it is either as before or whole.
    static func replace(_ path: String, with text: String) throws(FileError) {
        let temporary = path + ".\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .last(temporary) }
        do throws(FileError) {
            try write(Array(text.utf8), to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw .last(temporary) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let error = FileError.last(path)
            unlink(temporary)
            throw error
        }
    }

    /// Makes a folder and its parents.
    static func makeDirectory(_ path: String) throws(FileError) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            partial += component
            if mkdir(partial, 0o755) != 0, errno != EEXIST { throw .last(partial) }
            partial += "/"
        }
    }

    /// Makes the names in a folder durable.
    static func syncDirectory(_ path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last(path) }
    }

    /// The folder in which a file lies.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
