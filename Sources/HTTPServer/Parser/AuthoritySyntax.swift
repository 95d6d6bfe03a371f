/// Checks of `uri-host [ ":" port ]` as in Host and in targets (RFC 9110 7.2, RFC 3986 3.2.2 and 3.2.3).
/// Userinfo is never allowed (RFC 9110 4.2.4).
enum AuthoritySyntax {
    /// What an authority consists of.
    struct Parts {
        let hostIsEmpty: Bool
        let hasPort: Bool
    }

    /// The parts of a valid authority; nil when it isn't one. An empty port after the colon is valid.
    static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Parts? {
        var index = range.lowerBound
        if index < range.upperBound, bytes[index] == 0x5B {
            guard let close = bytes.firstIndex(of: 0x5D, from: index), close < range.upperBound,
                isIPLiteral(bytes, index + 1..<close)
            else { return nil }
            index = close + 1
        } else {
            guard let end = endOfName(bytes, range) else { return nil }
            index = end
        }
        let hostIsEmpty = index == range.lowerBound
        guard index < range.upperBound else { return Parts(hostIsEmpty: hostIsEmpty, hasPort: false) }
        guard bytes[index] == 0x3A else { return nil }
        for position in index + 1..<range.upperBound where !ASCII.isDigit(bytes[position]) { return nil }
        // A port without a host names nothing.
        guard !hostIsEmpty else { return nil }
        return Parts(hostIsEmpty: false, hasPort: index + 1 < range.upperBound)
    }

    /// End of a reg-name (which covers IPv4): the colon or the range's end; nil at an illegal octet.
    private static func endOfName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let legal = ByteClass.registeredName
        var index = range.lowerBound
        while index < range.upperBound, bytes[index] != 0x3A {
            if bytes[index] == 0x25 {
                guard index + 2 < range.upperBound, ASCII.hexValue(bytes[index + 1]) != nil,
                    ASCII.hexValue(bytes[index + 2]) != nil
                else { return nil }
                index += 3
            } else {
                guard legal.contains(bytes[index]) else { return nil }
                index += 1
            }
        }
        return index
    }

    /// What stands between square brackets: IPv6address or IPvFuture.
    private static func isIPLiteral(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        if bytes[first] | 0x20 == 0x76 { return isFutureAddress(bytes, range) }
        return isIPv6(bytes, range)
    }

    /// "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
    private static func isFutureAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let dot = bytes.firstIndex(of: 0x2E, from: range.lowerBound), dot < range.upperBound else {
            return false
        }
        let version = range.lowerBound + 1..<dot
        let address = dot + 1..<range.upperBound
        guard !version.isEmpty, !address.isEmpty else { return false }
        for index in version where ASCII.hexValue(bytes[index]) == nil { return false }
        let legal = ByteClass.registeredName
        for index in address where !legal.contains(bytes[index]) && bytes[index] != 0x3A { return false }
        return true
    }

    /// RFC 3986 3.2.2 IPv6address: eight groups, one "::" for one or more groups of zeros, the last two
    /// groups possibly as an IPv4 address. No zone (RFC 6874 zones have no meaning to a server).
    private static func isIPv6(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        var groups = 0
        var compressed = false
        if range.count >= 2, bytes[index] == 0x3A {
            guard bytes[index + 1] == 0x3A else { return false }
            compressed = true
            index += 2
        }
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, ASCII.hexValue(bytes[index]) != nil { index += 1 }
            if index < range.upperBound, bytes[index] == 0x2E {
                groups += 2
                return isIPv4(bytes, start..<range.upperBound) && isComplete(groups, compressed)
            }
            guard (1...4).contains(index - start), groups < 8 else { return false }
            groups += 1
            if index == range.upperBound { break }
            guard bytes[index] == 0x3A else { return false }
            index += 1
            if index < range.upperBound, bytes[index] == 0x3A {
                guard !compressed else { return false }
                compressed = true
                index += 1
            } else if index == range.upperBound {
                return false
            }
        }
        return isComplete(groups, compressed)
    }

    private static func isComplete(_ groups: Int, _ compressed: Bool) -> Bool {
        compressed ? groups <= 7 : groups == 8
    }

    /// Four decimal octets without leading zeros.
    private static func isIPv4(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var octets = 0
        var index = range.lowerBound
        while true {
            let start = index
            var value = 0
            while index < range.upperBound, ASCII.isDigit(bytes[index]), index - start < 3 {
                value = value * 10 + Int(bytes[index] - 0x30)
                index += 1
            }
            guard index > start, value < 256, index - start == 1 || bytes[start] != 0x30 else { return false }
            octets += 1
            if index == range.upperBound { return octets == 4 }
            guard bytes[index] == 0x2E, octets < 4 else { return false }
            index += 1
        }
    }
}
