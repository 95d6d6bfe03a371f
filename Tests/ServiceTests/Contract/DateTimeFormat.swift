/// The `date-time` of RFC 3339, section 5.6.
enum DateTimeFormat {
    /// Whether a text is a date and time: `2026-11-22T18:25:00.123Z`, `2026-11-22T18:25:00+01:00`.
    static func accepts(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: form) else { return false }
        let parts = match.output
        guard let year = Int(parts.year), let month = Int(parts.month), let day = Int(parts.day),
            let hour = Int(parts.hour), let minute = Int(parts.minute), let second = Int(parts.second)
        else { return false }
        return (1...12).contains(month) && (1...days(in: month, of: year)).contains(day)
            && hour <= 23 && minute <= 59 && second <= 60
    }

    private static var form:
        Regex<
            (
                Substring, year: Substring, month: Substring, day: Substring, hour: Substring,
                minute: Substring,
                second: Substring
            )
        >
    {
        /(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[Tt](?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])/
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
