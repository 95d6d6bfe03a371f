import Glibc

/// Reads a file line by line in bounded memory, whatever it holds.
struct LineReader: ~Copyable {
    private let path: String
    private let descriptor: CInt
    private let limits: FileTask.Limits
    private var buffer: [UInt8] = []
    private var consumed = 0
    private var bytesRead = 0
    private var atEnd = false
    /// The number of the line that `next` gave last, from 1.
    private(set) var number = 0

    private static let chunk = 1 << 16

    /// Opens a regular file (open(2), fstat(2)).
    init(path: String, limits: FileTask.Limits) throws(FileTaskError) {
        // The C library would stop at the NUL and open another file.
        guard !path.utf8.contains(0) else {
            throw FileTaskError(file: path, problem: "is no path: it contains a NUL")
        }
        // Non-blocking, so that a path to a pipe is refused below and does not hang here.
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else {
            throw FileTaskError(
                file: path, problem: "cannot be opened: \(Self.reason(errno)); check path and rights")
        }
        var status = stat()
        let known = fstat(opened, &status) == 0
        guard known, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limits.fileBytes else {
            close(opened)
            let tooLarge = known && status.st_mode & S_IFMT == S_IFREG
            throw FileTaskError(
                file: path,
                problem: tooLarge
                    ? "has \(status.st_size) bytes; the limit is \(limits.fileBytes)"
                    : "is not a regular file; name one")
        }
        self.path = path
        self.limits = limits
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// The next line that is not blank, without its line end; `nil` at the end of the file.
    mutating func next() throws(FileTaskError) -> [UInt8]? {
        while let line = try nextLine() {
            number += 1
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) {
                throw FileTaskError(
                    file: path, line: 1,
                    problem: "begins with a byte order mark; save the file as UTF-8 without one")
            }
            if !line.allSatisfy(Ascii.isSpace) { return line }
        }
        return nil
    }

    private mutating func nextLine() throws(FileTaskError) -> [UInt8]? {
        var searched = consumed
        while true {
            if let end = buffer[searched...].firstIndex(of: Ascii.newline) {
                return try take(to: end, skipping: 1)
            }
            searched = buffer.count
            if atEnd { return consumed < buffer.count ? try take(to: buffer.count, skipping: 0) : nil }
            guard buffer.count - consumed <= limits.lineBytes else { throw tooLong() }
            searched -= consumed
            try fill()
        }
    }

    private mutating func take(to end: Int, skipping: Int) throws(FileTaskError) -> [UInt8] {
        guard end - consumed <= limits.lineBytes else { throw tooLong() }
        var line = buffer[consumed..<end]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        consumed = end + skipping
        return Array(line)
    }

    /// Moves what is left to the front and reads more behind it (read(2)).
    private mutating func fill() throws(FileTaskError) {
        buffer.removeFirst(consumed)
        consumed = 0
        var chunk = [UInt8](repeating: 0, count: Self.chunk)
        var count = read(descriptor, &chunk, chunk.count)
        while count < 0, errno == EINTR { count = read(descriptor, &chunk, chunk.count) }
        guard count >= 0 else {
            throw FileTaskError(
                file: path, line: number + 1, problem: "cannot be read: \(Self.reason(errno))")
        }
        atEnd = count == 0
        bytesRead += count
        // The file may have grown since it was opened.
        guard bytesRead <= limits.fileBytes else {
            throw FileTaskError(file: path, problem: "has more than \(limits.fileBytes) bytes; split it")
        }
        buffer += chunk[..<count]
    }

    private func tooLong() -> FileTaskError {
        FileTaskError(
            file: path, line: number + 1,
            problem: "is longer than \(limits.lineBytes) bytes; there must be one JSON object a line")
    }

    private static func reason(_ code: CInt) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
