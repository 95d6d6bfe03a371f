import CPocketBase
import JSON

/// The base student and its replay rows, embedded in the binary.
///
/// Nothing is decoded before the first use, and the embedded pages are not even read from disk, so an idle
/// service does not pay for them.
public enum PocketBase {
    /// The checkpoint's bytes, a safetensors file.
    public static var checkpoint: [UInt8] {
        Array(UnsafeBufferPointer(start: pocket_base_checkpoint(), count: pocket_base_checkpoint_length()))
    }

    /// The pre-trained model; decoded once.
    ///
    /// Traps if the embedded file is damaged, as then the binary is: it is part of the program and no input.
    public static let model: PocketModel = {
        do throws(PocketError) {
            return try PocketModel(checkpoint: checkpoint)
        } catch {
            preconditionFailure("the embedded checkpoint is damaged: \(error)")
        }
    }()

    /// Rows to mix into training so that the base's abilities stay: half warm-up, half skills; decoded once.
    public static let replay: [PocketRow] = {
        let bytes = Array(
            UnsafeBufferPointer(start: pocket_base_replay(), count: pocket_base_replay_length()))
        guard let rows = ReplayFile.decode(bytes) else {
            preconditionFailure("the embedded replay rows are damaged")
        }
        return rows
    }()
}

/// Rows as JSON lines with `prompt` and `response`.
package enum ReplayFile {
    /// The lines of some rows.
    package static func encode(_ rows: [PocketRow]) -> [UInt8] {
        var writer = JSONWriter()
        for row in rows {
            writer.object { object in
                object("prompt", row.prompt)
                object("response", row.response)
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// The rows of some lines, or `nil` if a line is not such a row.
    package static func decode(_ bytes: [UInt8]) -> [PocketRow]? {
        var rows: [PocketRow] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONValue(parsing: Array(line)), value.objectValue?.count == 2,
                let prompt = value["prompt"]?.stringValue, let response = value["response"]?.stringValue
            else { return nil }
            rows.append(PocketRow(prompt: prompt, response: response))
        }
        return rows
    }
}
