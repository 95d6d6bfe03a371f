import Glibc
import HTTPServer
import Testing

@Suite("Streams")
struct StreamTests {
    @Test("Chunked for HTTP/1.1, and the connection goes on")
    func chunkedStream() throws {
        let server = try TestServer { request, exchange in
            guard request.path == "/stream" else { return .text("next") }
            guard
                let stream = exchange.startStream(HTTPResponse(.ok, headers: ["Content-Type": "text/plain"]))
            else {
                return nil
            }
            onThread {
                for index in 0..<5 {
                    stream.write(Array("line \(index)\n".utf8))
                    usleep(5000)
                }
                stream.finish()
                stream.finish()
                if stream.write([1]) != .closed { Issue.record("written after the end") }
            }
            return nil
        }
        let client = server.client()
        client.send(get("/stream") + get("/next"))
        let response = try #require(client.response())
        #expect(response["transfer-encoding"] == "chunked")
        #expect(response["content-type"] == "text/plain")
        #expect(response["content-length"] == nil)
        #expect(response.text == "line 0\nline 1\nline 2\nline 3\nline 4\n")
        #expect(client.response()?.text == "next")
    }

    @Test("Until the end of the connection for HTTP/1.0, nothing for HEAD")
    func otherStreams() throws {
        let server = try TestServer { _, exchange in
            let stream = exchange.startStream(HTTPResponse(.ok))
            stream?.write(Array("abc".utf8))
            stream?.finish()
            return nil
        }
        let old = server.client()
        old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let response = try #require(old.response())
        #expect(response.text == "abc")
        #expect(response["transfer-encoding"] == nil)
        #expect(response["connection"] == "close")
        let client = server.client()
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.response(toHead: true)?.status == 200)
        #expect(client.response(toHead: true)?["transfer-encoding"] == "chunked")
        #expect(client.isQuiet(milliseconds: 50))
    }

    @Test("A slow reader makes the writer wait; what is buffered stays bounded; everything arrives")
    func backPressure() throws {
        var limits = HTTPLimits()
        limits.streamBufferBytes = 64 << 10
        let total = 24 << 20
        let most = Shared(0)
        let waits = Shared(0)
        let server = try TestServer(limits: limits) { _, exchange in
            guard let stream = exchange.startStream(HTTPResponse(.ok)) else { return nil }
            let written = Shared(0)
            let block = [UInt8](repeating: 0x61, count: 10_000)
            // Runs here first and then whenever there is room, always on the loop's thread.
            let pump: @Sendable () -> Void = {
                while written.value < total {
                    guard case .accepted(let buffered) = stream.write(block) else { return }
                    written.change { $0 += block.count }
                    most.change { $0 = max($0, buffered) }
                    if buffered > stream.highWaterMark { return waits.change { $0 += 1 } }
                }
                stream.finish()
            }
            stream.onDrain(pump)
            pump()
            return nil
        }
        let client = server.client(receiveBuffer: 16 << 10)
        client.send(get("/"))
        usleep(300_000)
        let response = try #require(client.response())
        #expect(response.body.count >= total)
        #expect(most.value < 100_000)
        #expect(waits.value > 10)
    }

    @Test("A writer that doesn't wait loses the connection before memory is lost")
    func overflow() throws {
        var limits = HTTPLimits()
        limits.streamBufferBytes = 64 << 10
        limits.streamOverflowBytes = 1 << 20
        let written = Shared(0)
        let server = try TestServer(limits: limits) { _, exchange in
            guard let stream = exchange.startStream(HTTPResponse(.ok)) else { return nil }
            onThread {
                let block = [UInt8](repeating: 0x61, count: 50_000)
                while stream.write(block) != .closed { written.change { $0 += block.count } }
            }
            return nil
        }
        let client = server.client(receiveBuffer: 4096)
        client.send(get("/"))
        #expect(
            eventually {
                server.server.counters.connectionsAccepted == 1 && server.server.counters.connectionsOpen == 0
            })
        #expect(written.value < 64 << 20)
    }

    @Test("When the client leaves, the writer is told")
    func disconnect() throws {
        let closed = Shared(false)
        let observed = Shared<[Bool]>([])
        let kept = Shared<HTTPResponseStream?>(nil)
        let server = try TestServer(configure: {
            $0.observer = { seen in observed.change { $0.append(seen.wasCutShort) } }
        }) {
            _, exchange in
            exchange.onClose { closed.value = true }
            kept.value = exchange.startStream(HTTPResponse(.ok))
            kept.value?.write(Array("hello".utf8))
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(client.readHead()?.status == 200)
        #expect(client.readChunk() == Array("hello".utf8))
        client.reset()
        #expect(eventually { closed.value })
        #expect(kept.value?.write([1]) == .closed)
        #expect(observed.value == [true])
    }

    @Test("A stream that is written to after a quiet disconnect ends")
    func quietDisconnect() throws {
        let kept = Shared<HTTPResponseStream?>(nil)
        let server = try TestServer { _, exchange in
            kept.value = exchange.startStream(HTTPResponse(.ok))
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(client.readHead()?.status == 200)
        client.close()
        #expect(eventually { kept.value?.write([1]) == .closed })
        #expect(eventually { server.server.counters.connectionsOpen == 0 })
    }
}
