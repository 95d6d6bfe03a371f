import Glibc
import Gym
import JSON

/// Why a file of training data cannot be used.
public enum DataFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The file is larger than `DataFile.maximumBytes`.
    case tooLarge(path: String)
    /// A line is not an example.
    case badLine(path: String, line: Int, reason: String)
    /// The file has no line.
    case empty(path: String)

    /// What is wrong, with file and line.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .tooLarge(let path): "\(path): larger than \(DataFile.maximumBytes) bytes"
        case .badLine(let path, let line, let reason): "\(path), line \(line): \(reason)"
        case .empty(let path): "\(path): no examples"
        }
    }
}

/// Training data in a file: one JSON object a line, with `instruction`, `response` and maybe `skill` and `subskill`.
public enum DataFile {
    /// The largest file that is read.
    public static let maximumBytes = 512 << 20

    /// Reads a file; empty lines are skipped, unknown members ignored.
    public static func load(_ path: String) throws(DataFileError) -> [TrainingDatum] {
        let bytes = try bytes(path)
        var data: [TrainingDatum] = []
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do {
                data.append(try datum(line))
            } catch {
                throw .badLine(path: path, line: place + 1, reason: "\(error)")
            }
        }
        guard !data.isEmpty else { throw .empty(path: path) }
        return data
    }

    private static func datum(_ line: ArraySlice<UInt8>) throws -> TrainingDatum {
        try JSONReader.object(try JSONValue(parsing: line)) { object in
            object.allowUnknown()
            let instruction = object.string("instruction", length: 1...Int.max)
            let response = object.string("response", length: 1...Int.max)
            let skill = object.optionalString("skill")
            let subskill = object.optionalString("subskill")
            guard let instruction, let response else { return nil }
            return TrainingDatum(
                instruction: instruction, response: response, skill: skill, subskill: subskill)
        }
    }

    /// The bytes of a file, at most `maximumBytes`.
    public static func bytes(_ path: String) throws(DataFileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            guard bytes.count + count <= maximumBytes else { throw .tooLarge(path: path) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}
