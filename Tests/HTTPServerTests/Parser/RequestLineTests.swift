import HTTPServer
import Testing

@Suite("RFC 9112 3: request line")
struct RequestLineTests {
    @Test(
        "3: three parts with single spaces, ended by CRLF",
        arguments: [
            ("GET / HTTP/1.1\r\n", 200), ("GET  / HTTP/1.1\r\n", 400), ("GET /  HTTP/1.1\r\n", 400),
            ("GET / HTTP/1.1 \r\n", 400), (" GET / HTTP/1.1\r\n", 400), ("GET /\r\n", 400), ("GET\r\n", 400),
            ("GET /a b HTTP/1.1\r\n", 400), ("GET\t/ HTTP/1.1\r\n", 400), ("GET / HTTP/1.1\n", 400),
            ("GET / HTTP/1.1\r\r\n", 400), ("\u{0}GET / HTTP/1.1\r\n", 400),
        ])
    func parts(line: String, status: Int) {
        #expect(verdict(line + "Host: a\r\n\r\n") == status)
    }

    @Test("2.2: empty lines before the request line are skipped, within reason")
    func leadingEmptyLines() {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(verdict("\r\n\r\n" + request) == 200)
        #expect(verdict(String(repeating: "\r\n", count: 9) + request) == 400)
        #expect(verdict("\n" + request) == 400)
        #expect(verdict("\r" + request) == 400)
    }

    @Test(
        "3.1: the method is any token",
        arguments: [
            ("GET", 200), ("get", 200), ("-BLARGH", 200), ("A!#$%&'*+.^_`|~9", 200), ("GE(T", 400),
            ("G:T", 400),
            ("GÉT", 400), ("G\u{7f}T", 400), ("G{T", 400),
        ])
    func method(method: String, status: Int) {
        #expect(verdict("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n") == status)
    }

    @Test(
        "2.3: only major version 1 is spoken, later minor versions count as 1.1",
        arguments: [
            ("HTTP/1.0", 200), ("HTTP/1.1", 200), ("HTTP/1.2", 200), ("HTTP/1.9", 200), ("HTTP/2.0", 505),
            ("HTTP/0.9", 505), ("HTTP/3.1", 505), ("HTTP/1", 400), ("HTTP/1.", 400), ("HTTP/11.1", 400),
            ("HTTP/1.10", 400), ("HTTP/01.1", 400), ("http/1.1", 400), ("Http/1.1", 400), ("HTTPS/1.1", 400),
            ("HTTP /1.1", 400), ("HTTP/1,1", 400), ("HTTP/1.1x", 400), ("HTTP/-1.1", 400), ("ICY/1.1", 400),
        ])
    func version(version: String, status: Int) {
        #expect(verdict("GET / \(version)\r\nHost: a\r\n\r\n") == status)
    }

    @Test("2.3: a later minor version is read as 1.1")
    func laterMinorVersion() {
        #expect(parse("GET / HTTP/1.7\r\nHost: a\r\n\r\n") == [.request("GET / 1.1 Host=a", body: [])])
    }

    @Test(
        "3.2.1: origin-form",
        arguments: [
            ("/", 200), ("///", 200), ("/a/./../b", 200), ("/a?b=c&d", 200), ("/?", 200), ("/a?b?c/d", 200),
            ("/%41%00%ff", 200), ("/a;b=c,d:e@f!$&'()*+", 200), ("/%", 400), ("/%4", 400), ("/%4g", 400),
            ("/?%zz", 400), ("/a#b", 400), ("/?a#b", 400), ("/a\"b", 400), ("/a\\b", 400), ("/<a>", 400),
            ("/a|b", 400), ("/{a}", 400), ("/a^b", 400), ("/é", 400), ("/a\u{1}", 400), ("/a\u{7f}", 400),
            ("/?a[]=b", 400), ("a/b", 400), ("../a", 400), ("?a", 400),
        ])
    func originForm(target: String, status: Int) {
        #expect(verdict("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == status)
    }

    @Test(
        "3.2.2: absolute-form, where Host gives way but must be there",
        arguments: [
            ("http://b/", 200), ("http://b", 200), ("http://b?q", 200), ("HTTP://b:80/c?d", 200),
            ("https://[::1]:1/", 200),
            ("http://u@b/", 400), ("http://u:p@b/", 400), ("http:///a", 400), ("http://b:x/", 400),
            ("http://b c/", 400),
            ("http:/b", 400), ("http:b", 400), ("://b/", 400), ("1http://b/", 400), ("http://b/#f", 400),
            ("ftp://b/", 421), ("localhost:80", 400), ("http://[::1/", 400),
        ])
    func absoluteForm(target: String, status: Int) {
        #expect(verdict("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == status)
        #expect(verdict("GET \(target) HTTP/1.1\r\n\r\n") >= 400)
    }

    @Test(
        "3.2.3: authority-form for CONNECT only",
        arguments: [
            ("CONNECT", "a:443", 200), ("CONNECT", "[::1]:443", 200), ("CONNECT", "a", 400),
            ("CONNECT", "a:", 400),
            ("CONNECT", ":443", 400), ("CONNECT", "/", 400), ("CONNECT", "http://a:1/", 400),
            ("CONNECT", "u@a:1", 400),
            ("CONNECT", "*", 400), ("GET", "a:443", 400),
        ])
    func authorityForm(method: String, target: String, status: Int) {
        #expect(verdict("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == status)
    }

    @Test("3.2.4: asterisk-form for OPTIONS only")
    func asteriskForm() {
        #expect(verdict("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") == 200)
        #expect(verdict("GET * HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
        #expect(verdict("OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
        #expect(verdict("OPTIONS *?a HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
    }

    @Test("3: a request line over its limit is 414, finished or not")
    func lengthLimit() {
        var limits = HTTPLimits()
        limits.requestLineBytes = 40
        let longest = "/" + String(repeating: "a", count: 40 - 14)
        #expect(verdict("GET \(longest) HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits) == 200)
        #expect(verdict("GET \(longest)a HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits) == 414)
        #expect(verdict(String(repeating: "a", count: 41), limits: limits) == 0)
        #expect(verdict(String(repeating: "a", count: 42), limits: limits) == 414)
    }
}
