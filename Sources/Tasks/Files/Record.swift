import Gym
import JSON

/// One line of a task's file.
struct Record: Sendable {
    let number: Int
    let instruction: String
    let answer: String
    let solution: String?
    let skill: String?

    /// What is wrong with a line.
    struct Fault: Error {
        var field: String?
        let problem: String
    }

    init(line: [UInt8], number: Int, format: FileTask.Format) throws(Fault) {
        let fields = try Fields(line)
        self.number = number
        switch format {
        case .jsonl:
            instruction = try fields.text("instruction")
            answer = try fields.answer()
            solution = try fields.optionalText("solution")
            skill = try fields.optionalText("skill")
        case .gsm8k:
            instruction = try fields.text("question")
            let worked = try fields.text("answer")
            solution = worked
            answer = try Self.markedAnswer(worked)
            skill = nil
        }
    }

    /// The task instance, whose id is the task's name and the line's number.
    func instance(task: String) -> TaskInstance {
        TaskInstance(
            id: "\(task)/\(number)", instruction: instruction, answer: answer, solution: solution,
            skill: skill)
    }

    /// The number in a worked answer's last line `#### N`.
    private static func markedAnswer(_ worked: String) throws(Fault) -> String {
        guard let answer = FinalAnswer.markedAnswer(in: worked) else {
            throw Fault(
                field: "answer",
                problem: "has no line \"#### N\" with the final number; add it as the last line")
        }
        guard ExactNumber(Array(answer.utf8)[...]) != nil else {
            throw Fault(
                field: "answer", problem: "has no number after \"####\"; write for example \"#### 18\"")
        }
        return answer
    }
}

/// The members of a line's object.
private struct Fields {
    private let object: JSONObject

    init(_ line: [UInt8]) throws(Record.Fault) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line, limits: JSONLimits(depth: 16))
        } catch {
            throw Record.Fault(
                problem:
                    "is not valid JSON: \(error.reason) at column \(error.column); there must be one object a line"
            )
        }
        guard let object = value.objectValue else {
            throw Record.Fault(problem: "holds \(value.kind); there must be one JSON object a line")
        }
        self.object = object
    }

    /// A text that must be there and not blank.
    func text(_ name: String) throws(Record.Fault) -> String {
        guard let value = object[name] else {
            let found = object.keys.prefix(8).map { $0.prefix(40) }.joined(separator: ", ")
            throw Record.Fault(
                field: name,
                problem: "is missing; the line has \(found.isEmpty ? "no fields" : "the fields \(found)")")
        }
        guard let text = value.stringValue else {
            throw Record.Fault(field: name, problem: "is \(value.kind); it must be a string")
        }
        guard text.utf8.contains(where: { !Ascii.isSpace($0) }) else {
            throw Record.Fault(field: name, problem: "is blank; it must say something")
        }
        return text
    }

    /// A text that may be missing or null.
    func optionalText(_ name: String) throws(Record.Fault) -> String? {
        switch object[name] {
        case nil, .null?: nil
        default: try text(name)
        }
    }

    /// The answer, which may also be a bare number.
    func answer() throws(Record.Fault) -> String {
        switch object["answer"] {
        case .integer(let number)?: "\(number)"
        case .double?:
            throw Record.Fault(
                field: "answer", problem: "is a number with a fraction; quote it, so that it stays exact")
        default: try text("answer")
        }
    }
}
