import Gym

/// A benchmark task from a user's file of problems, one JSON object a line.
public enum FileTask {
    /// How a line says its problem.
    public enum Format: String, Sendable, CaseIterable {
        /// `{"instruction": "...", "answer": "..."}`, optionally with `skill` and `solution`; other members are left alone.
        case jsonl
        /// `{"question": "...", "answer": "worked text with <<9*2=18>> annotations\n#### 18"}` (Cobbe et al. 2021).
        case gsm8k
    }

    /// What a file may hold at most; every excess is an error that names its line.
    public struct Limits: Sendable, Equatable {
        /// The file in bytes.
        public var fileBytes = 256 << 20
        /// A line in bytes.
        public var lineBytes = 1 << 20
        /// The instances.
        public var instances = 1_000_000

        /// 256 MiB, 1 MiB a line, a million instances.
        public init() {}
    }

    /// How to make a task of a file.
    public struct Options: Sendable, Equatable {
        /// The task's name; ids are this and the line number, for example `algebra/17`.
        public var name: String
        /// What the task is, in a sentence.
        public var summary: String
        /// How the lines are written.
        public var format: Format
        /// How the instances are shared among the splits.
        public var split: SplitPlan
        /// Decides which instance goes to which split.
        public var seed: UInt64
        /// What the file may hold at most.
        public var limits: Limits

        /// Options from their parts.
        public init(
            name: String, summary: String, format: Format, split: SplitPlan, seed: UInt64,
            limits: Limits = Limits()
        ) {
            self.name = name
            self.summary = summary
            self.format = format
            self.split = split
            self.seed = seed
            self.limits = limits
        }
    }

    /// Reads a file and shares its instances among the splits; the same file and options give the same task.
    ///
    /// Instances that ask the same (whatever the spacing, letter case and end punctuation) go to one split together.
    ///
    /// - Throws: `FileTaskError` that says where in the file the fault is and what to do.
    public static func load(path: String, options: Options) throws(FileTaskError) -> BenchmarkTask {
        var records: [Record] = []
        var lines = try LineReader(path: path, limits: options.limits)
        while let line = try lines.next() {
            guard records.count < options.limits.instances else {
                throw FileTaskError(
                    file: path, line: lines.number,
                    problem: "has more than \(options.limits.instances) instances; split the file")
            }
            do {
                records.append(try Record(line: line, number: lines.number, format: options.format))
            } catch {
                throw FileTaskError(
                    file: path, line: lines.number, field: error.field, problem: error.problem)
            }
        }
        guard !records.isEmpty else {
            throw FileTaskError(file: path, problem: "has no instances; add a line for each")
        }
        return try task(records, path: path, options: options)
    }

    private static func task(_ records: [Record], path: String, options: Options) throws(FileTaskError)
        -> BenchmarkTask
    {
        let positions: [SplitName: [Int]]
        do {
            positions = try options.split.share(records.map(\.instruction), seed: options.seed)
        } catch {
            throw FileTaskError(file: path, problem: error.description)
        }
        let splits = positions.mapValues { $0.map { records[$0].instance(task: options.name) } }
        do {
            return try BenchmarkTask(
                name: options.name, summary: options.summary, domain: .math, skills: skills(of: records),
                scorer: .math, splits: splits)
        } catch {
            throw FileTaskError(file: path, problem: error.description)
        }
    }

    /// The skills in the order in which they first occur.
    private static func skills(of records: [Record]) -> [TaskSkill] {
        var seen: Set<String> = []
        return records.compactMap { record in
            guard let skill = record.skill, seen.insert(skill).inserted else { return nil }
            return TaskSkill(name: skill, summary: "", subskills: [])
        }
    }
}
