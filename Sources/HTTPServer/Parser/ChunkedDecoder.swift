/// Removes chunked coding (RFC 9112 7.1), one octet at a time for the framing and in runs for the data, so
/// that nothing is ever read twice and nothing but the current trailer line is kept.
///
/// Extensions are checked against the grammar and dropped; trailer lines are checked as field lines and
/// dropped.
struct ChunkedDecoder: Sendable {
    enum Progress: Equatable { case needMore, complete }

    private enum State {
        case sizeStart, size, afterSize
        case extensionName(empty: Bool), afterName, valueStart, value, quoted, escaped, quotedEnd, afterValue
        case sizeLineFeed, data, dataReturn, dataLineFeed
        case trailerStart, trailer, trailerLineFeed, endLineFeed
    }

    private var state = State.sizeStart
    private var chunkBytes = 0
    private var extensionBytes = 0
    private var trailerLine: [UInt8] = []
    private var trailerBytes = 0
    private var trailerLines = 0

    /// Takes octets from `bytes[position...]`, advances `position` and appends content to `body`.
    mutating func consume(
        _ bytes: Span<UInt8>, _ position: inout Int, into body: inout [UInt8], limits: HTTPLimits
    ) throws(HTTPParseError) -> Progress {
        while position < bytes.count {
            if case .data = state {
                let run = min(chunkBytes, bytes.count - position)
                body.append(bytes, position..<position + run)
                position += run
                chunkBytes -= run
                if chunkBytes == 0 { state = .dataReturn }
                continue
            }
            let byte = bytes[position]
            position += 1
            if case .endLineFeed = state {
                guard byte == ASCII.lineFeed else { throw Self.bareReturn }
                return .complete
            }
            try step(byte, received: body.count, limits: limits)
        }
        return .needMore
    }

    private static let bareReturn = HTTPParseError(.badRequest, "a bare CR in the chunked framing")
    private static let badExtension = HTTPParseError(.badRequest, "a chunk extension is malformed")

    private mutating func step(_ byte: UInt8, received: Int, limits: HTTPLimits) throws(HTTPParseError) {
        switch state {
        case .sizeStart, .size: try readSize(byte, received: received, limits: limits)
        case .afterSize, .extensionName, .afterName, .valueStart, .value, .quoted, .escaped, .quotedEnd,
            .afterValue:
            extensionBytes += 1
            guard extensionBytes <= limits.chunkExtensionBytes else {
                throw .init(.badRequest, "the chunk extensions are too long")
            }
            try readExtension(byte)
        case .sizeLineFeed:
            guard byte == ASCII.lineFeed else { throw Self.bareReturn }
            state = chunkBytes == 0 ? .trailerStart : .data
        case .dataReturn:
            guard byte == ASCII.carriageReturn else {
                throw .init(.badRequest, "the chunk's data is not followed by CRLF")
            }
            state = .dataLineFeed
        case .dataLineFeed:
            guard byte == ASCII.lineFeed else {
                throw .init(.badRequest, "the chunk's data is not followed by CRLF")
            }
            state = .sizeStart
        case .trailerStart, .trailer, .trailerLineFeed: try readTrailer(byte, limits: limits)
        case .data, .endLineFeed: break
        }
    }

    // MARK: chunk-size

    private mutating func readSize(
        _ byte: UInt8, received: Int, limits: HTTPLimits
    ) throws(HTTPParseError) {
        if let digit = ASCII.hexValue(byte) {
            if case .sizeStart = state { chunkBytes = 0 } else { extensionBytes += chunkBytes == 0 ? 1 : 0 }
            state = .size
            chunkBytes = chunkBytes << 4 | Int(digit)
            // The first bound keeps shift and sum from overflowing, whatever the limits are.
            guard chunkBytes <= Int.max >> 8, received + chunkBytes <= limits.bodyBytes else {
                throw .init(.contentTooLarge, "the content is larger than \(limits.bodyBytes) bytes")
            }
            guard extensionBytes <= limits.chunkExtensionBytes else {
                throw .init(.badRequest, "a chunk size has too many zeros")
            }
            return
        }
        guard case .size = state else { throw .init(.badRequest, "a chunk size is not hexadecimal") }
        switch byte {
        case ASCII.carriageReturn: state = .sizeLineFeed
        case 0x3B: state = .extensionName(empty: true)
        case ASCII.space, ASCII.tab: state = .afterSize
        case ASCII.lineFeed: throw .init(.badRequest, "a chunk line ends in a bare LF")
        default: throw .init(.badRequest, "a chunk size is not hexadecimal")
        }
    }

