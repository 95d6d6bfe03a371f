import Glibc
import HTTPClient
import Testing

/// A certificate for 127.0.0.1 that signs itself, and a server with it, both made by the `openssl` command.
private final class TLSServer {
    let port = TestServer.unusedPort()
    let folder: String
    private var process: pid_t = 0

    var certificate: String { "\(folder)/cert.pem" }

    /// `nil` without the command.
    init?() {
        folder = "/tmp/http-client-tls-\(getpid())-\(port)"
        mkdir(folder, 0o700)
        let key = "\(folder)/key.pem"
        let make = Self.spawn([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ])
        var status: Int32 = 0
        guard let make, waitpid(make, &status, 0) == make, status == 0 else {
            print("TLS not checked: the openssl command is not there")
            return nil
        }
        guard
            let server = Self.spawn([
                "s_server", "-quiet", "-www", "-accept", "\(port)", "-cert", certificate, "-key", key,
            ])
        else { return nil }
        process = server
    }

    deinit {
        if process > 0 {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        for name in ["cert.pem", "key.pem"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    private static func spawn(_ arguments: [String]) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_RDWR, 0)
        }
        var words = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        return posix_spawnp(&process, "openssl", &actions, nil, &words, environ) == 0 ? process : nil
    }

    /// Waits until somebody answers.
    func waitUntilReady(_ client: HTTPClient) async throws {
        for _ in 0..<100 {
            do {
                _ = try await client.send(HTTPClientRequest(url: "https://127.0.0.1:\(port)/"))
                return
            } catch HTTPClientError.unreachable {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}

@Suite("HTTP client: TLS")
struct TLSTests {
    @Test("certificates are verified: authority and host name both")
    func verification() async throws {
        guard let server = TLSServer() else { return }
        let trusting = try HTTPClient(
            configuration: HTTPClient.Configuration(authorityFile: server.certificate))
        try await server.waitUntilReady(trusting)
        let request = HTTPClientRequest(url: "https://127.0.0.1:\(server.port)/")
        #expect(try await trusting.send(request).status == 200)
        let unknown = try await #require(throws: HTTPClientError.self) {
            try await HTTPClient().send(request)
        }
        guard case .secureConnectionFailed = unknown else { throw unknown }
        let other = HTTPClientRequest(url: "https://localhost:\(server.port)/")
        let wrongName = try await #require(throws: HTTPClientError.self) { try await trusting.send(other) }
        guard case .secureConnectionFailed = wrongName else { throw wrongName }
        #expect(wrongName.nothingWasSent)
    }

    @Test("a server that speaks no TLS gives no connection")
    func plainServer() async throws {
        let server = TestServer { _, _ in TestServer.Reply("plain") }
        defer { server.stop() }
        let error = try await #require(throws: HTTPClientError.self) {
            try await HTTPClient().send(
                HTTPClientRequest(url: "https://127.0.0.1:\(server.port)/", timeout: .milliseconds(500)))
        }
        switch error {
        case .secureConnectionFailed, .timedOut: break
        default: throw error
        }
    }
}
