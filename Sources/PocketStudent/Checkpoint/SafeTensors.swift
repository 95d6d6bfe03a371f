import JSON

/// The safetensors container: named F32 tensors and a table of strings.
///
/// Layout: the header's length as 8 little-endian bytes, the header as JSON, the tensors' bytes without
/// gaps (the format's own documentation, "Format"). The writer's bytes depend on the content alone.
package struct SafeTensors: Equatable {
    /// One tensor.
    package struct Tensor: Equatable {
        package let name: String
        package let shape: [Int]
        package let values: [Float]
    }

    /// In the order of their bytes.
    package var tensors: [Tensor]
    /// The `__metadata__` strings, sorted by key when written.
    package var metadata: [String: String]

    /// The longest header that is read.
    static let longestHeader = 4 << 20
    static let metadataKey = "__metadata__"

    package init(tensors: [Tensor], metadata: [String: String]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    // MARK: Writing

    /// The file's bytes.
    package func encoded() -> [UInt8] {
        var offset = 0
        var header = JSONWriter()
        header.object { header in
            header.object(Self.metadataKey) { object in
                for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { object(key, value) }
            }
            for tensor in tensors {
                let end = offset + tensor.values.count * 4
                header.object(tensor.name) { object in
                    object("dtype", "F32")
                    object.array("shape", tensor.shape) { $0.integer($1) }
                    object.array("data_offsets", [offset, end]) { $0.integer($1) }
                }
                offset = end
            }
        }
        var bytes = header.bytes
        // The tensors start on a multiple of 8, as the format asks.
        while bytes.count % 8 != 0 { bytes.append(UInt8(ascii: " ")) }
        var file: [UInt8] = []
        file.reserveCapacity(8 + bytes.count + offset)
        for shift in 0..<8 { file.append(UInt8(truncatingIfNeeded: bytes.count >> (8 * shift))) }
        file += bytes
        for tensor in tensors {
            for value in tensor.values {
                let bits = value.bitPattern
                file.append(UInt8(truncatingIfNeeded: bits))
                file.append(UInt8(truncatingIfNeeded: bits >> 8))
                file.append(UInt8(truncatingIfNeeded: bits >> 16))
                file.append(UInt8(truncatingIfNeeded: bits >> 24))
            }
        }
        return file
    }

    // MARK: Reading

    /// Reads a file; every length and offset is checked before it is used.
    ///
    /// - Throws: `PocketError.invalidCheckpoint` with what is wrong.
    package init(_ bytes: [UInt8]) throws(PocketError) {
        guard bytes.count >= 8 else { throw .invalidCheckpoint("the file is shorter than 8 bytes") }
        var length: UInt64 = 0
        for place in 0..<8 { length |= UInt64(bytes[place]) << UInt64(8 * place) }
        guard length <= UInt64(Self.longestHeader), Int(length) <= bytes.count - 8 else {
            throw .invalidCheckpoint("the header's length is past the file or 4 MiB")
        }
        let header = try Self.parse(Array(bytes[8..<8 + Int(length)]))
        let body = 8 + Int(length)
        tensors = []
        metadata = [:]
        var entries: [(name: String, shape: [Int], range: Range<Int>)] = []
        for (name, value) in header {
            if name == Self.metadataKey {
                metadata = try Self.strings(value)
            } else {
                entries.append(try Self.entry(name, value))
            }
        }
        entries.sort { $0.range.lowerBound < $1.range.lowerBound }
        var expected = 0
        for entry in entries {
            guard entry.range.lowerBound == expected, entry.range.upperBound <= bytes.count - body else {
                throw .invalidCheckpoint("tensor \(entry.name) overlaps, leaves a gap or goes past the file")
            }
            expected = entry.range.upperBound
            let range = body + entry.range.lowerBound..<body + entry.range.upperBound
            tensors.append(Tensor(name: entry.name, shape: entry.shape, values: Self.floats(bytes, range)))
        }
        guard body + expected == bytes.count else {
            throw .invalidCheckpoint("bytes are left after the tensors")
        }
    }

    private static func parse(_ header: [UInt8]) throws(PocketError) -> [(key: String, value: JSONValue)] {
        guard header.first == UInt8(ascii: "{"),
            let members = (try? JSONValue(parsing: header))?.objectValue?.members
        else { throw .invalidCheckpoint("the header is no JSON object") }
        return members
    }

    private static func strings(_ value: JSONValue) throws(PocketError) -> [String: String] {
        guard let members = value.objectValue?.members else {
            throw .invalidCheckpoint("__metadata__ is no object")
        }
        var result: [String: String] = [:]
        for (key, value) in members {
            guard let text = value.stringValue else {
                throw .invalidCheckpoint("__metadata__ holds something else than strings")
            }
            result[key] = text
        }
        return result
    }

    /// Integers that are at least 0; `nil` for anything else.
    private static func integers(_ value: JSONValue) -> [Int]? {
        guard let items = value.arrayValue else { return nil }
        let numbers = items.compactMap { item -> Int? in
            guard case .integer(let number) = item, number >= 0 else { return nil }
            return Int(exactly: number)
        }
        return numbers.count == items.count ? numbers : nil
    }

    private static func entry(
        _ name: String, _ value: JSONValue
    ) throws(PocketError) -> (name: String, shape: [Int], range: Range<Int>) {
        guard let members = value.objectValue?.members, members.count == 3 else {
            throw .invalidCheckpoint("tensor \(name) has no dtype, shape and data_offsets")
        }
        var shape: [Int]?
        var offsets: [Int]?
        for (key, value) in members {
            switch key {
            case "dtype":
                guard value.stringValue == "F32" else {
                    throw .invalidCheckpoint("tensor \(name) is not F32")
                }
            case "shape": shape = integers(value)
            case "data_offsets": offsets = integers(value)
            default: throw .invalidCheckpoint("tensor \(name) has the unknown member \(key)")
            }
        }
        guard let shape, let offsets, offsets.count == 2, shape.count <= 8, offsets[0] <= offsets[1] else {
            throw .invalidCheckpoint("tensor \(name) has a wrong shape or wrong offsets")
        }
        var size = 4
        for side in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: side)
            guard !overflow else { throw .invalidCheckpoint("tensor \(name) is too big") }
            size = product
        }
        guard offsets[1] - offsets[0] == size else {
            throw .invalidCheckpoint("tensor \(name) has offsets that do not fit its shape")
        }
        return (name, shape, offsets[0]..<offsets[1])
    }

    private static func floats(_ bytes: [UInt8], _ range: Range<Int>) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(range.count / 4)
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
            let bits =
                UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
                | UInt32(bytes[place + 3]) << 24
            values.append(Float(bitPattern: bits))
        }
        return values
    }
}
