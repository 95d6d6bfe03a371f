import Dispatch
import Glibc
import Gym
import Synchronization

/// Students' states as files named by their content's SHA-256, so that equal states are kept once.
///
/// A saved checkpoint stays pinned until whoever saved it has stored its name (`release`), so that the removal of another
/// session that had the same one cannot take it away in between.
public final class CheckpointFolder: Sendable {
    private static let suffix = ".safetensors"
    private let directory: String
    /// File work is done here and not on Swift's cooperative threads, which must not wait for a disk.
    private let queue = DispatchQueue(label: "dataenvgym.checkpoints")
    private let pins = Mutex<[String: Int]>([:])

    init(directory: String) throws(StoreError) {
        self.directory = directory
        try Files.makeDirectory(directory)
    }

    /// Stores a checkpoint durably and pins it.
    ///
    /// - Returns: its name: the SHA-256 of its bytes in hexadecimal.
    /// - Throws: `StoreError.file`, for example when the disk is full.
    public func save(_ checkpoint: StudentCheckpoint) async throws -> String {
        try await onQueue { [self] () throws(StoreError) -> String in
            let name = try SHA256.hexadecimal(checkpoint.bytes)
            let path = path(of: name)
            pins.withLock { $0[name, default: 0] += 1 }
            if access(path, F_OK) != 0 {
                try Files.writeAtomically(checkpoint.bytes, to: path, in: directory)
            }
            return name
        }
    }

    /// The checkpoint with a name.
    ///
    /// - Throws: `StoreError.file` when it is missing, `StoreError.corrupt` when its bytes are not those its name says.
    public func load(_ name: String) async throws -> StudentCheckpoint {
        try await onQueue { [self] () throws(StoreError) -> StudentCheckpoint in
            let bytes = try Files.read(path(of: name))
            guard try SHA256.hexadecimal(bytes) == name else {
                throw .corrupt("checkpoint \(name) is damaged")
            }
            return StudentCheckpoint(bytes: bytes)
        }
    }

    /// Ends the pin of one `save`.
    public func release(_ name: String) {
        pins.withLock { pins in
            let count = (pins[name] ?? 0) - 1
            pins[name] = count > 0 ? count : nil
        }
    }

    /// Removes those of the checkpoints that are neither pinned nor named by any iteration; a missing one is no error.
    func remove(_ names: [String], unless isReferenced: @escaping @Sendable (String) throws -> Bool) async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                for name in names where pins.withLock({ $0[name] == nil }) {
                    // When the database cannot tell, the file stays: `removeStrays` looks again at the next start.
                    if (try? isReferenced(name)) == false { unlink(path(of: name)) }
                }
                continuation.resume()
            }
        }
    }

    /// Removes what crashes left behind: half-written files and checkpoints that no iteration names.
    ///
    /// Only for the start of the service, before anything is saved.
    func removeStrays(unless isReferenced: (String) throws -> Bool) throws {
        guard let folder = opendir(directory) else { throw Files.failure(directory) }
        defer { closedir(folder) }
        var strays: [String] = []
        while let entry = readdir(folder) {
            let file = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if file.hasSuffix(".tmp") {
                strays.append(file)
            } else if file.hasSuffix(Self.suffix) {
                let name = String(file.dropLast(Self.suffix.count))
                if try !isReferenced(name) { strays.append(file) }
            }
        }
        for file in strays { unlink(directory + "/" + file) }
    }

    private func path(of name: String) -> String {
        directory + "/" + name + Self.suffix
    }

    private func onQueue<T: Sendable>(
        _ body: @escaping @Sendable () throws(StoreError) -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
