import DurableFiles
import Glibc

/// What is wrong with a log of runs.
public enum RunLogError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file cannot be read or written.
    case file(FileError)
    /// Another process has the log open.
    case inUse(path: String)
    /// A line, counted from 1, is no record; nothing was changed.
    case badLine(path: String, line: Int, reason: String)
    /// A record of this key is there already.
    case duplicate(path: String, key: String)

    /// The error in one line.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .inUse(let path): "\(path): in use by another process"
        case .badLine(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .duplicate(let path, let key): "\(path): has a run \(key) already"
        }
    }
}

/// The finished runs of an experiment: a file of JSON lines that only grows.
///
/// Every record is on the disk before `append` returns, so that a crash or a power failure loses no finished run.
/// A line that a crash left torn at the end of the file is cut off when the log is opened.
public actor RunLog {
    /// The file.
    public nonisolated let path: String
    private let descriptor: Int32
    /// Where the file ends after the last whole line.
    private var length: Int
    private var stored: [String: RunRecord]

    /// The longest file that is read, in bytes.
    private static let longestFile = 1 << 30

    /// Opens a log, or makes an empty one, and holds it against other processes.
    /// - Throws: `RunLogError`; a bad line other than a torn last one leaves the file as it is.
    public init(path: String) throws(RunLogError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(.last(path)) }
        do throws(RunLogError) {
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(path: path) }
            let (records, length) = try Self.load(descriptor, path: path)
            self.path = path
            self.descriptor = descriptor
            self.length = length
            stored = records
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        close(descriptor)
    }

    /// The records by their cell's key.
    public var records: [String: RunRecord] { stored }

    /// Adds a record; it is on the disk when this returns.
    /// - Throws: `RunLogError`; the file is then as before.
    public func append(_ record: RunRecord) throws(RunLogError) {
        guard stored[record.key] == nil else { throw .duplicate(path: path, key: record.key) }
        let line = record.line + [UInt8(ascii: "\n")]
        do throws(FileError) {
            try DurableFile.write(line, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw .last(path) }
        } catch {
            // The next record must not follow half a line, on a full disk for example.
            _ = ftruncate(descriptor, length)
            _ = lseek(descriptor, length, SEEK_SET)
            throw .file(error)
        }
        length += line.count
        stored[record.key] = record
    }
}

// MARK: - Loading

extension RunLog {
    private static func load(
        _ descriptor: Int32, path: String
    ) throws(RunLogError) -> (records: [String: RunRecord], length: Int) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(descriptor, path: path, limit: longestFile)
        } catch {
            throw .file(error)
        }
        let end = wholeLines(bytes)
        var records: [String: RunRecord] = [:]
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.dropLast().enumerated() {
            let record: RunRecord
            do throws(RunRecordError) {
                record = try RunRecord(line: Array(line))
            } catch {
                throw .badLine(path: path, line: index + 1, reason: error.description)
            }
            guard records.updateValue(record, forKey: record.key) == nil else {
                throw .badLine(
                    path: path, line: index + 1, reason: "has the key of a line above: \(record.key)")
            }
        }
        try cut(descriptor, path: path, from: bytes.count, to: end)
        return (records, end)
    }

    /// Where the last line ends that was written to its end.
    ///
    /// A line without its line feed is torn, even where its JSON is whole: the run is then made again. So is a last
    /// line with a NUL: a file system may have stored the file's new length, but not yet all of its bytes.
    private static func wholeLines(_ bytes: [UInt8]) -> Int {
        let feed = UInt8(ascii: "\n")
        guard let last = bytes.lastIndex(of: feed) else { return 0 }
        let start = bytes[..<last].lastIndex(of: feed).map { $0 + 1 } ?? 0
        return bytes[start..<last].contains(0) ? start : last + 1
    }

    private static func cut(
        _ descriptor: Int32, path: String, from size: Int, to length: Int
    ) throws(RunLogError) {
        let isDone = size == length || ftruncate(descriptor, length) == 0
        guard isDone, lseek(descriptor, length, SEEK_SET) >= 0, fsync(descriptor) == 0 else {
            throw .file(.last(path))
        }
        do throws(FileError) {
            try DurableFile.syncDirectory(DurableFile.directory(of: path))
        } catch {
            throw .file(error)
        }
    }
}
