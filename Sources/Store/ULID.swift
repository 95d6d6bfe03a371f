import Glibc
import Synchronization

/// Makes ULIDs: 26 characters of Crockford's base 32 that sort by the time of their making.
///
/// Source: the ULID specification; ids made within one millisecond count upwards (its monotonic mode).
public final class ULIDGenerator: Sendable {
    private struct Last {
        var milliseconds: UInt64 = 0
        var high: UInt16 = 0
        var low: UInt64 = 0
    }
    private let last = Mutex(Last())
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// A generator; two of them never meet, as each id has 80 random bits.
    public init() {}

    /// A new id for a time.
    ///
    /// - Parameter milliseconds: since 1970; an earlier time than the last id's counts as that one's.
    public func next(milliseconds: Int64) -> String {
        var random = SystemRandomNumberGenerator()
        let (time, high, low) = last.withLock { last -> (UInt64, UInt16, UInt64) in
            let now = UInt64(max(0, milliseconds))
            if now > last.milliseconds {
                last.milliseconds = now
                last.high = UInt16.random(in: 0...UInt16.max, using: &random)
                last.low = UInt64.random(in: 0...UInt64.max, using: &random)
            } else {
                let (sum, carried) = last.low.addingReportingOverflow(1)
                last.low = sum
                if carried { last.high &+= 1 }
            }
            return (last.milliseconds, last.high, last.low)
        }
        return Self.encode(time: time, high: high, low: low)
    }

    /// Whether a text has the form of an id.
    public static func isULID(_ text: String) -> Bool {
        text.utf8.count == 26 && text.utf8.allSatisfy(alphabet.contains)
    }

    private static func encode(time: UInt64, high: UInt16, low: UInt64) -> String {
        var characters = [UInt8](repeating: 0, count: 26)
        for position in 0..<10 {
            characters[9 - position] = alphabet[Int((time >> (5 * UInt64(position))) & 31)]
        }
        var high = UInt64(high)
        var low = low
        for position in 0..<16 {
            characters[25 - position] = alphabet[Int(low & 31)]
            low = (low >> 5) | ((high & 31) << 59)
            high >>= 5
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
