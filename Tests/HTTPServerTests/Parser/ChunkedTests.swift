import HTTPServer
import Testing

@Suite("RFC 9112 7.1: chunked coding")
struct ChunkedTests {
    @Test(
        "Framing",
        arguments: [
            ("0\r\n\r\n", 200), ("000\r\n\r\n", 200), ("5\r\nhello\r\n0\r\n\r\n", 200),
            ("00005\r\nhello\r\n0\r\n\r\n", 200),
            ("a\r\n0123456789\r\n0\r\n\r\n", 200), ("A\r\n0123456789\r\n0\r\n\r\n", 200),
            ("5\r\nhello\r\n0\r\n", 0),
            ("5\r\nhel", 0), ("\r\n", 400), (" 5\r\nhello\r\n", 400), ("5 \r\nhello\r\n", 400),
            ("-1\r\n", 400),
            ("+5\r\n", 400), ("0x5\r\n", 400), ("5g\r\n", 400), ("5\nhello\r\n", 400), ("5\rhello", 400),
            ("5\r\nhello0\r\n", 400), ("5\r\nhello\n0\r\n", 400), ("5\r\nhello\r0", 400),
            ("5\r\nhelloo\r\n", 400),
            ("ffffffffffffffff\r\n", 413), ("ffffffffffffffffffffffff\r\n", 413),
            ("7fffffffffffffff\r\n", 413),
            ("2000001\r\n", 413), ("5_0\r\n", 400), ("0\r\n\n", 400), ("0\r\n\rX", 400),
        ])
    func framing(body: String, status: Int) {
        #expect(verdict(chunked(body)) == status)
    }

    @Test(
        "7.1.1: extensions are checked and dropped",
        arguments: [
            ("0;a\r\n\r\n", 200), ("0;a=b\r\n\r\n", 200), ("0;a=\"b c\"\r\n\r\n", 200),
            ("0;a=\"\\\"\"\r\n\r\n", 200),
            ("0;a;b=c;d=\"e\"\r\n\r\n", 200), ("0 ; a = b ; c\r\n\r\n", 200), ("0\t;\ta\r\n\r\n", 200),
            ("0;\r\n\r\n", 400), ("0;;a\r\n\r\n", 400), ("0;a=\r\n\r\n", 400), ("0;=b\r\n\r\n", 400),
            ("0;a[\r\n\r\n", 400),
            ("0;a=b[\r\n\r\n", 400), ("0;a=\"b\"c\r\n\r\n", 400), ("0;a=\"b\r\n\r\n", 400),
            ("0;a b\r\n\r\n", 400),
            ("0;a\n\r\n", 400), ("0;a\u{0}\r\n\r\n", 400), ("0;a=\"\u{1}\"\r\n\r\n", 400),
            ("0;a \r\n\r\n", 400),
            ("0;a=b \r\n\r\n", 400), ("0;a\rb\r\n", 400), ("0;é\r\n\r\n", 400),
        ])
    func extensions(body: String, status: Int) {
        #expect(verdict(chunked(body)) == status)
    }

    @Test(
        "7.1.2: trailers are checked like fields and dropped; those that frame or route are refused",
        arguments: [
            ("X: y", 200), ("X: y\r\nZ: w", 200), ("Authorization: evil", 200), ("X : y", 400),
            (" X: y", 400), ("X", 400),
            ("X: y\u{0}", 400), ("X: y\n", 400), ("X: a\rb", 400), ("Host: b", 400),
            ("Content-Length: 5", 400),
            ("transfer-encoding: chunked", 400),
        ])
    func trailers(lines: String, status: Int) {
        #expect(verdict(chunked("0\r\n\(lines)\r\n\r\n")) == status)
    }

    @Test("What follows the last chunk is the next request")
    func pipelined() {
        let next = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(
            parse(chunked("3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n" + next)) == [
                .request("POST / 1.1 Host=a|Transfer-Encoding=chunked", body: Array("abcde".utf8)),
                .request("GET /b 1.1 Host=a", body: []),
            ])
    }

    @Test("Extensions, zeros and trailers are bounded")
    func bounds() {
        var limits = HTTPLimits()
        limits.chunkExtensionBytes = 20
        limits.headerBytes = 60
        limits.fieldCount = 4
        let long = String(repeating: "a", count: 30)
        #expect(verdict(chunked("0;\(long)\r\n\r\n"), limits: limits) == 400)
        #expect(verdict(chunked(String(repeating: "0", count: 30) + "\r\n\r\n"), limits: limits) == 400)
        let many = String(repeating: "1;abcde\r\nx\r\n", count: 10)
        #expect(verdict(chunked(many), limits: limits) == 400)
        #expect(verdict(chunked("0\r\nX: \(long)\(long)\r\n\r\n"), limits: limits) == 431)
        #expect(verdict(chunked("0\r\na:\r\na:\r\na:\r\na:\r\na:\r\n\r\n"), limits: limits) == 431)
    }
}
