import FoundationEssentials
import Gym
import Tasks
import Yams

/// Reads `dataenvgym.yaml`, with errors that name line and key. Unknown keys are errors, so that a typing mistake is never
/// silently ignored.
package struct ConfigurationReader {
    package let path: String

    /// A reader of the file with this name.
    package init(path: String) {
        self.path = path
    }

    /// Reads a configuration file.
    ///
    /// - Throws: `ConfigurationError` for the first mistake.
    func read() throws(ConfigurationError) -> Configuration {
        let text: String
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw ConfigurationError(path: path, line: nil, key: nil, detail: "cannot be read: \(error)")
        }
        return try read(text)
    }

    /// Reads a configuration from its text; `path` only names it.
    package func read(_ text: String) throws(ConfigurationError) -> Configuration {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationError(path: path, line: nil, key: nil, detail: "is not YAML: \(error)")
        }
        var configuration = Configuration()
        guard let root, root.null == nil else { return configuration }
        let top = try members(root, key: "", allowed: ["training_slots", "tasks"])
        if let node = top["training_slots"] {
            configuration.trainingSlots = try integer(node, "training_slots", in: 1...64)
        }
        if let node = top["tasks"] {
            guard let list = node.sequence else { throw failure(node, "tasks", "must be a list") }
            for (index, entry) in list.enumerated() {
                configuration.tasks.append(try task(entry, key: "tasks[\(index)]"))
            }
        }
        return configuration
    }

    private func task(_ node: Node, key: String) throws(ConfigurationError) -> Configuration.FileTaskEntry {
        let entry = try members(node, key: key, allowed: ["name", "format", "path", "seed", "splits"])
        let name = try string(try required(entry, "name", node, key), key + ".name")
        let isPlain = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        }
        guard isPlain, (1...64).contains(name.utf8.count) else {
            throw failure(
                entry["name"] ?? node, key + ".name",
                "must be 1 to 64 lower-case letters, digits, - and _, as it is part of URLs")
        }
        let formatNode = try required(entry, "format", node, key)
        guard let format = FileTask.Format(rawValue: try string(formatNode, key + ".format")) else {
            let known = FileTask.Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure(formatNode, key + ".format", "must be one of \(known)")
        }
        let file = try string(try required(entry, "path", node, key), key + ".path")
        var seed = 0
        if let node = entry["seed"] { seed = try integer(node, key + ".seed", in: 0...Int.max) }
        let summary = "Problems of the file \(file), in the format \(format.rawValue)."
        return Configuration.FileTaskEntry(
            path: resolved(file),
            options: FileTask.Options(
                name: name, summary: summary, format: format,
                split: try splits(entry["splits"], key: key + ".splits"), seed: UInt64(seed)))
    }

    private static let usualSplits = SplitPlan.fractions(train: 0.6, validation: 0.2, test: 0.2)

    /// Whole numbers are numbers of instances, of which train may be left out to get the rest; others are shares.
    private func splits(_ node: Node?, key: String) throws(ConfigurationError) -> SplitPlan {
        guard let node else { return Self.usualSplits }
        let parts = try members(node, key: key, allowed: Set(SplitName.allCases.map(\.rawValue)))
        let validation = try required(parts, "validation", node, key)
        let test = try required(parts, "test", node, key)
        let train = parts["train"]
        let all = [train, validation, test].compactMap { $0 }
        if all.allSatisfy({ ($0.int ?? -1) >= 0 }), let validation = validation.int, let test = test.int {
            return .counts(train: train?.int, validation: validation, test: test)
        }
        let shares = all.compactMap(\.float)
        guard shares.count == 3, shares.allSatisfy({ (0...1).contains($0) }),
            shares.reduce(0, +) <= 1 + 1e-9
        else {
            throw failure(
                node, key,
                "must be three shares that sum to at most 1, or whole numbers of instances (train may be left out)"
            )
        }
        return .fractions(train: shares[0], validation: shares[1], test: shares[2])
    }
}

// MARK: - Typed reading of YAML nodes

extension ConfigurationReader {
    private func failure(_ node: Node, _ key: String, _ detail: String) -> ConfigurationError {
        ConfigurationError(path: path, line: node.mark?.line, key: key, detail: detail)
    }

    /// A path as the configuration file means it.
    private func resolved(_ file: String) -> String {
        if file.hasPrefix("/") { return file }
        guard let slash = path.lastIndex(of: "/") else { return file }
        return String(path[...slash]) + file
    }

    private func members(
        _ node: Node, key: String, allowed: Set<String>
    ) throws(ConfigurationError) -> [String: Node] {
        guard let mapping = node.mapping else {
            throw failure(
                node, key, key.isEmpty ? "the file must hold keys and values" : "must hold keys and values")
        }
        var members: [String: Node] = [:]
        for (name, value) in mapping {
            let text = name.string ?? ""
            let full = key.isEmpty ? text : "\(key).\(text)"
            guard allowed.contains(text) else {
                throw failure(
                    name, full, "is not a key here; there is: \(allowed.sorted().joined(separator: ", "))")
            }
            members[text] = value
        }
        return members
    }

    private func required(
        _ members: [String: Node], _ name: String, _ parent: Node, _ key: String
    ) throws(ConfigurationError) -> Node {
        guard let node = members[name] else { throw failure(parent, "\(key).\(name)", "is missing") }
        return node
    }

    private func string(_ node: Node, _ key: String) throws(ConfigurationError) -> String {
        guard let text = node.string, !text.isEmpty else { throw failure(node, key, "must be text") }
        return text
    }

    private func integer(
        _ node: Node, _ key: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int {
        guard let value = node.int, range.contains(value) else {
            throw failure(
                node, key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
