import JSON
import Testing

/// xorshift64*: the same numbers in every run.
struct FixedRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed | 1
    }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}

@Suite("JSON: properties")
struct FuzzTests {
    static func value(_ random: inout FixedRandom, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64(bitPattern: random.next() >> UInt64.random(in: 0..<64, using: &random)))
        case 3:
            let double = Double(bitPattern: random.next())
            return .double(double.isFinite ? double : 0.5)
        case 4, 5: return .string(string(&random))
        case 6:
            let count = Int.random(in: 0..<5, using: &random)
            return .array((0..<count).map { _ in value(&random, depth: depth - 1) })
        default:
            let count = Int.random(in: 0..<24, using: &random)
            return .object(
                JSONObject((0..<count).map { _ in (string(&random), value(&random, depth: depth - 1)) }))
        }
    }

    static func string(_ random: inout FixedRandom) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<20, using: &random) {
            let bound: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<bound, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test("what is written reads back as the same value, compact and pretty, and writes the same bytes again")
    func roundTrip() throws {
        var random = FixedRandom(seed: 8259)
        for _ in 0..<2000 {
            let value = Self.value(&random, depth: 4)
            let bytes = value.bytes()
            let back = try JSONValue(parsing: bytes)
            #expect(back == value)
            #expect(back.bytes() == bytes)
            #expect(try JSONValue(parsing: value.bytes(pretty: true)) == value)
        }
    }

    @Test("mutated texts are accepted or refused, never trap, and what is accepted is stable")
    func mutations() {
        var random = FixedRandom(seed: 6901)
        let alphabet = Array("{}[]\",:\\u0123456789.eE+-truefalsn \n\u{E9}\0".utf8) + [0xFF, 0xC3, 0xED]
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = Self.value(&random, depth: 2).bytes()
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.insert(byte, at: place)
                case 1 where place < bytes.count: bytes[place] = byte
                default: if place < bytes.count { bytes.remove(at: place) }
                }
            }
            do {
                let value = try JSONValue(parsing: bytes)
                accepted += 1
                if (try? JSONValue(parsing: value.bytes())) != value { Issue.record("unstable: \(bytes)") }
            } catch {
                if error.offset > bytes.count { Issue.record("offset beyond the text: \(bytes)") }
            }
        }
        #expect(accepted > 1000)
    }

    @Test("every prefix of a document is refused")
    func prefixes() {
        let bytes = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",true,null],"b":{"c":"é"}}"#.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes.prefix(count)) }
        }
    }

    @Test("numbers read as the nearest double, as the standard library reads them")
    func doubles() throws {
        var random = FixedRandom(seed: 754)
        for _ in 0..<20_000 {
            let digits = Int.random(in: 1...22, using: &random)
            var text = "\(Int.random(in: 1...9, using: &random))."
            for _ in 0..<digits { text += "\(Int.random(in: 0...9, using: &random))" }
            text += "e\(Int.random(in: -40...40, using: &random))"
            if try JSONValue(parsing: text).doubleValue != Double(text) { Issue.record("\(text)") }
        }
    }
}