    // MARK: chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )

    private mutating func readExtension(_ byte: UInt8) throws(HTTPParseError) {
        let isBlank = byte == ASCII.space || byte == ASCII.tab
        switch state {
        case .afterSize, .afterValue:
            // White space here is only right before a further extension.
            if byte == 0x3B {
                state = .extensionName(empty: true)
            } else if !isBlank {
                throw Self.badExtension
            }
        case .extensionName(let empty):
            if ByteClass.token.contains(byte) {
                state = .extensionName(empty: false)
            } else if !(empty && isBlank) {
                guard !empty else { throw Self.badExtension }
                try endExtensionPart(byte, isBlank: isBlank, mayHaveValue: true)
            }
        case .afterName:
            if !isBlank { try endExtensionPart(byte, isBlank: false, mayHaveValue: true, afterBlank: true) }
        default: try readExtensionValue(byte, isBlank: isBlank)
        }
    }

    private mutating func readExtensionValue(_ byte: UInt8, isBlank: Bool) throws(HTTPParseError) {
        switch state {
        case .valueStart where byte == 0x22: state = .quoted
        case .valueStart where ByteClass.token.contains(byte): state = .value
        case .valueStart:
            guard isBlank else { throw Self.badExtension }
        case .value where ByteClass.token.contains(byte): break
        case .value, .quotedEnd: try endExtensionPart(byte, isBlank: isBlank, mayHaveValue: false)
        default: try readQuoted(byte)
        }
    }

    private mutating func readQuoted(_ byte: UInt8) throws(HTTPParseError) {
        guard ByteClass.fieldValue.contains(byte) else { throw Self.badExtension }
        if case .escaped = state {
            state = .quoted
        } else if byte == 0x5C {
            state = .escaped
        } else if byte == 0x22 {
            state = .quotedEnd
        }
    }

    /// What may follow an extension's name or value: "=", ";", white space, or the line's end.
    private mutating func endExtensionPart(
        _ byte: UInt8, isBlank: Bool, mayHaveValue: Bool, afterBlank: Bool = false
    ) throws(HTTPParseError) {
        switch byte {
        case 0x3D where mayHaveValue: state = .valueStart
        case 0x3B: state = .extensionName(empty: true)
        case ASCII.carriageReturn where !afterBlank: state = .sizeLineFeed
        case _ where isBlank: state = mayHaveValue ? .afterName : .afterValue
        default: throw Self.badExtension
        }
    }

    // MARK: trailer-section

    private mutating func readTrailer(_ byte: UInt8, limits: HTTPLimits) throws(HTTPParseError) {
        trailerBytes += 1
        guard trailerBytes <= limits.headerBytes else {
            throw .init(
                .requestHeaderFieldsTooLarge, "the trailers are larger than \(limits.headerBytes) bytes")
        }
        switch state {
        case .trailerStart where byte == ASCII.carriageReturn: state = .endLineFeed
        case .trailerLineFeed:
            guard byte == ASCII.lineFeed else { throw Self.bareReturn }
            try endTrailer(limits)
            state = .trailerStart
        case _ where byte == ASCII.carriageReturn: state = .trailerLineFeed
        case _ where byte == ASCII.lineFeed: throw .init(.badRequest, "a trailer line ends in a bare LF")
        default:
            trailerLine.append(byte)
            state = .trailer
        }
    }

    private mutating func endTrailer(_ limits: HTTPLimits) throws(HTTPParseError) {
        trailerLines += 1
        guard trailerLines <= limits.fieldCount else {
            throw .init(
                .requestHeaderFieldsTooLarge, "there are more than \(limits.fieldCount) trailer lines")
        }
        var buffer: [UInt8] = []
        swap(&buffer, &trailerLine)
        let line = buffer.span
        let slice = try FieldLine.parse(line, 0..<line.count)
        // Fields that frame or route a message make no sense after it (RFC 9110 6.5.1).
        for name: StaticString in ["host", "content-length", "transfer-encoding"]
        where ASCII.equals(line, slice.name, lowercase: name) {
            throw .init(.badRequest, "a trailer line frames or routes the message")
        }
    }
}
