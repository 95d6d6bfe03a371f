import Glibc
import HTTPServer
import Testing

@Suite("Limits over real sockets")
struct LimitTests {
    @Test(
        "A client that pipelines much and reads nothing stops the server's reading, and gets everything later"
    )
    func pipeliningBackPressure() throws {
        var limits = HTTPLimits()
        limits.pipelinedOutputBytes = 32 << 10
        let body = [UInt8](repeating: 0x61, count: 16 << 10)
        let server = try TestServer(limits: limits) { _, _ in HTTPResponse(.ok, body: body) }
        let client = server.client(receiveBuffer: 16 << 10)
        let count = 1500
        let requests = String(repeating: get("/"), count: count)
        client.send(requests)
        usleep(200_000)
        // 24 MB of responses are due; what was made is bounded by the socket's buffers, far less.
        #expect(server.server.counters.requests < count)
        for _ in 0..<count { #expect(client.response()?.body.count == body.count) }
    }

    @Test("A client that sends 33 MiB all at once can read the 413")
    func bodyTooLarge() throws {
        let server = try TestServer()
        for head in [
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(33 << 20)\r\n\r\n",
            chunked(String(33 << 20, radix: 16) + "\r\n"),
        ] {
            let client = server.client()
            client.send(head)
            let block = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<33 { #expect(client.send(block)) }
            #expect(client.response()?.status == 413)
            #expect(client.isAtEnd)
        }
    }

    @Test("A body over the limit is refused before 100 Continue")
    func bodyTooLargeWithExpectation() throws {
        let server = try TestServer()
        let client = server.client()
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\nExpect: 100-continue\r\n\r\n")
        #expect(client.readHead()?.status == 413)
    }

    @Test("A body of 32 MiB is taken and given back")
    func largestBody() throws {
        let server = try TestServer()
        let client = server.client()
        let body = (0..<(32 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
        client.send(body)
        let response = try #require(client.response())
        #expect(response.body.suffix(body.count).elementsEqual(body))
    }

    @Test("Content being received in all is bounded: 503")
    func receivingBound() throws {
        var limits = HTTPLimits()
        limits.receivingBytes = 100_000
        let server = try TestServer(limits: limits)
        let first = server.client()
        let second = server.client()
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 80000\r\n\r\n"
        first.send(head)
        first.send([UInt8](repeating: 0, count: 70_000))
        usleep(50_000)
        second.send(head)
        second.send([UInt8](repeating: 0, count: 70_000))
        #expect(second.response()?.status == 503)
        first.send([UInt8](repeating: 0, count: 10_000))
        #expect(first.response()?.status == 200)
        // Nothing stays counted: the same fits again.
        first.send(head)
        first.send([UInt8](repeating: 0, count: 80_000))
        #expect(first.response()?.status == 200)
    }

    @Test("At the connection limit the longest idle one makes room; without one, newcomers wait")
    func connectionLimit() throws {
        var limits = HTTPLimits()
        limits.connections = 2
        let server = try TestServer(limits: limits)
        let first = server.client()
        first.send(get("/1"))
        #expect(first.response()?.status == 200)
        let busy = server.client()
        busy.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")
        usleep(50_000)
        let third = server.client()
        third.send(get("/3") + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")
        #expect(third.response()?.status == 200)
        #expect(first.isAtEnd)
        let fourth = server.client()
        fourth.send(get("/4"))
        #expect(fourth.isQuiet(milliseconds: 150))
        busy.send("lo")
        #expect(busy.response()?.status == 200)
        busy.close()
        #expect(fourth.response()?.text == "GET /4\n\n")
        #expect(server.server.counters.acceptPauses > 0)
    }
}
