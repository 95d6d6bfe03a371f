import Glibc
import HTTPServer
import Testing

@Suite("Shutting down")
struct ShutdownTests {
    @Test("Idle connections are closed, requests in flight are finished, new connections are refused")
    func graceful() throws {
        let started = Shared(false)
        let server = try TestServer(threads: 2) { request, exchange in
            guard request.path == "/slow" else { return .text("quick") }
            started.value = true
            onThread {
                usleep(200_000)
                exchange.respond(.text("slow"))
            }
            return nil
        }
        let idle = server.client()
        idle.send(get("/"))
        #expect(idle.response()?.status == 200)
        let busy = server.client()
        busy.send(get("/slow") + get("/next"))
        #expect(eventually { started.value })
        server.server.shutdown(gracePeriod: 5)
        #expect(idle.isAtEnd)
        let response = try #require(busy.response())
        #expect(response.text == "slow")
        #expect(response["connection"] == "close")
        #expect(busy.isAtEnd)
        busy.close()
        server.server.waitUntilStopped()
        let late = server.client(seconds: 1)
        late.send(get("/"))
        #expect(late.response() == nil)
    }

    @Test("Parked exchanges are answered at once, and the hook is called before")
    func parked() throws {
        let order = Shared<[String]>([])
        let kept = Shared<HTTPExchange?>(nil)
        let server = try TestServer(
            configure: {
                $0.onShutdown = {
                    order.change { $0.append("hook") }
                    kept.value?.respond(.text("hook"))
                }
            },
            handler: { request, exchange in
                exchange.park(seconds: 30) { .text("timeout") }
                if request.path == "/hook" { kept.value = exchange }
                order.change { $0.append(request.path) }
                return nil
            })
        let first = server.client()
        first.send(get("/hook"))
        let second = server.client()
        second.send(get("/other"))
        #expect(eventually { order.value.count == 2 })
        server.server.shutdown(gracePeriod: 5)
        #expect(first.response()?.text == "hook")
        #expect(second.response()?.text == "timeout")
        first.close()
        second.close()
        server.server.waitUntilStopped()
        #expect(order.value.filter { $0 == "hook" }.count == 1)
    }

    @Test("What is left after the grace period is cut off")
    func bounded() throws {
        let closed = Shared(false)
        let server = try TestServer { _, exchange in
            exchange.onClose { closed.value = true }
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(eventually { server.server.counters.requests == 1 })
        server.server.shutdown(gracePeriod: 0.1)
        server.server.waitUntilStopped()
        #expect(client.response() == nil)
        #expect(closed.value)
    }

    @Test("Clients that have their answer and don't hang up don't hold it up for long")
    func lingering() throws {
        let server = try TestServer { _, exchange in
            exchange.park(seconds: 30) { .text("done") }
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(eventually { server.server.counters.requests == 1 })
        var start = timespec()
        clock_gettime(CLOCK_MONOTONIC, &start)
        server.server.shutdown(gracePeriod: 60)
        #expect(client.response()?.text == "done")
        server.server.waitUntilStopped()
        var end = timespec()
        clock_gettime(CLOCK_MONOTONIC, &end)
        #expect(end.tv_sec - start.tv_sec < 5)
    }

    @Test("A second call ends everything now")
    func immediate() throws {
        let server = try TestServer { _, _ in nil }
        let client = server.client()
        client.send(get("/"))
        #expect(eventually { server.server.counters.requests == 1 })
        server.server.shutdown(gracePeriod: 60)
        server.server.shutdown(gracePeriod: 0)
        server.server.waitUntilStopped()
        #expect(client.response() == nil)
    }

    @Test("Exchanges and streams that outlive the server do nothing")
    func outliving() throws {
        let kept = Shared<HTTPExchange?>(nil)
        let stream = Shared<HTTPResponseStream?>(nil)
        do {
            let server = try TestServer { request, exchange in
                if request.path == "/" {
                    kept.value = exchange
                } else {
                    stream.value = exchange.startStream(.empty(.ok))
                }
                return nil
            }
            let clients = [server.client(), server.client()]
            clients[0].send(get("/"))
            clients[1].send(get("/stream"))
            #expect(eventually { kept.value != nil && stream.value != nil })
        }
        #expect(kept.value?.respond(.empty()) == false)
        #expect(kept.value?.startStream(.empty()) == nil)
        kept.value?.park(seconds: 1) { .empty() }
        #expect(stream.value?.write([1]) == .closed)
        stream.value?.finish()
    }
}
