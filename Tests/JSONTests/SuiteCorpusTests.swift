import Foundation
import JSON
import Testing

/// The public JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` is left to the implementation.
///
/// Two of its `y_` files have duplicate keys. The grammar allows them, but their meaning is up to the reader
/// (RFC 8259, section 4), so this parser refuses them on purpose.
@Suite("JSONTestSuite")
struct SuiteCorpusTests {
    static func files(_ folder: String) -> [(name: String, bytes: [UInt8])]? {
        var root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while root.path != "/",
            !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path)
        {
            root.deleteLastPathComponent()
        }
        let path = root.appending(path: "../shared/data/json/\(folder)").standardizedFileURL
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path.path) else {
            print("JSONTestSuite not checked: no folder \(path.path)")
            return nil
        }
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            (try? Data(contentsOf: path.appending(path: name))).map { (name, [UInt8]($0)) }
        }
    }

    @Test("every file is accepted or refused as its name says")
    func parsing() {
        guard let files = Self.files("test_parsing") else { return }
        #expect(files.count > 300)
        for (name, bytes) in files {
            let value = try? JSONValue(parsing: bytes)
            if name.hasPrefix("y_object_duplicated_key") {
                #expect(value == nil, "\(name) is ambiguous")
            } else if name.hasPrefix("y_") {
                #expect(value != nil, "\(name) must be accepted")
            } else if name.hasPrefix("n_") {
                #expect(value == nil, "\(name) must be refused")
            }
            if let value { #expect((try? JSONValue(parsing: value.bytes())) == value, "\(name)") }
        }
    }

    @Test("what is ambiguous is refused: duplicate keys, lone surrogates, invalid UTF-8")
    func transform() {
        guard let files = Self.files("test_transform") else { return }
        for (name, bytes) in files {
            let refused =
                name.hasPrefix("object_same_key") || name.contains("invalid_codepoint")
            #expect(((try? JSONValue(parsing: bytes)) == nil) == refused, "\(name)")
        }
    }
}
