/// Reads HTTP/1.x requests (RFC 9112) from bytes: no sockets, no clock. Any cut of the same input into
/// pieces gives the same result. What RFC 9112 lets a recipient read in more than one way is refused.
///
/// After a failure the parser stays failed: the connection has to be closed, as nothing says where the next
/// request would start.
public struct HTTPRequestParser: Sendable {
    /// What the input amounts to so far.
    public enum Step: Sendable {
        /// All input is taken in or must be shown again with more.
        case needMore
        /// A whole request; the parser is ready for the next one.
        case request(HTTPRequestHead, body: [UInt8])
        /// The request can't be read.
        case failed(HTTPParseError)
    }

    private enum State {
        case requestLine
        case fields
        case fixed(HTTPRequestHead, remaining: Int)
        case chunked(HTTPRequestHead, ChunkedDecoder)
        case failed(HTTPParseError)
    }

    /// CRLFs before a request line that are skipped (RFC 9112 2.2).
    private static let leadingBlankLines = 8

    private let limits: HTTPLimits
    private var state = State.requestLine
    private var draft = HeadDraft()
    /// Offsets from the head's first octet: of the current line, of what has been searched, of the first
    /// field.
    private var lineStart = 0
    private var searched = 0
    private var fieldsStart = 0
    private var blankLines = 0
    private var body: [UInt8] = []
    private var owesContinue = false

    /// A parser for one connection.
    public init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Whether part of a head has been seen.
    public var isInHead: Bool {
        switch state {
        case .requestLine: searched > 0
        case .fields: true
        default: false
        }
    }

    /// Whether a head is complete and its content isn't yet.
    public var isInBody: Bool {
        switch state {
        case .fixed, .chunked: true
        default: false
        }
    }

    /// Content received so far of the request under way.
    public var bodyBytesReceived: Int { body.count }

    /// True once for each request whose client waits for `100 Continue` (RFC 9110 10.1.1), if none of its
    /// content has come.
    public mutating func takeContinueRequest() -> Bool {
        defer { owesContinue = false }
        return owesContinue && isInBody && body.isEmpty
    }

    /// Reads on. `input` starts with the bytes that the last call did not consume.
    /// - Returns: how many bytes of `input` are done with, and what came of it. After `.request` the rest of
    ///   the input may hold further requests: call again.
    public mutating func consume(_ input: Span<UInt8>) -> (consumed: Int, step: Step) {
        var position = 0
        do throws(HTTPParseError) {
            if case .requestLine = state { try skipBlankLines(input, &position) }
            switch state {
            case .requestLine, .fields:
                guard let end = try readHead(input.extracting(position..<input.count)) else {
                    return (position, .needMore)
                }
                position += end
            default: break
            }
            let step = try readBody(input, &position)
            return (position, step)
        } catch {
            state = .failed(error)
            return (input.count, .failed(error))
        }
    }

    // MARK: Head

    private mutating func skipBlankLines(_ input: Span<UInt8>, _ position: inout Int) throws(HTTPParseError) {
        guard searched <= 1 else { return }
        while position + 1 < input.count, input[position] == ASCII.carriageReturn,
            input[position + 1] == ASCII.lineFeed
        {
            position += 2
            searched = 0
            blankLines += 1
            guard blankLines <= Self.leadingBlankLines else {
                throw .init(.badRequest, "too many empty lines before the request line")
            }
        }
    }

    /// Reads lines of a head that starts at the span's start; its length when the empty line has come, else
    /// nil.
    private mutating func readHead(_ bytes: Span<UInt8>) throws(HTTPParseError) -> Int? {
        while let lineFeed = bytes.firstIndex(of: ASCII.lineFeed, from: searched) {
            let line = lineStart..<max(lineStart, lineFeed - 1)
            try checkSize(lineBytes: line.count, headEnd: lineFeed + 1)
            guard lineFeed > lineStart, bytes[lineFeed - 1] == ASCII.carriageReturn else {
                throw .init(.badRequest, "a line ends in a bare LF")
            }
            (lineStart, searched) = (lineFeed + 1, lineFeed + 1)
            if case .requestLine = state {
                try draft.readRequestLine(bytes, line)
                fieldsStart = lineStart
                state = .fields
            } else if line.isEmpty {
                try finishHead(bytes, end: line.lowerBound)
                return lineStart
            } else {
                guard draft.fieldCount < limits.fieldCount else {
                    throw .init(
                        .requestHeaderFieldsTooLarge, "there are more than \(limits.fieldCount) fields")
                }
                try draft.readField(bytes, line)
            }
        }
        searched = bytes.count
        // One octet of grace: it may be the CR of the line end.
        try checkSize(lineBytes: bytes.count - lineStart - 1, headEnd: bytes.count)
        return nil
    }

    private func checkSize(lineBytes: Int, headEnd: Int) throws(HTTPParseError) {
        if case .requestLine = state {
            guard lineBytes <= limits.requestLineBytes else {
                throw .init(.uriTooLong, "the request line is longer than \(limits.requestLineBytes) bytes")
            }
        } else if headEnd - fieldsStart > limits.headerBytes {
            throw .init(
                .requestHeaderFieldsTooLarge, "the field lines are larger than \(limits.headerBytes) bytes")
        }
    }

    private mutating func finishHead(_ bytes: Span<UInt8>, end: Int) throws(HTTPParseError) {
        let head = try draft.finish(bytes, end: end, limits: limits)
        owesContinue = head.expectsContinue
        switch head.framing {
        case .none: state = .fixed(head, remaining: 0)
        case .length(let length):
            // A client that only claims a large body doesn't get its memory at once.
            body.reserveCapacity(min(length, 64 << 10))
            state = .fixed(head, remaining: length)
        case .chunked: state = .chunked(head, ChunkedDecoder())
        }
    }

    // MARK: Body

    private mutating func readBody(
        _ input: Span<UInt8>, _ position: inout Int
    ) throws(HTTPParseError) -> Step {
        switch state {
        case .fixed(let head, let remaining):
            let run = min(remaining, input.count - position)
            if run > 0 {
                body.append(input, position..<position + run)
                position += run
            }
            guard run == remaining else {
                state = .fixed(head, remaining: remaining - run)
                return .needMore
            }
            return finishRequest(head)
        case .chunked(let head, var decoder):
            let progress = try decoder.consume(input, &position, into: &body, limits: limits)
            guard progress == .complete else {
                state = .chunked(head, decoder)
                return .needMore
            }
            return finishRequest(head)
        case .failed(let error): throw error
        case .requestLine, .fields: return .needMore
        }
    }

    private mutating func finishRequest(_ head: HTTPRequestHead) -> Step {
        var content: [UInt8] = []
        swap(&content, &body)
        state = .requestLine
        draft = HeadDraft()
        (lineStart, searched, fieldsStart, blankLines) = (0, 0, 0, 0)
        owesContinue = false
        return .request(head, body: content)
    }
}
