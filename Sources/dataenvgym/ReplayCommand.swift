import Agents
import ArgumentParser
import FoundationEssentials
import Glibc
import HTTPClient
import HTTPServer
import Hosting
import Logging

/// `dataenvgym replay`: runs an exported session again and compares.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Runs an exported session again and compares everything that came of it, byte for byte.",
        discussion: """
            The export is what GET /v1/sessions/{id}/export gave. Exits with 0 if every action, datum, feedback, test report and student is \
            the same, with 1 if one differs. Figures are the same on one kind of processor; another may round differently.
            """)

    @Argument(help: "The export's file.")
    var export: String

    @Option(help: "A running server; by default one is started in this process.")
    var url: String?

    @Option(
        help:
            "The server's configuration, if one is started: where the export's task is of the operator's own."
    )
    var config: String?

    func run() async throws {
        let exported = try SessionArchive(try DataFile.bytes(export), name: export)
        let client = try HTTPClient()
        defer { client.close() }
        let difference: String?
        if let url {
            difference = try await replay(exported, on: url, client: client)
        } else {
            difference = try await onOwnServer { try await replay(exported, on: $0, client: client) }
        }
        let count = exported.iterations.count
        guard let difference else {
            print("\(count) iterations, all the same: \(exported.bytes) bytes")
            return
        }
        print(difference)
        throw ExitCode.failure
    }

    private func replay(
        _ exported: SessionArchive, on url: String, client: HTTPClient
    ) async throws -> String? {
        let display = isatty(STDERR_FILENO) == 1
        let replayed = try await exported.replay(on: GymAPI(base: url, client: client)) { number in
            if display { StandardError.write("iteration \(number) is done\n") }
        }
        return exported.firstDifference(from: replayed)
    }

    private func onOwnServer(_ body: (String) async throws -> String?) async throws -> String? {
        let directory = "\(FileManager.default.temporaryDirectory.path)/dataenvgym-replay-\(getpid())"
        let remove: @Sendable () -> Void = { try? FileManager.default.removeItem(atPath: directory) }
        defer { remove() }
        try TerminationSignals.handle { _ in
            remove()
            _exit(130)
        }
        var options = Host.Options(dataDirectory: directory, logger: Log.make(level: .error))
        options.port = 0
        options.configuration = try Configuration.read(explicit: config)
        let host = try await Host(options)
        let difference = try await body(host.url)
        await host.stop(gracePeriod: 1)
        return difference
    }
}
