import CContract

/// The API's contract, `openapi.yaml`, as it was when the program was built.
public enum Contract {
    /// The file's bytes, UTF-8.
    public static let bytes: [UInt8] = {
        // Sound: the C compiler embedded the file as a constant array of exactly this length, which lives as long as the program.
        let start = UnsafeRawPointer(contract_start())
        return Array(UnsafeRawBufferPointer(start: start, count: contract_length()))
    }()
}
