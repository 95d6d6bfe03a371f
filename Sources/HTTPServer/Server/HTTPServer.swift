import CLinux
import Glibc
import Synchronization

/// An HTTP/1.1 server over POSIX sockets: one event loop for each processor, each with its own listening
/// sockets.
///
/// ```swift
/// let server = HTTPServer(configuration: configuration) { request, exchange in .text("hello") }
/// let addresses = try server.start()
/// server.waitUntilStopped()
/// ```
public final class HTTPServer: Sendable {
    private enum State {
        case new
        case running(SharedServerState, [LoopHandle], [HTTPSocketAddress])
    }

    private let configuration: HTTPServerConfiguration
    private let handler: HTTPHandler
    private let state = Mutex(State.new)
    private let hasShutDown = Atomic<Bool>(false)

    /// A server that isn't listening yet.
    public init(configuration: HTTPServerConfiguration, handler: @escaping HTTPHandler) {
        self.configuration = configuration
        self.handler = handler
    }

    deinit { shutdown(gracePeriod: 0) }

    /// Listens and starts the loops.
    /// - Returns: the addresses bound, one for each address of each host, with the port chosen.
    /// - Throws: ``HTTPServerError``.
    public func start() throws(HTTPServerError) -> [HTTPSocketAddress] {
        let result: Result<[HTTPSocketAddress], HTTPServerError> = state.withLock { state in
            guard case .new = state else { return .failure(.alreadyStarted) }
            do throws(HTTPServerError) {
                let started = try launch()
                state = started
                guard case .running(_, _, let addresses) = started else { return .success([]) }
                return .success(addresses)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func launch() throws(HTTPServerError) -> State {
        let loops = configuration.threads > 0 ? configuration.threads : Int(clinux_processor_count())
        let shared = try SharedServerState(handler: handler, configuration: configuration, loops: loops)
        let (parts, addresses) = try LoopParts.make(configuration, loops: loops)
        for (index, part) in parts.enumerated() {
            do throws(HTTPServerError) {
                try Thread.start(name: "http-\(index)") {
                    var loop = EventLoop(part, shared: shared)
                    loop.run()
                    shared.loopEnded()
                }
            } catch {
                for running in parts[..<index] { running.handle.post(.drain(deadline: 0)) }
                for unused in parts[index...] { unused.close() }
                throw error
            }
        }
        return .running(shared, parts.map(\.handle), addresses)
    }

    /// Stops accepting, closes idle connections, answers parked exchanges, says `Connection: close` in what
    /// is still answered, and ends every connection that is left when the period is over. Returns at once;
    /// calling it again can only shorten the period (0 ends everything now).
    /// - Parameter gracePeriod: seconds for requests in flight.
    public func shutdown(gracePeriod: Double) {
        let handles = state.withLock { state -> [LoopHandle] in
            guard case .running(_, let handles, _) = state else { return [] }
            return handles
        }
        guard !handles.isEmpty else { return }
        if !hasShutDown.exchange(true, ordering: .acquiringAndReleasing) { configuration.onShutdown?() }
        let deadline = Monotonic.now &+ Monotonic.nanoseconds(gracePeriod)
        for handle in handles { handle.post(.drain(deadline: deadline)) }
    }

    /// Blocks until every loop has ended after ``shutdown(gracePeriod:)``. Returns at once if the server was
    /// never started.
    public func waitUntilStopped() {
        let shared = state.withLock { state -> SharedServerState? in
            guard case .running(let shared, _, _) = state else { return nil }
            return shared
        }
        shared?.waitUntilEnded()
    }

    /// The addresses bound; empty before ``start()``.
    public var addresses: [HTTPSocketAddress] {
        state.withLock { state in
            guard case .running(_, _, let addresses) = state else { return [] }
            return addresses
        }
    }

    /// A reading of the counters of all loops.
    public var counters: HTTPServerCounters {
        let running = state.withLock { state -> (SharedServerState, [LoopHandle])? in
            guard case .running(let shared, let handles, _) = state else { return nil }
            return (shared, handles)
        }
        var total = HTTPServerCounters()
        guard let (shared, handles) = running else { return total }
        total.connectionsOpen = shared.openConnections.load(ordering: .relaxed)
        for handle in handles { handle.counters.add(to: &total) }
        return total
    }
}
