import JSON

// A record as one line of JSON: the same record always gives the same bytes.

extension RunRecord {
    /// The record as one line without its line feed.
    public var line: [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.object { o in
            o("key", key)
            o("task", task)
            o("environment", environment.rawValue)
            o("agent", agent)
            o("skills", skills.rawValue)
            o("seed", seed)
            o("session", session)
            o("iterations", iterations)
            o("budget", budget)
            o("seconds", seconds)
            o.array("curve", curve) { w, point in w.object { point.write(to: &$0) } }
            o.array("skills_gain", skillGains) { w, gain in w.object { gain.write(to: &$0) } }
            o.array("trees", trees) { w, tree in w.object { tree.write(to: &$0) } }
        }
        return writer.bytes
    }

    /// Reads a line.
    /// - Parameter line: one JSON text, without its line feed.
    /// - Throws: `RunRecordError` with all that is wrong.
    public init(line: [UInt8]) throws(RunRecordError) {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw RunRecordError(description: "is not JSON: \(error)")
        }
        do throws(JSONIssues) {
            self = try JSONReader.object(value) { RunRecord(&$0) }
        } catch {
            throw RunRecordError(description: "is not a run: \(error)")
        }
    }

    private init?(_ object: inout ObjectReader) {
        let key = object.string("key", length: 1...1_000)
        let task = object.string("task", length: 1...100)
        let environment = object.enumeration("environment", ExperimentCell.Environment.self)
        let agent = object.string("agent", length: 1...100)
        let skills = object.enumeration("skills", ExperimentCell.SkillSource.self)
        let seed = object.integer("seed", in: 0...Int.max)
        let session = object.string("session", length: 0...1_000)
        let iterations = object.integer("iterations", in: 0...Int.max)
        let budget = object.integer("budget", in: 0...Int.max)
        let seconds = object.double("seconds", in: 0...Double.greatestFiniteMagnitude)
        let curve = object.array("curve") { $0.object { CurvePoint(&$0) } }
        let gains = object.array("skills_gain") { $0.object { SkillGain(&$0) } }
        let trees = object.array("trees") { $0.object { Tree(&$0) } }
        guard let key, let task, let environment, let agent, let skills, let seed, let session,
            let iterations, let budget, let seconds, let curve, let gains, let trees
        else { return nil }
        self.key = key
        self.task = task
        self.environment = environment
        self.agent = agent
        self.skills = skills
        self.seed = seed
        self.session = session
        self.iterations = iterations
        self.budget = budget
        self.seconds = seconds
        self.curve = curve
        skillGains = gains
        self.trees = trees
    }
}

/// Why a line is no record.
public struct RunRecordError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The reason, as the end of a sentence about the line.
    public let description: String
}

/// Iterations are bounded, as figures have a column for each.
private let iterationRange = 0...100_000

extension RunRecord.CurvePoint {
    fileprivate func write(to object: inout ObjectWriter) {
        object("iteration", iteration)
        object("training_data", trainingData)
        object("validation", validation)
        object("test", test)
        object("reward", reward)
    }

    fileprivate init?(_ object: inout ObjectReader) {
        let iteration = object.integer("iteration", in: iterationRange)
        let trainingData = object.integer("training_data", in: 0...Int.max)
        validation = object.optionalDouble("validation", in: 0...1)
        test = object.optionalDouble("test", in: 0...1)
        reward = object.optionalDouble("reward", in: -1...1)
        guard let iteration, let trainingData else { return nil }
        self.iteration = iteration
        self.trainingData = trainingData
    }
}

extension RunRecord.SkillGain {
    fileprivate func write(to object: inout ObjectWriter) {
        object("name", name)
        object("count", count)
        object("frequency", frequency)
        object("training_data", trainingData)
        object("first", first)
        object("last", last)
    }

    fileprivate init?(_ object: inout ObjectReader) {
        let name = object.string("name")
        let count = object.integer("count", in: 0...Int.max)
        let frequency = object.double("frequency", in: 0...1)
        let trainingData = object.integer("training_data", in: 0...Int.max)
        first = object.optionalDouble("first", in: 0...1)
        last = object.optionalDouble("last", in: 0...1)
        guard let name, let count, let frequency, let trainingData else { return nil }
        self.name = name
        self.count = count
        self.frequency = frequency
        self.trainingData = trainingData
    }
}

extension RunRecord.Tree {
    fileprivate func write(to object: inout ObjectWriter) {
        object("iteration", iteration)
        object.array("skills", skills) { w, skill in
            w.object { o in
                o("name", skill.name)
                o.array("subskills", skill.subskills) { w, subskill in
                    w.object { subskill.write(to: &$0) }
                }
            }
        }
    }

    fileprivate init?(_ object: inout ObjectReader) {
        let iteration = object.integer("iteration", in: iterationRange)
        let skills = object.array("skills") { $0.object { Skill(&$0) } }
        guard let iteration, let skills else { return nil }
        self.iteration = iteration
        self.skills = skills
    }
}

extension RunRecord.Tree.Skill {
    fileprivate init?(_ object: inout ObjectReader) {
        let name = object.string("name")
        let subskills = object.array("subskills") { $0.object { RunRecord.Tree.Subskill(&$0) } }
        guard let name, let subskills else { return nil }
        self.name = name
        self.subskills = subskills
    }
}

extension RunRecord.Tree.Subskill {
    fileprivate func write(to object: inout ObjectWriter) {
        object("name", name)
        object("data_allocation", dataAllocation)
        object("training_data", trainingData)
    }

    fileprivate init?(_ object: inout ObjectReader) {
        let name = object.string("name")
        let dataAllocation = object.integer("data_allocation", in: 0...Int.max)
        let trainingData = object.integer("training_data", in: 0...Int.max)
        guard let name, let dataAllocation, let trainingData else { return nil }
        self.name = name
        self.dataAllocation = dataAllocation
        self.trainingData = trainingData
    }
}
