/// The `date-time` of RFC 3339, section 5.6.
enum DateTimeFormat {
    /// Whether a text is a date and time: `2026-11-22T18:25:00.123Z`, `2026-11-22T18:25:00+01:00`.
    static func accepts(_ text: String) -> Bool {
        let shape = /\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)/
            .asciiOnlyDigits()
        guard text.wholeMatch(of: shape) != nil else { return false }
        // The shape makes the first six runs of digits year, month, day, hour, minute and second.
        let parts = text.split { !$0.isNumber }.prefix(6).compactMap { Int($0) }
        guard parts.count == 6 else { return false }
        return (1...12).contains(parts[1]) && (1...days(in: parts[1], of: parts[0])).contains(parts[2])
            && parts[3] <= 23 && parts[4] <= 59 && parts[5] <= 60
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
