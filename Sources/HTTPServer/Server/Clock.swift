import Glibc

/// CLOCK_MONOTONIC in nanoseconds.
enum Monotonic {
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Seconds as nanoseconds: nothing below zero, and about thirty years at most.
    static func nanoseconds(_ seconds: Double) -> UInt64 {
        seconds > 0 ? UInt64(min(seconds, 1e9) * 1e9) : 0
    }
}

/// The wall clock, with the Date field's value made once a second (RFC 9110 6.6.1).
package struct WallClock {
    private(set) var milliseconds: UInt64 = 0
    /// `Date: ` IMF-fixdate CRLF.
    private(set) var dateLine: [UInt8] = []
    private var second = Int.min

    init() { update() }

    mutating func update() {
        var time = timespec()
        // The coarse clock is read without a system call and is exact to a tick.
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        milliseconds = UInt64(max(time.tv_sec, 0)) &* 1000 &+ UInt64(time.tv_nsec) / 1_000_000
        guard time.tv_sec != second else { return }
        second = time.tv_sec
        dateLine = Array("Date: \(Self.httpDate(second))\r\n".utf8)
    }

    /// IMF-fixdate (RFC 9110 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func httpDate(_ secondsSince1970: Int) -> String {
        var moment = time_t(secondsSince1970)
        var parts = tm()
        gmtime_r(&moment, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = "\(days[Int(parts.tm_wday)]), \(padded(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
        let time = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return "\(date) \(Int(parts.tm_year) + 1900) \(time) GMT"
    }

    private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
