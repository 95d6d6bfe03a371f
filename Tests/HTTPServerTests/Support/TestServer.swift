import Glibc
import HTTPServer
import Synchronization

/// A server on a free port for the time of a test.
final class TestServer: Sendable {
    let server: HTTPServer
    let port: Int

    convenience init(
        threads: Int = 1, limits: HTTPLimits = HTTPLimits(), handler: @escaping HTTPHandler = echo
    ) throws {
        try self.init(threads: threads, limits: limits, configure: { _ in }, handler: handler)
    }

    init(
        threads: Int = 1, limits: HTTPLimits = HTTPLimits(),
        configure: (inout HTTPServerConfiguration) -> Void, handler: @escaping HTTPHandler = echo
    ) throws {
        var configuration = HTTPServerConfiguration()
        configuration.port = 0
        configuration.threads = threads
        configuration.limits = limits
        configure(&configuration)
        server = HTTPServer(configuration: configuration, handler: handler)
        port = try Self.port(of: try server.start())
    }

    private struct NoAddress: Error {}

    private static func port(of addresses: [HTTPSocketAddress]) throws -> Int {
        guard let address = addresses.first else { throw NoAddress() }
        return address.port
    }

    deinit {
        server.shutdown(gracePeriod: 0)
        server.waitUntilStopped()
    }

    func client(seconds: Int = 10, receiveBuffer: Int32? = nil) -> RawClient {
        RawClient(port: port, seconds: seconds, receiveBuffer: receiveBuffer)
    }
}

/// Answers method and target, an empty line, and the content.
let echo: HTTPHandler = { request, _ in
    HTTPResponse(.ok, body: Array("\(request.method) \(request.target)\n\n".utf8) + request.body)
}

/// A GET request, with more field lines if need be.
func get(_ target: String, _ fields: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

/// Waits, at most five seconds, until the condition holds.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<1000 {
        if condition() { return true }
        usleep(5000)
    }
    return condition()
}

/// A value that handlers of several threads may change.
final class Shared<Value: Sendable>: Sendable {
    private let storage: Mutex<Value>

    init(_ value: Value) { storage = Mutex(value) }

    var value: Value {
        get { storage.withLock { $0 } }
        set { storage.withLock { $0 = newValue } }
    }

    func change(_ body: (inout Value) -> Void) { storage.withLock { body(&$0) } }
}

/// Runs `body` on a thread of its own.
func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    pthread_detach(thread)
}

/// Number of open descriptors of this process.
func openDescriptors() -> Int {
    guard let directory = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
}
