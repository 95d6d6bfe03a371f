import Hosting
import Tasks
import Testing

@Suite("Configuration file")
struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration {
        try ConfigurationReader(path: "/etc/lab/dataenvgym.yaml").read(text)
    }

    @Test("an empty file is the built-in configuration", arguments: ["", "# nothing\n", "---\n"])
    func empty(text: String) throws {
        let configuration = try read(text)
        #expect(configuration.tasks.isEmpty)
        #expect(configuration.trainingSlots == nil)
    }

    @Test("tasks of files, with paths that count from the configuration's directory")
    func tasks() throws {
        let configuration = try read(
            """
            training_slots: 3
            tasks:
              - name: gsm8k
                format: gsm8k
                path: data/test.jsonl
                seed: 7
                splits: { validation: 300, test: 300 }
              - name: own
                format: jsonl
                path: /srv/own.jsonl
                splits: { train: 0.5, validation: 0.25, test: 0.25 }
              - { name: plain, format: jsonl, path: plain.jsonl }
            """)
        #expect(configuration.trainingSlots == 3)
        #expect(
            configuration.tasks.map(\.path) == [
                "/etc/lab/data/test.jsonl", "/srv/own.jsonl", "/etc/lab/plain.jsonl",
            ])
        let options = configuration.tasks.map(\.options)
        #expect(options[0].seed == 7)
        #expect(options[0].format == .gsm8k)
        #expect(options[0].split == .counts(train: nil, validation: 300, test: 300))
        #expect(options[1].split == .fractions(train: 0.5, validation: 0.25, test: 0.25))
        #expect(options[2].split == .fractions(train: 0.6, validation: 0.2, test: 0.2))
    }

    @Test(
        "mistakes name line and key",
        arguments: [
            ("tsaks: []", 1, "tsaks"),
            ("training_slots: many", 1, "training_slots"),
            ("training_slots: 0", 1, "training_slots"),
            ("tasks: 3", 1, "tasks"),
            ("tasks:\n  - name: a\n    format: jsonl", 2, "tasks[0].path"),
            ("tasks:\n  - name: a\n    format: xml\n    path: x", 3, "tasks[0].format"),
            ("tasks:\n  - name: A B\n    format: jsonl\n    path: x", 2, "tasks[0].name"),
            ("tasks:\n  - name: a\n    format: jsonl\n    path: x\n    seed: -1", 5, "tasks[0].seed"),
            (
                "tasks:\n  - name: a\n    format: jsonl\n    path: x\n    splits: {validation: 0.5, test: 0.6, train: 0.1}",
                5, "tasks[0].splits"
            ),
            (
                "tasks:\n  - name: a\n    format: jsonl\n    path: x\n    splits: {validation: 0.5, test: 3}",
                5, "tasks[0].splits"
            ),
        ])
    func mistakes(text: String, line: Int, key: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try read(text) }
        #expect(error.line == line)
        #expect(error.key == key)
        #expect(error.description.hasPrefix("/etc/lab/dataenvgym.yaml:\(line): \(key) "))
    }

    @Test("what is not YAML, or not there, is said so")
    func unreadable() throws {
        #expect(throws: ConfigurationError.self) { try read("tasks: [") }
        #expect(throws: ConfigurationError.self) { try Configuration.read(explicit: "/nowhere/x.yaml") }
    }
}
