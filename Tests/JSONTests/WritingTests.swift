import JSON
import Testing

@Suite("JSON: writing")
struct WritingTests {
    @Test("members stand in the order of the calls, with every kind of value")
    func members() {
        struct Item { let name: String }
        let items = [Item(name: "a"), Item(name: "b")]
        var writer = JSONWriter()
        writer.object { o in
            o("id", "01J")
            o("count", 3)
            o("big", Int64.min)
            o("huge", UInt64.max)
            o("ratio", 0.5)
            o("ok", true)
            o("name", nil as String?)
            o("tags", ["x", "y"])
            o.array("items", items) { w, item in
                w.object { o in o("name", item.name) }
            }
            o.array("empty") { _ in }
            o.object("links") { o in o("self", "/v1") }
            o.value("x", ["k": [1, nil]])
            o.value("y", nil)
            o.raw("z", Array("[1]".utf8))
            o.null("n")
        }
        let expected =
            #"{"id":"01J","count":3,"big":-9223372036854775808,"huge":18446744073709551615,"ratio":0.5,"ok":true,"#
            + #""name":null,"tags":["x","y"],"items":[{"name":"a"},{"name":"b"}],"empty":[],"links":{"self":"/v1"},"#
            + #""x":{"k":[1,null]},"y":null,"z":[1],"n":null}"#
        #expect(writer.text == expected)
    }

    @Test("values in an array are separated whatever writes them")
    func arrays() {
        var writer = JSONWriter()
        writer.array { w in
            w.integer(1)
            w.array([2, 3]) { w, n in w.integer(n) }
            w.object { _ in }
            w.null()
            w.bool(false)
            w.double(1)
            w.string("s")
            w.value(["a": 1])
            w.raw(Array("{}".utf8))
        }
        #expect(writer.text == #"[1,[2,3],{},null,false,1.0,"s",{"a":1},{}]"#)
    }

    @Test("values at the top level are lines, and an emptied writer begins anew")
    func lines() {
        var writer = JSONWriter(capacity: 64)
        writer.object { o in o("a", 1) }
        writer.object { o in o("a", 2) }
        #expect(writer.text == "{\"a\":1}\n{\"a\":2}")
        writer.removeAll()
        writer.bool(true)
        #expect(writer.text == "true")
    }

    @Test(
        "Section 7: only what has to be escaped is",
        arguments: [
            ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
            ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("é😀\u{2028}", "\"é😀\u{2028}\""), ("", "\"\""),
            ("\n", #""\n""#), ("a\nb", #""a\nb""#),
        ])
    func escapes(text: String, expected: String) {
        #expect(JSONValue.string(text).text == expected)
    }

    @Test(
        "doubles are shortest and read back; what JSON cannot hold is null",
        arguments: [
            (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"),
            (1.0 / 3, "0.3333333333333333"),
            (.nan, "null"), (.infinity, "null"), (-.infinity, "null"), (123_456_789.125, "123456789.125"),
        ] as [(Double, String)])
    func doubles(number: Double, expected: String) {
        #expect(JSONValue.double(number).text == expected)
        var writer = JSONWriter()
        writer.double(number)
        #expect(writer.text == expected)
    }

    @Test("integers of every size", arguments: [0, 7, -7, 10, 99, 100, Int64.max, Int64.min])
    func integers(number: Int64) {
        #expect(JSONValue.integer(number).text == "\(number)")
    }

    @Test("pretty text has two spaces a level and no lines in empty containers")
    func pretty() {
        let value: JSONValue = ["a": [1, ["b": []]], "c": [:]]
        let expected = """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {}
            }
            """
        #expect(String(decoding: value.bytes(pretty: true), as: UTF8.self) == expected)
    }
}

@Suite("JSON: values and objects")
struct ValueTests {
    @Test("accessors return what is there, and nil for anything else")
    func accessors() {
        let value: JSONValue = ["s": "x", "i": 3, "d": 2.5, "w": 4.0, "b": true, "a": [1, 2], "n": nil]
        #expect(value["s"]?.stringValue == "x")
        #expect(value["i"]?.intValue == 3)
        #expect(value["i"]?.doubleValue == 3)
        #expect(value["w"]?.intValue == 4)
        #expect(value["d"]?.intValue == nil)
        #expect(value["b"]?.boolValue == true)
        #expect(value["a"]?[1] == 2)
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["n"]?.isNull == true)
        #expect(value["s"]?["x"] == nil)
        #expect(value["missing"] == nil)
        #expect(JSONValue.double(1e300).intValue == nil)
    }

    @Test("members keep their order; setting replaces in place, adds at the end, or removes")
    func objects() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.keys == ["b", "a"])
        #expect(object["b"] == 3)
        object["c"] = 4
        object["b"] = 5
        object["a"] = nil
        object["none"] = nil
        #expect(JSONValue.object(object).text == #"{"b":5,"c":4}"#)
        #expect(object.count == 2 && !object.isEmpty)
    }

    @Test("large objects find, replace and remove like small ones")
    func largeObjects() {
        var object = JSONObject()
        for number in 0..<100 { object["k\(number)"] = .integer(Int64(number)) }
        object["k50"] = nil
        #expect(object["k50"] == nil)
        #expect(object["k99"] == 99)
        object["k99"] = "x"
        #expect(object.members.last?.value == "x")
        for number in 0..<95 { object["k\(number)"] = nil }
        #expect(object.keys == ["k95", "k96", "k97", "k98", "k99"])
        #expect(object["k97"] == 97)
    }

    @Test("equality ignores the order of members, and tells apart what only looks alike")
    func equality() {
        #expect(["a": 1, "b": 2] as JSONValue == ["b": 2, "a": 1])
        #expect(["a": 1, "b": 2] as JSONValue != ["b": 2, "c": 1])
        #expect(["a": 1] as JSONValue != ["a": 1, "b": 2])
        #expect(JSONValue.integer(1) != .double(1))
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test("RFC 6901, section 3: tokens are escaped")
    func pointers() {
        #expect(JSONPointer.token("a/b~c") == "/a~1b~0c")
        #expect(JSONPointer.token(3) == "/3")
        #expect(JSONPointer.token("") == "/")
    }
}
