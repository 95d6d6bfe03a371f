import Glibc
import HTTPClient
import Testing

@Suite("HTTP client")
struct HTTPClientTests {
    @Test("method, headers and body arrive; status, headers and body come back")
    func exchange() async throws {
        let server = TestServer { head, body in
            TestServer.Reply(
                "\(head)|\(body)", status: "404 Not Found", headers: ["X-A: 1", "x-a:  two \t", "X-B:"])
        }
        defer { server.stop() }
        let client = try HTTPClient()
        let response = try await client.send(
            HTTPClientRequest(
                method: "POST", url: server.url("/a?b=c"),
                headers: ["X-Token": "secret", "X-Empty": "", "Content-Type": "text/plain"],
                body: Array("body".utf8)))
        #expect(response.status == 404)
        #expect(response.headers.all("X-A") == ["1", "two"])
        #expect(response.headers.first("x-b") == "")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.hasPrefix("POST /a?b=c HTTP/1.1\r\n"))
        #expect(text.hasSuffix("|body"))
        for line in ["X-Token: secret", "X-Empty:", "Content-Type: text/plain", "Content-Length: 4"] {
            #expect(text.contains("\r\n\(line)\r\n") || text.contains("\r\n\(line)|"))
        }
        #expect(!text.contains("Expect"))
    }

    @Test(
        "every method is sent as it is, with or without body",
        arguments: [
            ("GET", nil), ("DELETE", nil), ("PUT", "x"), ("POST", ""), ("PATCH", "xyz"), ("POST", nil),
            ("GET", "q"),
        ] as [(String, String?)])
    func methods(method: String, body: String?) async throws {
        let server = TestServer { head, body in TestServer.Reply("\(head)|\(body)") }
        defer { server.stop() }
        let client = try HTTPClient()
        let request = HTTPClientRequest(method: method, url: server.url(), body: body.map { Array($0.utf8) })
        let text = String(decoding: try await client.send(request).body, as: UTF8.self)
        #expect(text.hasPrefix("\(method) / HTTP/1.1\r\n"))
        #expect(text.hasSuffix("|\(body ?? "")"))
        #expect(text.contains("Content-Length: \(body?.utf8.count ?? -1)") == (body != nil))
        #expect(!text.contains("Content-Type"))
    }

    @Test("HEAD has a length and no body; interim responses are skipped")
    func head() async throws {
        let server = TestServer { head, _ in
            head.hasPrefix("HEAD")
                ? TestServer.Reply(raw: ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"], closes: false)
                : TestServer.Reply(raw: [
                    "HTTP/1.1 103 Early Hints\r\nX-A: early\r\n\r\n",
                    "HTTP/1.1 204 No Content\r\nX-A: late\r\n\r\n",
                ])
        }
        defer { server.stop() }
        let client = try HTTPClient()
        let head = try await client.send(HTTPClientRequest(method: "HEAD", url: server.url()))
        #expect(head.headers.first("content-length") == "5" && head.body.isEmpty)
        let response = try await client.send(HTTPClientRequest(url: server.url()))
        #expect(response.status == 204 && response.headers.all("X-A") == ["late"])
    }

    @Test("connections are reused, one after the other and by many at once")
    func reuse() async throws {
        let server = TestServer { _, body in TestServer.Reply(body) }
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPClient.Configuration(maximumConnections: 4))
        for _ in 0..<20 { _ = try await client.send(HTTPClientRequest(url: server.url())) }
        #expect(server.connections == 1)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let body = Array("\(number)".utf8)
                    let request = HTTPClientRequest(method: "POST", url: server.url(), body: body)
                    return try await client.send(request).body == body
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
        #expect(server.connections <= 4)
    }

    @Test("redirects are not followed")
    func redirects() async throws {
        let server = TestServer { _, _ in
            TestServer.Reply("", status: "302 Found", headers: ["Location: http://127.0.0.1:1/"])
        }
        defer { server.stop() }
        let response = try await HTTPClient().send(HTTPClientRequest(url: server.url()))
        #expect(response.status == 302)
    }

