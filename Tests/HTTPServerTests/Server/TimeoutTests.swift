import Glibc
import HTTPServer
import Testing

@Suite("Timeouts")
struct TimeoutTests {
    private func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        change(&limits)
        return limits
    }

    @Test("A head that comes drop by drop is 408, however steady the drops")
    func slowHead() throws {
        let server = try TestServer(limits: limits { $0.headerSeconds = 0.2 })
        let client = server.client()
        var drops = 0
        for byte in get("/" + String(repeating: "a", count: 500)).utf8 {
            guard client.isQuiet(milliseconds: 10), client.send([byte]) else { break }
            drops += 1
        }
        #expect(drops < 100)
        #expect(client.response()?.status == 408)
        #expect(client.isAtEnd)
        #expect(server.server.counters.timeouts == 1)
    }

    @Test("The second head on a connection has the same bound, from its first byte")
    func slowSecondHead() throws {
        let server = try TestServer(limits: limits { $0.headerSeconds = 0.15 })
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.status == 200)
        #expect(client.isQuiet(milliseconds: 300))
        client.send(get("/") + "GET ")
        #expect(client.response()?.status == 200)
        #expect(client.response()?.status == 408)
    }

    @Test("A new connection that sends nothing is closed without a word")
    func silence() throws {
        let server = try TestServer(limits: limits { $0.headerSeconds = 0.1 })
        #expect(server.client().isAtEnd)
    }

    @Test("A body that stalls or trickles is 408")
    func slowBody() throws {
        let server = try TestServer(limits: limits { $0.bodySeconds = 0.2 })
        let client = server.client()
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
        var drops = 0
        while drops < 100, client.isQuiet(milliseconds: 10), client.send([0x61]) { drops += 1 }
        #expect(drops < 100)
        #expect(client.response()?.status == 408)
    }

    @Test("A large body may take longer than the timeout as long as it moves")
    func steadyBody() throws {
        let server = try TestServer(limits: limits { $0.bodySeconds = 0.8 })
        let client = server.client()
        let block = [UInt8](repeating: 0x61, count: 70_000)
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(block.count * 8)\r\n\r\n")
        for _ in 0..<8 {
            client.send(block)
            usleep(130_000)
        }
        #expect(client.response()?.status == 200)
    }

    @Test("Idle connections are closed")
    func idle() throws {
        let server = try TestServer(limits: limits { $0.idleSeconds = 0.1 })
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.status == 200)
        #expect(client.isAtEnd)
    }

    @Test("A client that takes no output is closed")
    func slowReader() throws {
        let large = [UInt8](repeating: 0x61, count: 16 << 20)
        let server = try TestServer(limits: limits { $0.writeSeconds = 0.2 }) { _, _ in
            HTTPResponse(.ok, body: large)
        }
        let client = server.client(receiveBuffer: 4096)
        client.send(get("/"))
        #expect(
            eventually { server.server.counters.timeouts == 1 && server.server.counters.connectionsOpen == 0 }
        )
        #expect(client.readAll().count < large.count)
    }

    @Test("A handler that never answers is answered for with 503, and its waiter is told")
    func handler() throws {
        let told = Shared(0)
        let late = Shared<HTTPExchange?>(nil)
        let server = try TestServer(limits: limits { $0.handlerSeconds = 0.1 }) { _, exchange in
            exchange.onClose { told.change { $0 += 1 } }
            late.value = exchange
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.status == 503)
        #expect(told.value == 1)
        #expect(late.value?.respond(.empty()) == false)
        client.send(get("/"))
        #expect(client.response()?.status == 503)
    }

    @Test("Lingering after a refusal is bounded")
    func linger() throws {
        let server = try TestServer(limits: limits { $0.lingerSeconds = 0.1 })
        let client = server.client()
        client.send("bad\r\n")
        #expect(client.response()?.status == 400)
        #expect(eventually { server.server.counters.connectionsOpen == 0 })
    }
}
