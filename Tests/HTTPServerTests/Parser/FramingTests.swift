import HTTPServer
import Testing

@Suite("RFC 9112 6: message body")
struct FramingTests {
    private func post(_ fields: String, _ body: String = "", version: String = "1.1") -> String {
        "POST / HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n\r\n\(body)"
    }

    @Test(
        "6.2: Content-Length is digits, once",
        arguments: [
            ("Content-Length: 5", 200), ("Content-Length:5", 200), ("Content-Length: 005", 200),
            ("content-length:\t5 ", 200), ("Content-Length: ", 400), ("Content-Length: +5", 400),
            ("Content-Length: -5", 400), ("Content-Length: 5.0", 400), ("Content-Length: 0x5", 400),
            ("Content-Length: 5 5", 400), ("Content-Length: 5,5", 400), ("Content-Length: 5, 5", 400),
            ("Content-Length: 1_0", 400), ("Content-Length: five", 400), ("Content-Length: ٥", 400),
            ("Content-Length: 5\r\nContent-Length: 5", 400), ("Content-Length: 5\r\nContent-Length: 6", 400),
            ("Content-Length: 99999999999999999999999999999999999", 413),
            ("Content-Length: 9223372036854775808", 413), ("Content-Length: 33554433", 413),
        ])
    func contentLength(fields: String, status: Int) {
        #expect(verdict(post(fields, "hello")) == status)
    }

    @Test(
        "6.1: Transfer-Encoding is chunked, once, alone, and not of HTTP/1.0",
        arguments: [
            ("chunked", 200), ("CHUNKED", 200), (" chunked\t", 200), ("gzip", 501), ("gzip, chunked", 501),
            ("identity", 501), ("xchunked", 501), ("chunkedx", 501), ("chunked, gzip", 400),
            ("chunked, chunked", 400),
            ("chunked\r\nTransfer-Encoding: chunked", 400), ("chunked\r\nTransfer-Encoding: identity", 400),
            ("identity\r\nTransfer-Encoding: chunked", 501), ("", 400), (",", 400), ("chunked,", 400),
            (",chunked", 400),
            ("\"chunked\"", 400), ("chunked;q=1", 400), ("chun ked", 400), ("chunked\u{b}", 400),
            ("\u{b}chunked", 400),
            ("chunkedé", 400), ("chunked\r\nContent-Length: 5", 400), ("chunked\r\nContent-Length: 0", 400),
        ])
    func transferEncoding(value: String, status: Int) {
        #expect(verdict(post("Transfer-Encoding: \(value)", "0\r\n\r\n")) == status)
        #expect(verdict(post("Transfer-Encoding: \(value)", "0\r\n\r\n", version: "1.0")) == 400)
    }

    @Test("6.3: a request without either has no body, whatever its method")
    func noBody() {
        #expect(
            parse("POST /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n") == [
                .request("POST /a 1.1 Host=a", body: []), .request("GET /b 1.1 Host=a", body: []),
            ])
    }

    @Test("6.3: a body is as long as it says, and GET may have one")
    func pipelinedBodies() {
        let text =
            "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nHost: a\r\n\r\n"
        let fields = "Host=a|Content-Length=3"
        #expect(
            parse(text) == [
                .request("GET /a 1.1 \(fields)", body: Array("abc".utf8)),
                .request("GET /b 1.1 Host=a", body: []),
            ])
        #expect(parse(post("Content-Length: 6", "hello")) == [.unfinished])
    }

    @Test("A body over the limit is refused by its Content-Length, before any of it")
    func bodyLimit() {
        var limits = HTTPLimits()
        limits.bodyBytes = 5
        #expect(verdict(post("Content-Length: 5", "hello"), limits: limits) == 200)
        #expect(verdict(post("Content-Length: 6"), limits: limits) == 413)
        #expect(verdict(chunked("5\r\nhello\r\n0\r\n\r\n"), limits: limits) == 200)
        #expect(verdict(chunked("5\r\nhello\r\n1\r\n"), limits: limits) == 413)
        #expect(verdict(chunked("6"), limits: limits) == 413)
    }

    @Test("RFC 9110 10.1.1: 100-continue is asked for once, other expectations are 417, HTTP/1.0 has none")
    func expectations() {
        func asks(_ fields: String, _ body: String = "", version: String = "1.1") -> Bool {
            var harness = ParserHarness()
            harness.feed(post(fields, body, version: version).utf8)
            return harness.asksForContinue
        }
        #expect(asks("Content-Length: 5\r\nExpect: 100-Continue"))
        #expect(asks("Transfer-Encoding: chunked\r\nExpect: 100-continue"))
        #expect(!asks("Content-Length: 5\r\nExpect: 100-continue", "h"))
        #expect(!asks("Content-Length: 0\r\nExpect: 100-continue"))
        #expect(!asks("Content-Length: 5\r\nExpect: 100-continue", version: "1.0"))
        #expect(verdict(post("Content-Length: 5\r\nExpect: tea")) == 417)
        #expect(verdict(post("Content-Length: 5\r\nExpect: tea", "hello", version: "1.0")) == 200)
        #expect(verdict(post("Content-Length: 99999999999\r\nExpect: 100-continue")) == 413)
    }

    @Test(
        "9.3: persistence follows version and Connection",
        arguments: [
            ("1.1", "X: y", true), ("1.1", "Connection: close", false), ("1.1", "Connection: CLOSE", false),
            ("1.1", "Connection: x , close", false),
            ("1.1", "Connection: keep-alive\r\nConnection: close", false),
            ("1.1", "Connection: closed", true), ("1.0", "X: y", false),
            ("1.0", "Connection: Keep-Alive", true),
            ("1.0", "Connection: keep-alive, close", false),
        ])
    func persistence(version: String, field: String, stays: Bool) {
        var harness = ParserHarness()
        harness.feed(withField(field, version: version).utf8)
        #expect(harness.heads.first?.keepsAlive == stays)
    }
}
