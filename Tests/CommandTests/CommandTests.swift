import Foundation
import JSON
import TestSupport
import Testing

@Suite("The binary: commands", .serialized)
struct CommandTests {
    @Test("version and help")
    func version() throws {
        #expect(try Program.run(Program.path, ["version"]).output.hasPrefix("dataenvgym 0."))
        let help = try Program.run(Program.path, ["--help"])
        #expect(help.status == 0)
        for command in ["serve", "demo", "run", "experiment", "replay", "pocket", "version"] {
            #expect(help.output.contains(command))
        }
    }

    @Test(
        "mistakes in options say what is wrong",
        arguments: [
            (["serve", "--port", "70000"], "--port"),
            (["serve", "--host", "0.0.0.0", "--port", "0"], "loopback"),
            (["serve", "--config", "/nowhere.yaml"], "/nowhere.yaml"),
            (["run", "--agent", "nobody"], "agent"),
            (["demo", "--seeds", "0"], "--seeds"), (["replay", "/nowhere.ndjson"], "/nowhere.ndjson"),
            (["experiment", "/nowhere.yaml"], "/nowhere.yaml"),
            (["run", "--agent", "weak_skills", "--environment", "skill_tree"], "skill_list"),
        ])
    func mistakes(arguments: [String], expected: String) throws {
        let directory = try TemporaryDirectory()
        let isServer = arguments[0] == "serve"
        let result = try Program.run(
            Program.path, arguments + (isServer ? ["--data", directory.path] : []))
        #expect(result.status != 0)
        #expect(result.errors.contains(expected))
    }

    @Test("a server that cannot have its port or directory says so and ends")
    func conflicts() async throws {
        let directory = try TemporaryDirectory()
        let other = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        let port = server.url.split(separator: ":").last.map(String.init) ?? ""
        let samePort = try Program.run(Program.path, ["serve", "--port", port, "--data", other.path])
        #expect(samePort.status != 0)
        let sameDirectory = try Program.run(Program.path, ["serve", "--port", "0", "--data", directory.path])
        #expect(sameDirectory.status != 0)
        #expect(sameDirectory.errors.contains("in use"))
        #expect(server.terminate() == 0)
    }

    @Test("the same seed twice gives byte-identical feedback")
    func determinism() async throws {
        var bodies: [[UInt8]] = []
        for _ in 0..<2 {
            let directory = try TemporaryDirectory()
            let server = try ServerProcess(data: directory.path)
            let created = try await server.post(
                "/v1/sessions", #"{"task":"math-pocket","seed":3,"training":{"steps":20}}"#)
            let id = try #require(created["id"]?.stringValue)
            var text = try await server.feedback(id, 0).bytes()
            _ = try await server.post(
                "/v1/sessions/\(id)/actions",
                #"{"type":"plan","specs":[{"instruction":"area of a rectangle","count":25}]}"#)
            text += try await server.feedback(id, 1).bytes()
            bodies.append(text)
        }
        #expect(bodies[0] == bodies[1])
    }

    @Test("the demonstration runs both agents and ends with a summary")
    func demo() throws {
        let result = try Program.run(
            Program.path, ["demo", "--iterations", "2", "--budget", "20", "--json"])
        #expect(result.status == 0)
        let lines = try result.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.filter { $0["type"] == "iteration" }.count == 6)
        let summary = try #require(lines.last)
        #expect(summary["type"] == "summary")
        for agent in ["random", "error_conditioned"] {
            let test = try #require(summary["agents"]?[agent]?["test_accuracy"]?.doubleValue)
            #expect((0...1).contains(test))
        }
        let text = try Program.run(Program.path, ["demo", "--iterations", "1", "--budget", "10"])
        #expect(text.status == 0)
        #expect(text.output.contains("error_conditioned: test accuracy from"))
    }

    @Test("an agent runs against a server, and its session stays there")
    func run() async throws {
        let directory = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        for agent in ["random", "error_conditioned", "select_random"] {
            let result = try Program.run(
                Program.path,
                [
                    "run", "--agent", agent, "--url", server.url, "--iterations", "1", "--budget", "20",
                    "--steps", "5",
                    "--json",
                ])
            #expect(result.status == 0, "\(result.errors)")
            let report = try JSONValue(parsing: result.output)
            #expect(report["curve"]?.arrayValue?.count == 2)
        }
        #expect(try await server.get("/v1/sessions")["items"]?.arrayValue?.count == 3)
    }

    @Test("GSM8K from its file goes through the same loop")
    func gsm8k() async throws {
        let file = Program.root.deletingLastPathComponent().appendingPathComponent(
            "shared/data/files/gsm8k/test.jsonl"
        ).path
        guard FileManager.default.fileExists(atPath: file) else {
            print("GSM8K is not here (\(file)): its run is not tested")
            return
        }
        let directory = try TemporaryDirectory()
        let config = directory.path + "/gsm8k.yaml"
        try """
        tasks:
          - { name: gsm8k, format: gsm8k, path: "\(file)", seed: 1, splits: { validation: 20, test: 20 } }
        """.write(toFile: config, atomically: true, encoding: .utf8)
        let server = try ServerProcess(data: directory.path + "/data", arguments: ["--config", config])
        let task = try await server.get("/v1/tasks/gsm8k")
        #expect(task["splits"]?["train"]?["count"]?.intValue == 1279)
        let result = try Program.run(
            Program.path,
            [
                "run", "--agent", "select_random", "--url", server.url, "--task", "gsm8k", "--iterations",
                "1", "--budget",
                "30", "--steps", "2", "--json",
            ])
        #expect(result.status == 0, "\(result.errors)")
        let curve = try #require(try JSONValue(parsing: result.output)["curve"]?.arrayValue)
        #expect(curve.map { $0["training_data"]?.intValue } == [0, 30])
    }

    @Test("the example teacher in Python teaches")
    func example() async throws {
        let directory = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        let script = Program.root.appendingPathComponent("examples/teacher.py").path
        let result = try Program.run("/usr/bin/env", ["python3", script, server.url, "1"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("iteration 1: validation accuracy"))
    }

    @Test("the tours in the documents work when pasted", arguments: ["README.md", "docs/environments.md"])
    func tour(file: String) async throws {
        let text = try String(contentsOf: Program.root.appendingPathComponent(file), encoding: .utf8)
        let start = try #require(text.range(of: "<!-- tour -->\n```sh\n"))
        let end = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
        let directory = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        let script =
            "cd '\(directory.path)'\n"
            + String(text[start.upperBound..<end.lowerBound])
            .replacing("http://127.0.0.1:8080", with: server.url)
        let result = try Program.run("/bin/bash", ["-eu", "-o", "pipefail", "-c", script])
        #expect(result.status == 0, "\(result.output)\n\(result.errors)")
        #expect(result.output.contains(#""status":"succeeded""#))
        let export = directory.path + "/session.ndjson"
        guard FileManager.default.fileExists(atPath: export) else { return }
        #expect(try Program.run(Program.path, ["replay", export]).status == 0)
    }
}
