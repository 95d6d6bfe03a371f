import HTTPServer
import Testing

@Suite("RFC 9112 5: field lines")
struct FieldLineTests {
    @Test(
        "5.1: names are tokens directly followed by a colon",
        arguments: [
            ("X: 1", 200), ("X:1", 200), ("X:", 200), ("x-!#$%&'*+.^_`|~: 1", 200), ("X : 1", 400),
            ("X\t: 1", 400),
            (": 1", 400), ("X", 400), ("X Y: 1", 400), ("X(: 1", 400), ("X\u{0}: 1", 400), ("Xé: 1", 400),
            ("X\"Y: 1", 400), ("X/Y: 1", 400), ("[X]: 1", 400),
        ])
    func names(line: String, status: Int) {
        #expect(verdict(withField(line)) == status)
    }

    @Test(
        "5.5: values hold no controls but tabs",
        arguments: [
            ("X: a\tb", 200), ("X: \t a \t", 200), ("X: é", 200), ("X: a\u{0}", 400), ("X: a\u{1}b", 400),
            ("X: a\u{7f}", 400), ("X: a\u{b}", 400), ("X: a\rb", 400), ("X: a\nb: c", 400), ("X: a\r", 400),
            ("X: \u{1b}[31m", 400),
        ])
    func values(line: String, status: Int) {
        #expect(verdict(withField(line)) == status)
    }

    @Test("5.5: octets that aren't UTF-8 are let through and read as U+FFFD")
    func obsText() {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: a".utf8) + [0xFF, 0xFE] + Array("\r\n\r\n".utf8)
        #expect(parse(bytes) == [.request("GET / 1.1 Host=a|X=a\u{fffd}\u{fffd}", body: [])])
    }

    @Test(
        "5.2: folded lines and white space before the first field are refused",
        arguments: [
            "X: a\r\n b", "X: a\r\n\tb", "X: a\r\n ", "X:\r\n chunked",
        ])
    func folding(line: String) {
        #expect(verdict(withField(line)) == 400)
        #expect(verdict("GET / HTTP/1.1\r\n Host: a\r\n\r\n") == 400)
    }

    @Test("5: order and duplicates are kept, white space around values is not")
    func order() {
        #expect(
            parse("GET / HTTP/1.1\r\nB: 1 \r\nHost:a\r\na:\t2\r\nB: 3\r\n\r\n") == [
                .request("GET / 1.1 B=1|Host=a|a=2|B=3", body: [])
            ])
    }

    @Test("Field lines over their limits are 431, finished or not")
    func limits() {
        var limits = HTTPLimits()
        limits.headerBytes = 64
        limits.fieldCount = 3
        let exact = "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "b", count: 64 - 9 - 3 - 4)
        #expect(verdict(exact + "\r\n\r\n", limits: limits) == 200)
        #expect(verdict(exact + "b\r\n\r\n", limits: limits) == 431)
        #expect(verdict(exact + String(repeating: "b", count: 10), limits: limits) == 431)
        #expect(verdict("GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\n\r\n", limits: limits) == 200)
        #expect(verdict("GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\nC:\r\n\r\n", limits: limits) == 431)
    }
}

@Suite("RFC 9110 7.2, RFC 3986 3.2: Host")
struct HostTests {
    @Test("exactly one Host, of HTTP/1.1 on; at most one before")
    func presence() {
        #expect(verdict("GET / HTTP/1.1\r\n\r\n") == 400)
        #expect(verdict("GET / HTTP/1.0\r\n\r\n") == 200)
        #expect(verdict("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400)
        #expect(verdict("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n") == 400)
    }

    @Test(
        "valid values",
        arguments: [
            "", "a", "A.b-c_d~e", "a:80", "a:", "1.2.3.4", "999.1.1.1", "0.0.0.0=5000", "a%20b",
            "a!$&'()*+,;=",
            "[::]", "[::1]", "[::1]:80", "[1:2:3:4:5:6:7:8]", "[1::8]", "[1:2:3:4:5:6:7::]",
            "[::2:3:4:5:6:7:8]",
            "[::ffff:1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", "[fe80::ABCD]", "[v1.a:b]", "[vF.x!$]",
        ])
    func valid(host: String) {
        #expect(verdict("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == 200)
    }

    @Test(
        "invalid values",
        arguments: [
            "u@a", "u:p@a", "a b", "a, b", "a/b", "a?b", "a#b", "http://a", "{", "a\\b", "a\"", "<a>", "a|b",
            "a^b",
            "::1", "a:80:80", "a:b", "a:-1", "a:+1", "a:0x50", "a: 80", ":80", "%", "a%2", "a%zz", "é",
            "[", "]", "[]", "[::1", "::1]", "[::1]a", "[::1]80", "[::1]:x", "[:::]", "[::1::]", "[1:2:3]",
            "[1:2:3:4:5:6:7:8:9]",
            "[1:2:3:4:5:6:7:8::]", "[12345::]", "[g::]", "[1:2:3:4:5:6:7:]", "[:1:2:3:4:5:6:7]", "[::1.2.3]",
            "[::1.2.3.256]",
            "[::01.2.3.4]", "[1.2.3.4]", "[::1.2.3.4:1]", "[fe80::1%25eth0]", "[v.a]", "[v1.]", "[v1a]",
            "[vg.a]", "[a]b]",
        ])
    func invalid(host: String) {
        #expect(verdict("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == 400)
        #expect(verdict("GET / HTTP/1.0\r\nHost: \(host)\r\n\r\n") == 400)
    }
}
