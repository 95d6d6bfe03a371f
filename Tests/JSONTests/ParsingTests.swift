import JSON
import Testing

@Suite("RFC 8259: parsing")
struct ParsingTests {
    @Test(
        "Section 3: every kind of value",
        arguments: [
            ("null", JSONValue.null), (" true ", true), ("false", false), ("0", 0), ("-17", -17),
            ("1.5", 1.5),
            ("\"a\"", "a"), ("[]", []), ("{}", [:]), ("[1,[2],{\"a\":null}]", [1, [2], ["a": nil]]),
        ] as [(String, JSONValue)])
    func kinds(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(
        "Section 6: numbers",
        arguments: [
            ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("-9223372036854775809", .double(-0x1p63)),
            ("1.0", .double(1)), ("1E2", .double(100)), ("1e-2", .double(0.01)), ("-0", .double(-0.0)),
            ("0.1", .double(0.1)), ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
            ("5e-324", .double(.leastNonzeroMagnitude)), ("1e-999", .double(0)),
            ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9007199254740993.0", .double(9_007_199_254_740_992)), ("0.3e1", .double(3)),
            ("123456789012345678901234567890", .double(0x1.8ee90ff6c373ep96)),
            ("0.000000000000000000000000000001", .double(1e-30)), ("8.41e21", .double(8.41e21)),
        ] as [(String, JSONValue)])
    func numbers(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test("a negative zero keeps its sign")
    func negativeZero() throws {
        #expect(try JSONValue(parsing: "-0").doubleValue?.sign == .minus)
        #expect(try JSONValue(parsing: "-0").text == "-0.0")
    }

    @Test(
        "Section 7: escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9""#, "\u{E9}"),
            (#""\uD83D\ude00""#, "😀"),
            (#""\u0000""#, "\u{0}"), ("\"😀é\"", "😀é"), (#""a\u0041é""#, "aAé"),
        ] as [(String, String)])
    func escapes(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text).stringValue == expected)
    }

    @Test(
        "what is refused, where and why",
        arguments: [
            ("", 0, "", "expected a value, found the end of the text"),
            ("1 2", 2, "", "expected the end of the text, found '2'"),
            ("[1,]", 3, "/1", "expected a value, found ']'"),
            ("{\"a\":1,}", 7, "", "expected a key, found '}'"),
            ("{\"a\":{\"b~\":[1,x]}}", 14, "/a/b~0/1", "expected a value, found 'x'"),
            ("{\"a\":1,\"a\":2}", 7, "/a", "duplicate key"),
            ("[NaN]", 1, "/0", "expected a value, found 'N'"),
            ("[-Infinity]", 2, "/0", "expected a digit after '-', found 'I'"),
            ("[1e999]", 1, "/0", "number is out of range"),
            ("[\"\\ud800\"]", 2, "/0", "lone surrogate in a string"),
            ("[\"\\uDC00\\uD800\"]", 2, "/0", "lone surrogate in a string"),
            ("[\"a\nb\"]", 3, "/0", "control character in a string must be escaped"),
            ("[01]", 1, "/0", "number has a leading zero"),
            ("[1.]", 3, "/0", "expected a digit after '.', found ']'"),
            ("\"abc", 0, "", "string is not closed"), ("\"abc\\", 0, "", "string is not closed"),
            ("tru", 0, "", "expected 'true'"), ("\u{FEFF}1", 0, "", "byte order mark is not allowed"),
            ("[1\u{0}]", 2, "", "expected ',' or ']', found byte 0x00"),
            ("\0", 0, "", "expected a value, found byte 0x00"),
        ] as [(String, Int, String, String)])
    func refusals(text: String, offset: Int, pointer: String, reason: String) throws {
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error.offset == offset)
        #expect(error.pointer == pointer)
        #expect(error.reason == reason)
    }

    @Test(
        "Section 8.1: invalid UTF-8 is refused at its place",
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]])
    func invalidUTF8(bad: [UInt8]) throws {
        for prefix in ["\"abc", "\"a\\n "] {
            let bytes = Array(prefix.utf8) + bad + Array("\"".utf8)
            let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
            #expect(error.reason == "invalid UTF-8")
            #expect(error.offset == prefix.utf8.count)
        }
    }

    @Test("an error names line and column")
    func position() throws {
        let error = try #require(throws: JSONParseError.self) {
            try JSONValue(parsing: "{\n  \"a\": 1,\n  b\n}")
        }
        #expect(error.line == 3)
        #expect(error.column == 3)
        #expect(error.description == "expected a key, found 'b' at line 3, column 3")
    }

    @Test("Section 8.3: keys are compared by code points, not by canonical equivalence")
    func keyComparison() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value.objectValue?.count == 2)
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test("a duplicate is found among many keys, and many keys cost no quadratic time")
    func manyKeys() throws {
        let members = (0..<50_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: "{\(members)}")
        #expect(value["key49999"] == 49_999)
        let error = try #require(throws: JSONParseError.self) {
            try JSONValue(parsing: "{\(members),\"key777\":1}")
        }
        #expect(error.pointer == "/key777")
    }

    @Test("nesting is limited: 64 levels by default, 512 at most")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(64)) }
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: nested(65)) }
        #expect(error.reason == "nested deeper than 64 levels")
        let limits = JSONLimits(depth: 1_000_000)
        #expect(limits.depth == 512)
        #expect(throws: Never.self) { try JSONValue(parsing: nested(512), limits: limits) }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(513), limits: limits) }
        let hostile = String(repeating: "{\"a\":[", count: 1_000_000)
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: hostile, limits: limits) }
    }
}
