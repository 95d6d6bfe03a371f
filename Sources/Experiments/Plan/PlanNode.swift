import Yams

/// A YAML node with the key under which it stands, so that every mistake can name both line and key.
struct PlanNode {
    let node: Node
    let key: String
    let path: String

    /// The longest text that a plan may hold: names become parts of URLs and file names.
    private static let longestText = 128
    /// The longest list of a plan.
    private static let longestList = 1_000

    func failure(_ detail: String) -> PlanError {
        PlanError(path: path, line: node.mark?.line, key: key.isEmpty ? nil : key, detail: detail)
    }

    private func child(_ node: Node, _ name: String) -> PlanNode {
        PlanNode(node: node, key: key.isEmpty ? name : "\(key).\(name)", path: path)
    }

    func members(_ allowed: [String]) throws(PlanError) -> [String: PlanNode] {
        guard let mapping = node.mapping else { throw failure("must hold keys and values") }
        var members: [String: PlanNode] = [:]
        for (name, value) in mapping {
            let text = name.string ?? ""
            guard allowed.contains(text) else {
                throw child(name, String(text.prefix(Self.longestText))).failure(
                    "is not a key here; there is: \(allowed.joined(separator: ", "))")
            }
            members[text] = child(value, text)
        }
        return members
    }

    func required(_ name: String, _ members: [String: PlanNode]) throws(PlanError) -> PlanNode {
        guard let member = members[name] else { throw child(node, name).failure("is missing") }
        return member
    }

    var isList: Bool { node.sequence != nil }

    /// The elements with their index in the key; none when this is no list.
    var elements: [PlanNode] {
        (node.sequence ?? []).enumerated().map { index, element in
            PlanNode(node: element, key: "\(key)[\(index)]", path: path)
        }
    }

    func list<Element>(
        _ read: (PlanNode) throws(PlanError) -> Element
    ) throws(PlanError) -> [Element] {
        guard let sequence = node.sequence, !sequence.isEmpty else {
            throw failure("must be a list with at least one element")
        }
        guard sequence.count <= Self.longestList else {
            throw failure("must have at most \(Self.longestList) elements")
        }
        var list: [Element] = []
        for element in elements { list.append(try read(element)) }
        return list
    }

    func uniqueList<Element: Hashable>(
        _ read: (PlanNode) throws(PlanError) -> Element
    ) throws(PlanError) -> [Element] {
        var seen: Set<Element> = []
        return try list { node throws(PlanError) in
            let element = try read(node)
            guard seen.insert(element).inserted else { throw node.failure("is there twice") }
            return element
        }
    }

    func text() throws(PlanError) -> String {
        guard let text = node.string, !text.isEmpty, node.null == nil else { throw failure("must be text") }
        return text
    }

    /// Lower-case letters, digits and the extra signs: a part of URLs and file names.
    func name(extra: String, among known: [String]? = nil) throws(PlanError) -> String {
        let text = try text()
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || extra.utf8.contains(byte)
        }
        guard isPlain, text.utf8.count <= 64 else {
            let signs = extra.map(String.init).joined(separator: " and ")
            throw failure("must be 1 to 64 lower-case letters, digits and \(signs)")
        }
        if let known, !known.contains(text) {
            throw failure("must be one of \(known.joined(separator: ", "))")
        }
        return text
    }

    /// A free text that is safe within a cell's key: visible ASCII without comma and equals sign.
    func word() throws(PlanError) -> String {
        let text = try text()
        let isSafe = text.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "=")
        }
        guard isSafe, text.utf8.count <= Self.longestText else {
            throw failure("must be 1 to \(Self.longestText) visible ASCII characters without , and =")
        }
        return text
    }

    func integer(in range: ClosedRange<Int>) throws(PlanError) -> Int {
        guard let value = node.int, range.contains(value) else {
            throw failure("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func choice<Choice>(_ type: Choice.Type) throws(PlanError) -> Choice
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        guard let choice = Choice(rawValue: node.string ?? "") else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure("must be one of \(known)")
        }
        return choice
    }
}
