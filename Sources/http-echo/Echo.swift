import Glibc
import HTTPServer

/// A server that answers every request with what it was asked: method, target and content.
@main
struct Echo {
    static func main() {
        TerminationSignals.block()
        do throws(UsageError) {
            run(try Options(CommandLine.arguments.dropFirst()))
        } catch {
            fail("\(error.reason)\nusage: http-echo [--port N] [--host ADDRESS] [--threads N]", status: 2)
        }
    }

    private static func run(_ options: Options) {
        var configuration = HTTPServerConfiguration()
        configuration.hosts = [options.host]
        configuration.port = options.port
        configuration.threads = options.threads
        let server = HTTPServer(configuration: configuration) { request, _ in echo(request) }
        do throws(HTTPServerError) {
            let addresses = try server.start()
            try TerminationSignals.handle { count in server.shutdown(gracePeriod: count == 1 ? 10 : 0) }
            if let address = addresses.first {
                print("listening on http://\(address)")
                fflush(nil)
            }
        } catch {
            fail("\(error)", status: 1)
        }
        server.waitUntilStopped()
    }

    /// `METHOD target`, an empty line, and the content.
    private static func echo(_ request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(
            .ok, headers: ["Content-Type": "text/plain"],
            body: Array("\(request.method) \(request.target)\n\n".utf8) + request.body)
    }

    private static func fail(_ message: String, status: Int32) {
        let line = Array("http-echo: \(message)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(status)
    }
}

/// What is wrong with the command line.
struct UsageError: Error {
    let reason: String
}

/// The command line's options.
struct Options {
    var host = "127.0.0.1"
    var port = 8080
    var threads = 0

    init(_ arguments: some Collection<String>) throws(UsageError) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { throw UsageError(reason: "\(option) needs a value") }
            switch option {
            case "--host": host = value
            case "--port": port = try Self.number(option, value, 0...65535)
            case "--threads": threads = try Self.number(option, value, 0...1024)
            default: throw UsageError(reason: "unknown option \(option)")
            }
        }
    }

    private static func number(
        _ option: String, _ text: String, _ range: ClosedRange<Int>
    ) throws(UsageError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(reason: "\(option) takes \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
