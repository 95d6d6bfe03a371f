import Glibc
import HTTPServer
import Testing

@Suite("Connections over real sockets")
struct ConnectionTests {
    @Test("Keep-alive: many requests on one connection, then a close when asked for")
    func keepAlive() throws {
        let server = try TestServer()
        let client = server.client()
        for index in 0..<50 {
            client.send(get("/\(index)"))
            let response = try #require(client.response())
            #expect(response.text == "GET /\(index)\n\n")
            #expect(response["connection"] == nil)
            #expect(response["date"]?.hasSuffix(" GMT") == true)
            #expect(response["x-request-id"]?.count == 26)
        }
        client.send(get("/last", "Connection: close\r\n"))
        #expect(client.response()?["connection"] == "close")
        #expect(client.isAtEnd)
        #expect(server.server.counters.requests == 51)
        #expect(server.server.counters.connectionsAccepted == 1)
    }

    @Test("HTTP/1.0: closed by default, kept when asked for, answered as HTTP/1.1")
    func http10() throws {
        let server = try TestServer()
        let client = server.client()
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(client.response()?["connection"] == "keep-alive")
        client.send("GET /b HTTP/1.0\r\n\r\n")
        let response = try #require(client.response())
        #expect(response.text == "GET /b\n\n")
        #expect(response["connection"] == "close")
        #expect(client.isAtEnd)
    }

    @Test("Pipelined requests are answered in order, bodies and all, whatever the packets")
    func pipelining() throws {
        let server = try TestServer()
        let client = server.client()
        var text = ""
        for index in 0..<200 {
            text +=
                index % 3 == 0
                ? "POST /\(index) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" : get("/\(index)")
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 997) {
            client.send(Array(bytes[start..<min(start + 997, bytes.count)]))
        }
        for index in 0..<200 {
            let expected = index % 3 == 0 ? "POST /\(index)\n\nabc" : "GET /\(index)\n\n"
            #expect(try #require(client.response()).text == expected)
        }
    }

    @Test("HEAD sends the length and no body; 204 and 304 send neither")
    func head() throws {
        let server = try TestServer { request, _ in
            request.path == "/204" ? .empty() : request.path == "/304" ? .empty(.notModified) : .text("hello")
        }
        let client = server.client()
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/204") + get("/304") + get("/"))
        let head = try #require(client.response(toHead: true))
        #expect(head["content-length"] == "5")
        #expect(client.response()?["content-length"] == nil)
        #expect(client.response()?["content-length"] == nil)
        #expect(client.response()?.text == "hello")
    }

    @Test("Expect: 100-continue is answered before the body comes, not when it is there")
    func expectContinue() throws {
        let server = try TestServer()
        let client = server.client()
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        client.send(head)
        #expect(client.readHead()?.status == 100)
        client.send("hello")
        #expect(client.response()?.text == "POST /\n\nhello")
        client.send(head + "hello")
        #expect(client.readHead()?.status == 200)
    }

    @Test("Chunked bodies arrive whole")
    func chunkedBody() throws {
        let server = try TestServer()
        let client = server.client()
        for piece in [chunked("5\r\nhe"), "llo\r", "\n6\r\n world", "\r\n0\r\nX: y\r\n", "\r\n"] {
            client.send(piece)
            usleep(2000)
        }
        #expect(client.response()?.text == "POST /\n\nhello world")
    }

    @Test("Refusals say why as problem+json, with an id, and close")
    func refusal() throws {
        let server = try TestServer()
        let client = server.client()
        client.send(get("/a") + "GET / HTTP/1.1\r\nHost: a\r\nBad Field: x\r\n\r\n" + get("/b"))
        #expect(client.response()?.status == 200)
        let response = try #require(client.response())
        #expect(response.status == 400)
        #expect(response["content-type"] == "application/problem+json")
        #expect(response["connection"] == "close")
        let id = try #require(response["x-request-id"])
        #expect(response.text.contains("\"request_id\":\"\(id)\""))
        #expect(response.text.contains("field name"))
        #expect(client.isAtEnd)
        #expect(server.server.counters.refusals == 1)
    }

    @Test("CONNECT is refused: a 2xx would make a tunnel of the connection")
    func connect() throws {
        let server = try TestServer()
        let client = server.client()
        client.send("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.response()?.status == 501)
    }

    @Test("A client that closes its sending side gets its answers")
    func halfClose() throws {
        let server = try TestServer()
        let client = server.client()
        client.send(get("/a") + get("/b"))
        client.closeSendingSide()
        #expect(client.response()?.text == "GET /a\n\n")
        #expect(client.response()?.text == "GET /b\n\n")
        #expect(client.isAtEnd)
    }

    @Test("Resets in the middle of a head, a body and a response leave nothing behind")
    func resets() throws {
        let large = [UInt8](repeating: 0x61, count: 8 << 20)
        let server = try TestServer { _, _ in HTTPResponse(.ok, body: large) }
        for text in ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhel", get("/"), ""]
        {
            for _ in 0..<20 {
                let client = server.client(receiveBuffer: 4096)
                client.send(text)
                if text == get("/") { client.receive() }
                client.reset()
            }
        }
        #expect(eventually { server.server.counters.connectionsOpen == 0 })
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.body.count == large.count)
    }

    @Test("Thousands of short connections leak no descriptors")
    func shortConnections() throws {
        let server = try TestServer(threads: 2)
        let before = openDescriptors()
        for index in 0..<3000 {
            let client = server.client()
            client.send(get("/", index % 2 == 0 ? "Connection: close\r\n" : ""))
            #expect(client.response()?.status == 200)
        }
        #expect(eventually { server.server.counters.connectionsOpen == 0 })
        // Other tests open descriptors of their own meanwhile, but not a thousand.
        #expect(openDescriptors() < before + 1000)
        #expect(server.server.counters.connectionsAccepted == 3000)
    }

    @Test("The observer sees every response, refusals too")
    func observer() throws {
        let seen = Shared<[String]>([])
        let server = try TestServer(configure: { configuration in
            configuration.observer = { observation in
                let target = observation.request?.target ?? "-"
                let line =
                    "\(target) \(observation.status.code) \(observation.responseBytes) "
                    + observation.requestID
                if observation.seconds >= 0 { seen.change { $0.append(line) } }
            }
        })
        let client = server.client()
        client.send(
            "HEAD /a HTTP/1.1\r\nHost: a\r\nX-Request-Id: one\r\n\r\n" + get("/b", "X-Request-Id: two\r\n")
                + "bad\r\n")
        #expect(client.response(toHead: true)?["x-request-id"] == "one")
        #expect(client.response()?["x-request-id"] == "two")
        #expect(client.response()?.status == 400)
        #expect(Array(seen.value.prefix(2)) == ["/a 200 0 one", "/b 200 8 two"])
        #expect(seen.value.last?.hasPrefix("- 400 ") == true)
        #expect(server.server.counters.responsesByClass == [0, 0, 2, 0, 1, 0])
    }

    @Test("IPv6, names and several hosts; a taken port is an error")
    func addresses() throws {
        let server = try TestServer(threads: 2, configure: { $0.hosts = ["127.0.0.1", "localhost"] })
        #expect(server.server.addresses.allSatisfy { $0.port == server.port && $0.isLoopback })
        #expect(throws: HTTPServerError.self) { try TestServer(configure: { $0.port = server.port }) }
        #expect(throws: HTTPServerError.unknownHost("no such host")) {
            try TestServer(configure: { $0.hosts = ["no such host"] })
        }
        #expect(throws: HTTPServerError.alreadyStarted) { try server.server.start() }
    }
}
