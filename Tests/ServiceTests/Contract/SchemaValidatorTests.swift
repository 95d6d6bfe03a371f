import JSON
import Testing

@Suite("The schema validator")
struct SchemaValidatorTests {
    private static let validator = SchemaValidator(document: [
        "components": [
            "schemas": [
                "Name": ["type": "string", "minLength": 1],
                "Loop": ["$ref": "#/components/schemas/Loop"],
                "a/b": ["type": "null"],
            ]
        ]
    ])

    @Test(
        "takes what fits",
        arguments: [
            (["type": "integer"], 1.0), (["type": ["string", "null"]], nil), (["type": "number"], 1),
            (["enum": ["a", nil]], nil), (["const": 1], 1.0), (["minimum": 0, "maximum": 1], 1),
            (["minLength": 2, "maxLength": 2], "é\u{301}"), (["pattern": "^a+$"], "aaa"),
            (["pattern": "b"], "abc"),
            (["format": "date-time"], "2026-11-22T18:25:00.123Z"), (["minLength": 5], 3), (true, 1),
            (["$ref": "#/components/schemas/Name"], "x"), (["$ref": "#/components/schemas/a~1b"], nil),
            (["properties": ["a": ["type": "string"]], "additionalProperties": false], ["a": "x"]),
            (["additionalProperties": ["type": "integer"], "maxProperties": 1], ["x": 1]),
            (["propertyNames": ["maxLength": 1]], ["x": 1]), (["required": ["a"]], ["a": nil]),
            (["items": ["type": "integer"], "minItems": 1, "maxItems": 2], [1, 2]),
            (["oneOf": [["type": "string"], ["type": "integer"]]], 1),
            (["anyOf": [["type": "number"], ["type": "integer"]]], 1),
            (["description": "d", "default": 1, "examples": [1]], "whatever"),
        ] as [(JSONValue, JSONValue)])
    func takes(schema: JSONValue, value: JSONValue) {
        #expect(Self.validator.violations(of: value, schema: schema) == [])
    }

    @Test(
        "refuses what does not fit",
        arguments: [
            (["type": "integer"], 1.5, ""), (["type": "integer"], "1", ""),
            (["type": ["string", "null"]], 1, ""),
            (["type": "boolean"], 0, ""), (["enum": ["a", "b"]], "c", ""), (["const": "a"], "b", ""),
            (["minimum": 0], -1, ""), (["maximum": 1], 1.1, ""), (["exclusiveMinimum": 0], 0, ""),
            (["exclusiveMaximum": 0], 0, ""), (["minLength": 1], "", ""), (["maxLength": 1], "ab", ""),
            (["pattern": "^a+$"], "ab", ""), (["pattern": "^a+$"], "a\n", ""),
            (["pattern": #"\S"#], " \n", ""),
            (["format": "date-time"], "2026-02-30T00:00:00Z", ""),
            (["format": "date-time"], "2026-11-22", ""),
            (["$ref": "#/components/schemas/Name"], "", ""), (false, 1, ""), (["minItems": 1], [], ""),
            (["maxItems": 0], [1], ""), (["items": ["type": "integer"]], [1, "2"], "/1"),
            (["required": ["a", "b"]], ["a": 1], ""), (["minProperties": 1], [:], ""),
            (["properties": ["a/b": ["type": "string"]]], ["a/b": 1], "/a~1b"),
            (["properties": ["a": true], "additionalProperties": false], ["a": 1, "b": 1], "/b"),
            (["additionalProperties": ["type": "string"]], ["b": 1], "/b"),
            (["propertyNames": ["maxLength": 1]], ["xy": 1], "/xy"),
            (["oneOf": [["type": "number"], ["type": "integer"]]], 1, ""),
            (["oneOf": [["type": "string"]]], 1, ""),
            (["anyOf": [["type": "string"], ["type": "null"]]], 1, ""), (["anyOf": []], 1, ""),
            (["allOf": [["type": "number"], ["minimum": 2]]], 1, ""),
        ] as [(JSONValue, JSONValue, String)])
    func refuses(schema: JSONValue, value: JSONValue, pointer: String) {
        let found = Self.validator.violations(of: value, schema: schema)
        #expect(found.first?.pointer == pointer)
    }

    @Test(
        "refuses schemas that it cannot check, whatever the value",
        arguments: [
            ["patternProperties": ["a": true]], ["typ": "string"], ["multipleOf": 2], ["format": "uri"],
            ["type": "text"], ["type": []], ["$ref": "#/components/schemas/None"], ["$ref": "other.yaml"],
            ["$ref": "#/components/schemas/Loop"], ["enum": "a"], ["pattern": "("], ["minimum": "1"],
            ["minLength": -1], ["required": "a"], "text", ["not": true],
        ] as [JSONValue])
    func unknown(schema: JSONValue) {
        #expect(!Self.validator.violations(of: "2026", schema: schema).isEmpty)
    }

    @Test("names the branch that fits best")
    func nearestBranch() {
        let schema: JSONValue = [
            "oneOf": [
                [
                    "properties": ["kind": ["const": "a"], "x": ["type": "integer"]],
                    "required": ["kind", "y"],
                ],
                ["properties": ["kind": ["const": "b"], "x": ["type": "integer"]]],
            ]
        ]
        let found = Self.validator.violations(of: ["kind": "b", "x": "1"], schema: schema)
        #expect(found.map(\.pointer) == ["", "/x"])
    }
}

@Suite("Reading the contract's YAML")
struct YAMLReadingTests {
    @Test("follows the core schema of YAML 1.2")
    func scalars() throws {
        let text = """
            a: 1
            b: -2.5
            c: 'true'
            d: [true, null, ~, 1e3, 3.1.0, 2026-11-22, <<1+1=2>>, -, 01KA]
            e: >-
              two
              lines
            """
        let value = try JSONValue(yaml: text)
        #expect(
            value == [
                "a": 1, "b": -2.5, "c": "true",
                "d": [true, nil, nil, 1000.0, "3.1.0", "2026-11-22", "<<1+1=2>>", "-", "01KA"],
                "e": "two lines",
            ])
    }

    @Test(
        "refuses what other readers would read differently",
        arguments: [
            "a: no", "a: Yes", "a: on", "a: 017", "a: TRUE", "200: a", "a: *x", "a: 1\na: 2", "",
            "a: [",
        ])
    func refusals(text: String) {
        #expect(throws: (any Error).self) { try JSONValue(yaml: text) }
    }
}
