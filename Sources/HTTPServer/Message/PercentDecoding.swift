/// Why a target's text can't be read.
public enum HTTPTargetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A percent sign without two hexadecimal digits (RFC 3986 2.1).
    case invalidEscape
    /// The escape %00.
    case encodedNUL
    /// The decoded octets aren't UTF-8.
    case notUTF8

    /// What to tell the client.
    public var description: String {
        switch self {
        case .invalidEscape: "the request target has a percent sign without two hexadecimal digits"
        case .encodedNUL: "the request target has an encoded NUL"
        case .notUTF8: "the request target is not UTF-8 once percent-decoded"
        }
    }
}

/// Decodes percent escapes (RFC 3986 2.1) to text.
enum PercentDecoding {
    /// - Parameter plusIsSpace: reads "+" as a space, as HTML forms write queries.
    static func decode(
        _ bytes: Span<UInt8>, _ range: Range<Int>, plusIsSpace: Bool = false
    ) throws(HTTPTargetError) -> String {
        var needsWork = false
        for index in range where bytes[index] == 0x25 || (plusIsSpace && bytes[index] == 0x2B) {
            needsWork = true
            break
        }
        guard needsWork else { return bytes.string(range) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == 0x25 {
                guard index + 2 < range.upperBound, let high = ASCII.hexValue(bytes[index + 1]),
                    let low = ASCII.hexValue(bytes[index + 2])
                else { throw .invalidEscape }
                decoded.append(high << 4 | low)
                if high == 0, low == 0 { throw .encodedNUL }
                index += 3
            } else {
                decoded.append(plusIsSpace && byte == 0x2B ? ASCII.space : byte)
                index += 1
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
