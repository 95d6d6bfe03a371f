import Foundation
import JSON
import TestSupport
import Testing

@Suite("The binary: replay", .serialized)
struct ReplayTests {
    /// Runs an agent on a session of a server and writes the export to a file.
    private func export(_ agent: String, _ arguments: [String], to file: String) async throws {
        let directory = try TemporaryDirectory()
        let server = try ServerProcess(data: directory.path)
        let run = try Program.run(
            Program.path,
            [
                "run", "--url", server.url, "--agent", agent, "--iterations", "2", "--budget", "30",
                "--steps", "3", "--json",
            ]
                + arguments)
        try #require(run.status == 0, "\(run.errors)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        let session = try #require(report["session"]?.stringValue)
        let curl = try Program.run(
            "/usr/bin/curl", ["-sf", "-o", file, "\(server.url)/v1/sessions/\(session)/export"])
        try #require(curl.status == 0)
    }

    @Test(
        "an exported session of every environment is repeated byte for byte on another server",
        arguments: [
            ("error_memory", ["--environment", "open_ended"]),
            (
                "weak_skills",
                ["--environment", "skill_list", "--skills", "discovered", "--quality", "filter"]
            ),
            ("threshold", ["--environment", "skill_tree", "--iterations-per-training", "2"]),
        ])
    func identical(agent: String, arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/session.ndjson"
        try await export(agent, arguments, to: file)
        let replay = try Program.run(Program.path, ["replay", file])
        #expect(replay.status == 0, "\(replay.output)\(replay.errors)")
        #expect(replay.output.hasPrefix("3 iterations, all the same"))
    }

    @Test("a difference is found and pointed at; a file that is no export is refused with its line")
    func difference() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/session.ndjson"
        try await export("random", ["--environment", "skill_list"], to: file)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let altered = directory.path + "/altered.ndjson"
        try text.replacing(#""accumulated":60"#, with: #""accumulated":61"#)
            .write(toFile: altered, atomically: true, encoding: .utf8)
        let replay = try Program.run(Program.path, ["replay", altered])
        #expect(replay.status == 1)
        #expect(replay.output == "iteration 2 differs at /feedback/data/accumulated\n")
        let broken = directory.path + "/broken.ndjson"
        try (text.prefix(text.count / 2) + "\n").write(toFile: broken, atomically: true, encoding: .utf8)
        let refused = try Program.run(Program.path, ["replay", broken])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("broken.ndjson, line "))
    }
}