    @Test("nobody listening is an error at once, and nothing was sent")
    func refused() async throws {
        let port = TestServer.unusedPort()
        let error = try await #require(throws: HTTPClientError.self) {
            try await HTTPClient().send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/"))
        }
        guard case .unreachable(let why) = error else { throw error }
        #expect(why.contains("\(port)"))
        #expect(error.nothingWasSent)
    }

    @Test("the total timeout holds when nothing comes, when a body drips, and while waiting for a connection")
    func timeouts() async throws {
        let server = TestServer { head, _ in
            head.hasPrefix("GET /drip")
                ? TestServer.Reply(
                    raw: ["HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"] + Array(repeating: "x", count: 50),
                    pause: .milliseconds(50))
                : TestServer.Reply(raw: ["", "late"], pause: .seconds(30))
        }
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPClient.Configuration(maximumConnections: 1))
        async let holder = client.send(
            HTTPClientRequest(url: server.url("/drip"), timeout: .milliseconds(900)))
        try await Task.sleep(for: .milliseconds(100))
        let start = ContinuousClock.now
        let waiting = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPClientRequest(url: server.url(), timeout: .milliseconds(200)))
        }
        #expect(ContinuousClock.now - start < .seconds(15))
        #expect(waiting?.isTimeout == true)
        do { _ = try await holder } catch { #expect((error as? HTTPClientError)?.isTimeout == true) }
        let silent = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPClientRequest(url: server.url(), timeout: .milliseconds(150)))
        }
        #expect(silent?.isTimeout == true)
    }

    @Test("cancelling the task ends the exchange at once, before and after it began")
    func cancellation() async throws {
        let server = TestServer { _, _ in TestServer.Reply(raw: ["", "late"], pause: .seconds(30)) }
        defer { server.stop() }
        let client = try HTTPClient()
        let start = ContinuousClock.now
        for wait in [0, 0, 1, 5, 100] {
            let task = Task { try await client.send(HTTPClientRequest(url: server.url())) }
            if wait > 0 { try await Task.sleep(for: .milliseconds(wait)) }
            task.cancel()
            await #expect(throws: HTTPClientError.cancelled) { try await task.value }
        }
        #expect(ContinuousClock.now - start < .seconds(15))
    }

    @Test("many requests, half of them cancelled at any moment, each end once, and the client goes on")
    func cancellationUnderLoad() async throws {
        let server = TestServer { _, body in TestServer.Reply(body) }
        defer { server.stop() }
        let client = try HTTPClient(configuration: HTTPClient.Configuration(maximumConnections: 8))
        let request = HTTPClientRequest(method: "POST", url: server.url(), body: Array("x".utf8))
        let tasks = (0..<400).map { number in
            let task = Task { try await client.send(request).status }
            if number % 2 == 0 {
                Task.detached {
                    try? await Task.sleep(for: .microseconds(number * 37 % 5000))
                    task.cancel()
                }
            }
            return task
        }
        for (number, task) in tasks.enumerated() {
            do {
                #expect(try await task.value == 200)
            } catch let error as HTTPClientError {
                #expect(error == .cancelled && number % 2 == 0)
            }
        }
        #expect(try await client.send(request).body == Array("x".utf8))
    }

    @Test("a response over the limit is refused, with and without a declared length; one at the limit is not")
    func sizeLimit() async throws {
        let server = TestServer { head, _ in
            let body = String(repeating: "x", count: 1000)
            return head.hasPrefix("GET /close")
                ? TestServer.Reply(raw: ["HTTP/1.1 200 OK\r\n\r\n" + body]) : TestServer.Reply(body)
        }
        defer { server.stop() }
        let client = try HTTPClient()
        for path in ["/", "/close"] {
            var request = HTTPClientRequest(url: server.url(path), maximumResponseBytes: 999)
            await #expect(throws: HTTPClientError.responseTooLarge(limit: 999)) {
                try await client.send(request)
            }
            request.maximumResponseBytes = 1000
            #expect(try await client.send(request).body.count == 1000)
        }
    }

    @Test(
        "broken answers are lost connections",
        arguments: [
            "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "no http at all\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "HTTP/1.1 200 OK\r\n"
                + String(repeating: "X-Long: \(String(repeating: "y", count: 1000))\r\n", count: 400),
        ])
    func broken(answer: String) async throws {
        let server = TestServer { _, _ in TestServer.Reply(raw: [answer]) }
        defer { server.stop() }
        let error = try await #require(throws: HTTPClientError.self) {
            try await HTTPClient().send(HTTPClientRequest(url: server.url(), timeout: .seconds(5)))
        }
        guard case .connectionLost = error else { throw error }
    }

    @Test(
        "what cannot be sent safely is refused, without showing header values",
        arguments: [
            HTTPClientRequest(url: "ftp://127.0.0.1/"), HTTPClientRequest(url: "file:///etc/passwd"),
            HTTPClientRequest(url: "/relative"), HTTPClientRequest(url: ""),
            HTTPClientRequest(url: "http://a b/"),
            HTTPClientRequest(url: "http://user:hidden@127.0.0.1/"),
            HTTPClientRequest(url: "http://h/\r\nX: hidden"),
            HTTPClientRequest(method: "GET /", url: "http://127.0.0.1/"),
            HTTPClientRequest(url: "http://127.0.0.1/", headers: ["X-A": "hidden\r\nX-B: 1"]),
            HTTPClientRequest(url: "http://127.0.0.1/", headers: ["X A": "hidden"]),
            HTTPClientRequest(url: "http://127.0.0.1/", headers: ["Content-Length": "1"]),
            HTTPClientRequest(url: "http://127.0.0.1/", timeout: .zero),
            HTTPClientRequest(method: "HEAD", url: "http://127.0.0.1/", body: []),
            HTTPClientRequest(url: "http://127.0.0.1/", maximumResponseBytes: -1),
        ])
    func invalid(request: HTTPClientRequest) async throws {
        let error = try await #require(throws: HTTPClientError.self) { try await HTTPClient().send(request) }
        guard case .invalidRequest = error else { throw error }
        #expect(!"\(error)".contains("hidden"))
    }

    @Test("closing ends what is under way, joins the thread, and refuses what comes later")
    func close() async throws {
        let server = TestServer { _, _ in TestServer.Reply(raw: ["", "late"], pause: .seconds(30)) }
        defer { server.stop() }
        let client = try HTTPClient()
        let task = Task { try await client.send(HTTPClientRequest(url: server.url())) }
        try await Task.sleep(for: .milliseconds(100))
        client.close()
        await #expect(throws: HTTPClientError.closed) { try await task.value }
        await #expect(throws: HTTPClientError.closed) {
            try await client.send(HTTPClientRequest(url: server.url()))
        }
        client.close()
    }

    @Test("a proxy named in the environment is not used for loopback addresses")
    func proxy() async {
        // In a process of its own: the environment is shared by all threads.
        await #expect(processExitsWith: .success) {
            setenv("http_proxy", "http://127.0.0.1:1", 1)
            let server = TestServer { _, _ in TestServer.Reply("direct") }
            for host in ["127.0.0.1", "localhost"] {
                let request = HTTPClientRequest(url: "http://\(host):\(server.port)/")
                #expect(try await HTTPClient().send(request).body == Array("direct".utf8))
            }
            let error = try await #require(throws: HTTPClientError.self) {
                try await HTTPClient().send(HTTPClientRequest(url: "http://192.0.2.1/"))
            }
            #expect("\(error)".contains("127.0.0.1"))
        }
    }
}

extension HTTPClientError {
    fileprivate var isTimeout: Bool {
        if case .timedOut = self { true } else { false }
    }
}
