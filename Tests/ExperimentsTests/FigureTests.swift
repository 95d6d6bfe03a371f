import Experiments
import Testing

@Suite("Figures (SVG)")
struct FigureTests {
    private static func figures(
        _ arms: [ExperimentPlan.Arm], iterations: Int = 10, seeds: Int = 5,
        change: (inout RunRecord) -> Void = { _ in }
    ) -> [ExperimentFigure] {
        let plan = Samples.plan(arms: arms, iterations: iterations, seeds: seeds)
        let records = Samples.records(plan).map { record in
            var record = record
            change(&record)
            return record
        }
        return ExperimentReport(plan: plan, records: records).figures
    }

    @Test(
        "Each environment has its curves and gains; trees and sources where there are any; names are unique")
    func names() {
        let names = Self.figures([Samples.openEnded, Samples.tree]).map(\.name)
        #expect(names.count == 3 + 3 * 3 + 2)
        #expect(Set(names).count == names.count)
        #expect(
            names.prefix(3) == [
                "curves-math-pocket-open_ended-gold.svg", "gain-difficulty-math-pocket-open_ended-gold.svg",
                "gain-frequency-math-pocket-open_ended-gold.svg",
            ])
        #expect(names.suffix(2) == ["tree-math-pocket-skill_tree.svg", "skills-math-pocket-skill_tree.svg"])
    }

    @Test("Arms of the same environment get figures of their own")
    func sameEnvironment() {
        var other = Samples.openEnded
        other.options.quality = "high"
        let names = Self.figures([Samples.openEnded, other]).map(\.name)
        #expect(Set(names).count == 6)
        #expect(names.contains("curves-math-pocket-open_ended-2-gold.svg"))
    }

    @Test(
        "Every figure is well-formed XML with title, description and view box, and holds finite numbers only")
    func wellFormed() {
        for figure in Self.figures([Samples.openEnded, Samples.tree]) {
            #expect(XMLCheck.problem(in: figure.svg) == nil, "\(figure.name)")
            #expect(figure.svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 "))
            #expect(figure.svg.contains("<title id=\"title\">") && figure.svg.contains("<desc id="))
            #expect(!figure.svg.contains("nan") && !figure.svg.contains("inf\""))
        }
    }

    @Test("Names that XML could take for its own, or cannot hold, do no harm")
    func escaping() {
        let figures = Self.figures([Samples.tree], iterations: 2, seeds: 2) { record in
            for skill in record.skillGains.indices {
                record.skillGains[skill].name = "<&\"'>\u{1}\u{FFFF}]]>"
            }
            for tree in record.trees.indices {
                for skill in record.trees[tree].skills.indices {
                    record.trees[tree].skills[skill].name = "</svg>\u{0}\(skill)"
                }
            }
        }
        #expect(!figures.isEmpty)
        for figure in figures { #expect(XMLCheck.problem(in: figure.svg) == nil, "\(figure.name)") }
    }

    @Test(
        "Odd results draw, too: one point, all equal, all wrong, nothing known, many iterations, many agents",
        arguments: 0..<6)
    func oddResults(which: Int) {
        let agents = (0..<12).map { "agent_\($0)" }
        let arm =
            which == 5
            ? ExperimentPlan.Arm(environment: .openEnded, agents: agents, baseline: agents[0]) : Samples.tree
        let figures = Self.figures([arm], iterations: which == 4 ? 700 : 3, seeds: which == 0 ? 1 : 2) {
            record in
            switch which {
            case 0: record.curve = [record.curve[0]]
            case 1: for place in record.curve.indices { record.curve[place].test = 0.5 }
            case 2: for place in record.curve.indices { record.curve[place].test = 0 }
            case 3: for place in record.curve.indices { record.curve[place].test = nil }
            default: break
            }
        }
        for figure in figures {
            #expect(XMLCheck.problem(in: figure.svg) == nil, "\(figure.name)")
            #expect(figure.svg.utf8.count < 600_000)
        }
    }

    @Test("A large tree is cut to what can be read, and says so")
    func largeTree() throws {
        let figures = Self.figures([Samples.tree], iterations: 3, seeds: 1) { record in
            for tree in record.trees.indices {
                record.trees[tree].skills[0].subskills = (0..<500).map {
                    RunRecord.Tree.Subskill(name: "s\($0)", dataAllocation: 1, trainingData: Int.max - $0)
                }
            }
        }
        let tree = try #require(figures.first { $0.name.hasPrefix("tree-") })
        #expect(tree.caption.contains("more subskills are not shown"))
        #expect(tree.svg.utf8.count < 200_000)
    }

    @Test("A subskill that is not in the tree yet has an empty cell")
    func emptyCells() throws {
        let figures = Self.figures([Samples.tree], iterations: 4, seeds: 1)
        let tree = try #require(figures.first { $0.name.hasPrefix("tree-") })
        #expect(tree.svg.contains("<title>addition of kind 2, iteration 2: 0</title>"))
        #expect(!tree.svg.contains("<title>addition of kind 2, iteration 1:"))
    }
}

/// A check for well-formed XML (1.0, section 2.1), as far as the figures use it.
enum XMLCheck {
    /// What is wrong with the text, or `nil`.
    static func problem(in text: String) -> String? {
        var open: [Substring] = []
        var rest = Substring(text)
        var roots = 0
        while let start = rest.firstIndex(of: "<") {
            if let problem = problem(inText: rest[..<start]) { return problem }
            if open.isEmpty, roots > 0 { return "a second root" }
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag without its end" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())> closes another" }
                if open.isEmpty { roots += 1 }
                continue
            }
            let isEmpty = tag.hasSuffix("/")
            let body = isEmpty ? tag.dropLast() : tag
            let name = body.prefix { !$0.isWhitespace }
            if let problem = problem(inAttributes: body.dropFirst(name.count)) { return problem }
            if !isEmpty { open.append(name) }
        }
        if !rest.allSatisfy(\.isWhitespace) { return "text after the root" }
        return open.isEmpty ? nil : "<\(open[0])> is not closed"
    }

    private static func problem(inText text: Substring) -> String? {
        for scalar in text.unicodeScalars
        where (scalar.value < 0x20 && !"\n\t\r".unicodeScalars.contains(scalar))
            || scalar.value >= 0xFFFE && scalar.value <= 0xFFFF
        {
            return "a character that XML cannot hold: \(scalar.value)"
        }
        for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["amp;", "lt;", "gt;", "quot;"].contains(where: { piece.hasPrefix($0) }) {
            return "an ampersand that is no reference: &\(piece.prefix(9))"
        }
        return nil
    }

    private static func problem(inAttributes text: Substring) -> String? {
        var names: Set<Substring> = []
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return "quotes do not pair: \(text)" }
        for (place, part) in parts.enumerated() {
            if let problem = problem(inText: part) { return problem }
            guard place % 2 == 0 else { continue }
            let name = part.drop(while: \.isWhitespace)
            if place == parts.count - 1 { return name.isEmpty ? nil : "no value: \(name)" }
            guard name.hasSuffix("="), names.insert(name).inserted else { return "a bad attribute: \(name)" }
        }
        return nil
    }
}
