import HTTPServer
import Testing

@Suite("Parser properties")
struct ParserPropertyTests {
    /// Requests of every kind, good and bad, each with something after it.
    private static let samples: [String] = [
        "GET /a?b=c HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
        "\r\nPOST / HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhello\r\n" + get("/"),
        chunked(
            "5;a=\"b\\\"\";c\r\nhello\r\n0006\r\n world\r\n0\r\nX: y\r\n\r\n" + get("/c", "X: y\r\n")
        ),
        chunked("5\r\nhello\r\n0\r\nHost: x\r\n\r\n"), chunked("5\nhello"), chunked("5\r\nhellooo\r\n"),
        "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /" + String(repeating: "a", count: 90) + " HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "b", count: 200) + "\r\n\r\n",
    ]

    private static var tightLimits: HTTPLimits {
        var limits = HTTPLimits()
        limits.requestLineBytes = 80
        limits.headerBytes = 160
        limits.chunkExtensionBytes = 16
        limits.bodyBytes = 12
        return limits
    }

    @Test("Any one cut, and byte by byte, gives the same result as no cut", arguments: samples)
    func cuts(sample: String) {
        let bytes = Array(sample.utf8)
        for limits in [HTTPLimits(), Self.tightLimits] {
            let whole = parse(bytes, limits: limits)
            for cut in 1..<bytes.count { #expect(parse(bytes, cuts: [cut], limits: limits) == whole) }
            #expect(parse(bytes, cuts: Array(1..<bytes.count), limits: limits) == whole)
        }
    }

    @Test("Random cuts of mutated requests: no trap, and the same result whatever the cuts")
    func mutations() {
        var random = SeededGenerator(7)
        let spice = Array("\r\n\t :;,\"\\0aF*/?#%@[]\u{0}\u{7f}".utf8) + [0x80, 0xFF]
        for _ in 0..<6000 {
            var bytes = Array(Self.samples[Int.random(in: 0..<Self.samples.count, using: &random)].utf8)
            for _ in 0...Int.random(in: 0...3, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                let byte = spice[Int.random(in: 0..<spice.count, using: &random)]
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = byte
                case 1: bytes.insert(byte, at: position)
                case 2 where bytes.count > 1: bytes.remove(at: position)
                default:
                    bytes.insert(contentsOf: bytes[position..<min(position + 9, bytes.count)], at: position)
                }
            }
            let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            let limits = Bool.random(using: &random) ? HTTPLimits() : Self.tightLimits
            let whole = parse(bytes, limits: limits)
            if parse(bytes, cuts: cuts, limits: limits) != whole {
                Issue.record(
                    "cuts \(cuts) change \(String(decoding: bytes, as: UTF8.self).debugDescription)"
                )
            }
        }
    }

    @Test("Random bytes: no trap, and time linear in their number")
    func noise() {
        var random = SeededGenerator(11)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 1...2000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(parse(bytes).allSatisfy { $0.isFailure || $0 == .unfinished })
        }
        // A megabyte in one-byte pieces would take minutes if anything were searched again from the start.
        var harness = ParserHarness()
        harness.feed(chunked("").utf8)
        let chunk = Array("1\r\nx\r\n".utf8)
        for _ in 0..<20_000 { for byte in chunk { harness.feed(CollectionOfOne(byte)) } }
        harness.feed("0\r\n\r\n".utf8)
        guard case .request(_, let body)? = harness.results.last else {
            Issue.record("not read")
            return
        }
        #expect(body.count == 20_000)
    }

    @Test("A failed parser stays failed")
    func failureIsFinal() {
        var parser = HTTPRequestParser(limits: HTTPLimits())
        let bad = Array("GET\r\n".utf8)
        let good = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        _ = parser.consume(bad.span)
        guard case .failed(let error) = parser.consume(good.span).step else {
            Issue.record("the parser went on")
            return
        }
        #expect(error.status == .badRequest)
    }
}
