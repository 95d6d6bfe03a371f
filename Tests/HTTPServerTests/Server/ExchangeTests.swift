import Glibc
import HTTPServer
import Testing

@Suite("Deferred answers")
struct ExchangeTests {
    @Test("Another thread answers; the first answer wins")
    func respond() throws {
        let wins = Shared<[Bool]>([])
        let server = try TestServer { _, exchange in
            onThread {
                usleep(20_000)
                let first = exchange.respond(.text("one"))
                let second = exchange.respond(.text("two"))
                wins.value = [first, second, exchange.isOpen]
            }
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.text == "one")
        #expect(eventually { wins.value == [true, false, false] })
        #expect(client.isQuiet(milliseconds: 50))
    }

    @Test("An answer through the exchange wins over the one returned after it")
    func inlineRace() throws {
        let server = try TestServer { _, exchange in
            exchange.respond(.text("exchange"))
            return .text("returned")
        }
        let client = server.client()
        client.send(get("/") + get("/"))
        #expect(client.response()?.text == "exchange")
        #expect(client.response()?.text == "exchange")
        #expect(client.isQuiet(milliseconds: 50))
    }

    @Test("Later requests wait for the answer, and keep their order")
    func pipelining() throws {
        let server = try TestServer { request, exchange in
            guard request.path == "/slow" else { return .text(request.path) }
            onThread {
                usleep(50_000)
                exchange.respond(.text("slow"))
            }
            return nil
        }
        let client = server.client()
        client.send(get("/slow") + get("/a") + get("/slow") + get("/b"))
        #expect((0..<4).map { _ in client.response()?.text } == ["slow", "/a", "slow", "/b"])
    }

    @Test("A hundred threads' worth of answers reach the right clients")
    func many() throws {
        let server = try TestServer(threads: 2) { request, exchange in
            onThread { exchange.respond(.text(request.path)) }
            return nil
        }
        let clients = (0..<100).map { _ in server.client() }
        for round in 0..<5 {
            for (index, client) in clients.enumerated() { client.send(get("/\(round)-\(index)")) }
            for (index, client) in clients.enumerated() {
                #expect(client.response()?.text == "/\(round)-\(index)")
            }
        }
    }

    @Test("A parked exchange is answered in time or by its timeout")
    func park() throws {
        let parked = Shared<[HTTPExchange]>([])
        let server = try TestServer { request, exchange in
            exchange.park(seconds: request.path == "/short" ? 0.1 : 30) { .text("nothing yet") }
            parked.change { $0.append(exchange) }
            return nil
        }
        let client = server.client()
        client.send(get("/short"))
        #expect(client.response()?.text == "nothing yet")
        #expect(parked.value[0].respond(.text("late")) == false)
        client.send(get("/long"))
        #expect(client.isQuiet(milliseconds: 150))
        #expect(parked.value[1].respond(.text("news")))
        #expect(client.response()?.text == "news")
        client.send(get("/short"))
        #expect(client.response()?.text == "nothing yet")
    }

    @Test("Parking outlasts the handler timeout, and can be renewed")
    func parkAgain() throws {
        var limits = HTTPLimits()
        limits.handlerSeconds = 0.05
        let server = try TestServer(limits: limits) { _, exchange in
            exchange.park(seconds: 30) { .text("first") }
            exchange.park(seconds: 0.2) { .text("second") }
            return nil
        }
        let client = server.client()
        client.send(get("/"))
        #expect(client.response()?.text == "second")
    }

    @Test("Many parked exchanges time out in order of their deadlines")
    func manyParked() throws {
        let server = try TestServer { request, exchange in
            let wait = Double(request.path.dropFirst()) ?? 0
            exchange.park(seconds: wait / 1000) { .text(request.path) }
            return nil
        }
        let clients = (0..<200).map { _ in server.client() }
        for (index, client) in clients.enumerated() { client.send(get("/\((index * 37) % 200)")) }
        for (index, client) in clients.enumerated() {
            #expect(client.response()?.text == "/\((index * 37) % 200)")
        }
    }

    @Test("A client that leaves is noticed: the waiter is told, answers go nowhere")
    func disconnect() throws {
        let closed = Shared(0)
        let kept = Shared<[HTTPExchange]>([])
        let server = try TestServer { request, exchange in
            exchange.onClose { closed.change { $0 += 1 } }
            if request.path == "/parked" { exchange.park(seconds: 30) { .text("nothing yet") } }
            kept.change { $0.append(exchange) }
            return nil
        }
        let resetting = server.client()
        resetting.send(get("/deferred"))
        #expect(eventually { kept.value.count == 1 })
        resetting.reset()
        #expect(eventually { closed.value == 1 })
        #expect(kept.value[0].respond(.empty()) == false)
        #expect(kept.value[0].onClose {} == false)

        let leaving = server.client()
        leaving.send(get("/parked"))
        #expect(eventually { kept.value.count == 2 })
        leaving.close()
        #expect(eventually { !kept.value[1].isOpen })
        #expect(kept.value[1].respond(.empty()) == false)
        #expect(eventually { server.server.counters.connectionsOpen == 0 })
    }

    @Test("A deferred answer reaches a client that has closed its sending side; a parked one comes at once")
    func halfClose() throws {
        let server = try TestServer { request, exchange in
            if request.path == "/parked" {
                exchange.park(seconds: 30) { .text("nothing yet") }
            } else {
                onThread {
                    usleep(100_000)
                    exchange.respond(.text("done"))
                }
            }
            return nil
        }
        for (path, text) in [("/deferred", "done"), ("/parked", "nothing yet")] {
            let client = server.client(seconds: 3)
            client.send(get(path))
            client.closeSendingSide()
            #expect(client.response()?.text == text)
            #expect(client.isAtEnd)
        }
    }

    @Test("Answers for a connection whose descriptor has gone to another one reach nobody")
    func reusedDescriptor() throws {
        let kept = Shared<[HTTPExchange]>([])
        let server = try TestServer { request, exchange in
            guard request.path == "/keep" else { return .text("fresh") }
            kept.change { $0.append(exchange) }
            return nil
        }
        for round in 0..<20 {
            let old = server.client()
            old.send(get("/keep"))
            #expect(eventually { kept.value.count == round + 1 })
            old.reset()
            #expect(eventually { server.server.counters.connectionsOpen == 0 })
            let new = server.client()
            new.send("GET /half HTTP/1.1\r\n")
            usleep(5000)
            #expect(kept.value[round].respond(.text("stale")) == false)
            new.send("Host: a\r\n\r\n")
            #expect(new.response()?.text == "fresh")
            new.close()
            #expect(eventually { server.server.counters.connectionsOpen == 0 })
        }
    }
}
