import HTTPServer

/// What a parser made of some input, in a form that can be compared.
enum Parsed: Equatable, CustomStringConvertible {
    case request(String, body: [UInt8])
    case failed(Int)
    /// The last request isn't complete.
    case unfinished

    var description: String {
        switch self {
        case .request(let text, let body): "\(text)[\(body.count)]"
        case .failed(let status): "failed \(status)"
        case .unfinished: "unfinished"
        }
    }
}

/// Shows input to a parser as a connection does: unconsumed bytes are kept and shown again with more.
struct ParserHarness {
    private var parser: HTTPRequestParser
    private var buffer: [UInt8] = []
    private(set) var results: [Parsed] = []
    private(set) var heads: [HTTPRequestHead] = []
    private(set) var asksForContinue = false

    init(limits: HTTPLimits = HTTPLimits()) { parser = HTTPRequestParser(limits: limits) }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        while results.last?.isFailure != true {
            let shown = buffer
            let (consumed, step) = parser.consume(shown.span)
            buffer.removeFirst(consumed)
            switch step {
            case .needMore:
                if parser.takeContinueRequest() { asksForContinue = true }
                return
            case .failed(let error): results.append(.failed(error.status.code))
            case .request(let head, let body):
                heads.append(head)
                let fields = head.fields.lines.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
                results.append(
                    .request("\(head.method) \(head.target) 1.\(head.minorVersion) \(fields)", body: body))
                if buffer.isEmpty { return }
            }
        }
    }

    /// The results, and whether something is left over.
    var outcome: [Parsed] {
        let hasRest = !buffer.isEmpty || parser.isInHead || parser.isInBody
        return results + (hasRest && results.last?.isFailure != true ? [.unfinished] : [])
    }
}

extension Parsed {
    var isFailure: Bool { if case .failed = self { true } else { false } }
}

/// What a parser makes of the whole input at once.
func parse(_ text: String, limits: HTTPLimits = HTTPLimits()) -> [Parsed] {
    parse(Array(text.utf8), limits: limits)
}

/// What a parser makes of the input, in pieces that end at `cuts`.
func parse(_ bytes: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits()) -> [Parsed] {
    var harness = ParserHarness(limits: limits)
    var start = 0
    for cut in cuts + [bytes.count] {
        harness.feed(bytes[start..<cut])
        start = cut
    }
    return harness.outcome
}

/// The status of a refusal, 0 for an unfinished request, 200 for requests that were all read.
func verdict(_ text: String, limits: HTTPLimits = HTTPLimits()) -> Int {
    verdict(Array(text.utf8), limits: limits)
}

func verdict(_ bytes: [UInt8], limits: HTTPLimits = HTTPLimits()) -> Int {
    switch parse(bytes, limits: limits).last {
    case .failed(let status): status
    case .request: 200
    case .unfinished, nil: 0
    }
}

/// A request with one more field line.
func withField(_ line: String, version: String = "1.1") -> String {
    "GET / HTTP/\(version)\r\nHost: a\r\n\(line)\r\n\r\n"
}

/// A chunked request with this body.
func chunked(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
}

/// SplitMix64: the same cases in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
