import ArgumentParser
import Glibc
import HTTPServer
import Hosting
import Logging

/// `dataenvgym serve`: the service.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the gym over HTTP.",
        discussion: """
            Works without any configuration: data go to ./dataenvgym-data, the built-in task, student and teacher are on \
            offer. Stop it with SIGTERM or Ctrl-C: requests in flight are answered, iterations in flight go on at the next \
            start.
            """)

    @Option(help: "Where everything is kept; made if it does not exist.")
    var data = "./dataenvgym-data"

    @Option(help: "The configuration file; ./dataenvgym.yaml is read if it exists.")
    var config: String?

    @Option(help: "The loopback address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 picks a free one.")
    var port = 8080

    @Option(help: "Seconds that requests in flight are given at the end.")
    var grace = 10.0

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
        guard grace >= 0, grace <= 3600 else { throw ValidationError("--grace must be 0 to 3600 seconds.") }
    }

    func run() async throws {
        var options = Host.Options(dataDirectory: data, logger: Log.make())
        options.address = host
        options.port = port
        options.configuration = try Configuration.read(explicit: config)
        let host = try await Host(options)
        print("listening on \(host.url)")
        fflush(nil)
        let signals = AsyncStream<Int>.makeStream()
        try TerminationSignals.handle { count in
            // A second signal means now; what is stored is safe either way.
            if count > 1 { _exit(130) }
            signals.continuation.yield(count)
        }
        for await _ in signals.stream { break }
        await host.stop(gracePeriod: grace)
    }
}
