import Experiments
import Glibc
import Testing

/// A folder that goes with the test.
struct Scratch: ~Copyable {
    let path: String

    init() {
        let number = UInt64.random(in: 0...UInt64.max)
        path = "/tmp/experiments-tests-\(getpid())-\(number)"
        mkdir(path, 0o700)
    }

    deinit {
        let names = ["report.md", "runs.jsonl", "figures"]
        for name in names { remove("\(path)/\(name)") }
        remove(path)
    }

    var log: String { path + "/runs.jsonl" }
}

func write(_ bytes: some Sequence<UInt8>, to path: String) {
    let file = fopen(path, "w")
    let bytes = Array(bytes)
    fwrite(bytes, 1, bytes.count, file)
    if let file { fclose(file) }
}

func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return bytes
}

@Suite("Log of runs")
struct RunLogTests {
    private let records = Samples.records(
        Samples.plan(arms: [Samples.openEnded, Samples.tree], iterations: 2, seeds: 2))

    @Test("A record survives the way to its line and back, byte for byte")
    func roundTrip() throws {
        for record in records {
            let line = record.line
            #expect(!line.contains(UInt8(ascii: "\n")))
            let again = try RunRecord(line: line)
            #expect(again == record)
            #expect(again.line == line)
        }
    }

    @Test("A line has the members of the contract in their order")
    func shape() {
        var record = records[0]
        record.curve = [
            RunRecord.CurvePoint(iteration: 0, trainingData: 0, validation: 0.5, test: nil, reward: nil)
        ]
        record.skillGains = []
        let expected =
            #"{"key":"math-pocket/open_ended/random/gold/2x100/seed-1","task":"math-pocket","#
            + #""environment":"open_ended","agent":"random","skills":"gold","seed":1,"session":"01J1","#
            + #""iterations":2,"budget":100,"seconds":90.5,"curve":[{"iteration":0,"training_data":0,"#
            + #""validation":0.5,"test":null,"reward":null}],"skills_gain":[],"trees":[]}"#
        #expect(String(decoding: record.line, as: UTF8.self) == expected)
    }

    @Test("What was appended is there when the log is opened again")
    func reopen() async throws {
        let scratch = Scratch()
        do {
            let log = try RunLog(path: scratch.log)
            #expect(await log.records.isEmpty)
            for record in records { try await log.append(record) }
        }
        let log = try RunLog(path: scratch.log)
        let stored = await log.records
        #expect(stored.count == records.count)
        for record in records { #expect(stored[record.key] == record) }
    }

    @Test("A torn last line is cut off, wherever it tore, and the log goes on after it")
    func tornLine() async throws {
        let scratch = Scratch()
        let whole = records[0].line + [0x0A]
        let second = records[1].line
        for length in stride(from: 1, through: second.count, by: 97) {
            write(whole + second.prefix(length), to: scratch.log)
            let log = try RunLog(path: scratch.log)
            #expect(await log.records.keys.sorted() == [records[0].key])
            try await log.append(records[1])
            #expect(read(scratch.log) == whole + second + [0x0A])
        }
    }

    @Test("A last line whose bytes a power failure left zero is torn too")
    func zeros() async throws {
        let scratch = Scratch()
        let whole = records[0].line + [0x0A]
        write(whole + [UInt8](repeating: 0, count: 300) + [0x0A], to: scratch.log)
        let log = try RunLog(path: scratch.log)
        #expect(await log.records.count == 1)
        #expect(read(scratch.log) == whole)
    }

    @Test("Any other bad line is an error with its number, and the file stays as it is")
    func badLine() throws {
        let scratch = Scratch()
        let good = records[0].line + [0x0A]
        for bad in ["{}", "", "[1]", "{\"key\":1}", "\u{FF}"] {
            let bytes = good + Array(bad.utf8) + [0x0A] + records[1].line + [0x0A]
            write(bytes, to: scratch.log)
            let error = #expect(throws: RunLogError.self) { try RunLog(path: scratch.log) }
            guard case .badLine(_, 2, _) = error else {
                Issue.record("not the error of line 2: \(String(describing: error))")
                continue
            }
            #expect(read(scratch.log) == bytes)
        }
    }

    @Test("A key stands in the log once")
    func duplicate() async throws {
        let scratch = Scratch()
        do {
            let log = try RunLog(path: scratch.log)
            try await log.append(records[0])
            await #expect(throws: RunLogError.self) { try await log.append(records[0]) }
        }
        write(records[0].line + [0x0A] + records[0].line + [0x0A], to: scratch.log)
        #expect(throws: RunLogError.self) { try RunLog(path: scratch.log) }
    }

    @Test("Two processes cannot write to one log")
    func inUse() async throws {
        let scratch = Scratch()
        let log = try RunLog(path: scratch.log)
        #expect(throws: RunLogError.inUse(path: scratch.log)) { try RunLog(path: scratch.log) }
        try await log.append(records[0])
    }

    @Test("A file that cannot be made is a typed error")
    func noFolder() {
        #expect(throws: RunLogError.self) { try RunLog(path: "/no/such/folder/runs.jsonl") }
    }

    @Test("Lines with bytes changed at random are read or refused, never a trap")
    func fuzz() {
        let line = records[0].line
        for round in 0..<2_000 {
            var bytes = line
            let place = Int((Samples.wobble(round) + 1) / 2 * Double(bytes.count - 1))
            bytes[place] = UInt8(truncatingIfNeeded: Int(Samples.wobble(round, 1) * 200))
            if round % 3 == 0 { bytes.removeSubrange(place..<min(bytes.count, place + round % 40)) }
            _ = try? RunRecord(line: bytes)
        }
    }
}
