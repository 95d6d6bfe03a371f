import Gym
import PocketStudent
import Testing

@Suite struct CheckpointTests {
    @Test func givesTheSameBytesBack() throws {
        let model = try Fixtures.model(width: 32, layers: 2, heads: 2)
        let bytes = model.checkpoint()
        let again = try PocketModel(checkpoint: bytes)
        #expect(again == model)
        #expect(again.checkpoint() == bytes)
    }

    @Test func refusesCutFiles() throws {
        let bytes = try Fixtures.model(width: 16, layers: 1, heads: 1).checkpoint()
        for count in [0, 1, 7, 8, 9, 100, bytes.count / 2, bytes.count - 1] {
            #expect(throws: PocketError.self) { try PocketModel(checkpoint: Array(bytes.prefix(count))) }
        }
        #expect(throws: PocketError.self) { try PocketModel(checkpoint: bytes + [0]) }
    }

    @Test func refusesWeightsThatAreNotFinite() throws {
        var bytes = try Fixtures.model(width: 16, layers: 1, heads: 1).checkpoint()
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
        #expect(throws: PocketError.self) { try PocketModel(checkpoint: bytes) }
    }

    @Test(arguments: [
        "", "{", "[]", "{}", "{\"a\":{}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[999999999999,999999999999],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"__metadata__\":{\"a\":1}}", "{\"__metadata__\":[]}", "{\"a\":1,\"a\":1}",
    ])
    func refusesHostileHeaders(header: String) {
        let length = header.utf8.count
        let bytes =
            [UInt8(length & 255), UInt8(length >> 8), 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [
                0, 0, 0, 0, 0, 0, 0, 0,
            ]
        #expect(throws: PocketError.self) { try PocketModel(checkpoint: bytes) }
    }

    @Test func survivesDamage() throws {
        let bytes = try Fixtures.model(width: 16, layers: 1, heads: 1).checkpoint()
        var random = SeededGenerator(seed: 3, purpose: "damage")
        for _ in 0..<1_000 {
            var damaged = bytes
            for _ in 0..<random.integer(in: 1...4) {
                damaged[random.integer(below: 3_000)] = UInt8(random.integer(below: 256))
            }
            // Whatever it says, it must say it: a read model must be usable.
            if let model = try? PocketModel(checkpoint: damaged) { #expect(model.checkpoint().count > 8) }
        }
    }

    @Test func refusesOtherSizesThanItsTensors() throws {
        var file = try SafeTensors(Fixtures.model(width: 16, layers: 1, heads: 1).checkpoint())
        for (key, value) in [
            ("width", "32"), ("layers", "2"), ("heads", "0"), ("expansion", "x"), ("lexicon", "one"),
            ("format", "other"),
        ] {
            let kept = file.metadata[key]
            file.metadata[key] = value
            #expect(throws: PocketError.self) { try PocketModel(checkpoint: file.encoded()) }
            file.metadata[key] = kept
        }
        #expect((try? PocketModel(checkpoint: file.encoded())) != nil)
    }
}
