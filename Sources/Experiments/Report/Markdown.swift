/// The pieces of Markdown (GitHub Flavored Markdown 0.29) that a report is made of.
enum Markdown {
    /// A table with its first column to the left and the others to the right.
    static func table(_ header: [String], _ rows: [[String]], left: Int = 1) -> String {
        let marks = header.indices.map { $0 < left ? "---" : "---:" }
        return ([header, marks] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }

    /// A name in code style. A vertical line would end a table's cell even there.
    static func code(_ text: String) -> String {
        "`" + plain(text).replacing("`", with: "'") + "`"
    }

    /// Text of others, such as an error's: one line of limited length that opens no tag and ends no table cell.
    static func plain(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars.prefix(500) {
            switch scalar {
            case "|": line += "\\|"
            case "<": line += "&lt;"
            case "\0"..."\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}": line += " "
            default: line.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > 500 ? line + "…" : line
    }

    /// Text that stands between the brackets of a link.
    static func linkText(_ text: String) -> String {
        plain(text).replacing("[", with: "\\[").replacing("]", with: "\\]")
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last else { return "" }
        return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension Estimate {
    /// The mean of shares as percent with its interval: `61.2 ± 3.4`, or `61.2` for one value.
    var percentText: String {
        Decimal.percent(mean) + (halfWidth.map { " ± " + Decimal.percent($0) } ?? "")
    }

    /// The mean difference in points with its interval: `+3.2 ± 1.1`, or `+3.2` for one value.
    var pointsText: String {
        Decimal.points(mean) + (halfWidth.map { " ± " + Decimal.percent($0) } ?? "")
    }
}
