/// Writes the elements of one SVG picture (SVG 1.1, second edition, 2011), with all text escaped and all numbers with
/// two decimals at most, so that the same picture is always the same bytes.
struct SVG {
    /// How a line of text is anchored at its point.
    enum Anchor: String {
        case start, middle, end
    }

    let width: Double
    let height: Double
    private let title: String
    private let description: String
    private var body = ""

    /// Sizes of text in pixels.
    enum TextSize {
        static let title = 16.0
        static let label = 13.0
        static let small = 12.0
    }

    /// - Parameters:
    ///   - title: names the picture to those who cannot see it.
    ///   - description: says in words what it shows.
    init(width: Double, height: Double, title: String, description: String) {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// The whole picture.
    var text: String {
        let size = "\(number(width)) \(number(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(number(width))" \
            height="\(number(height))" role="img" aria-labelledby="title description" \
            font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
            <title id="title">\(Self.escaped(title))</title>
            <desc id="description">\(Self.escaped(description))</desc>
            <rect width="\(number(width))" height="\(number(height))" rx="6" fill="\(Palette.paper)"/>
            \(body)</svg>

            """
    }

    // MARK: - Elements

    mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 1
    ) {
        body += "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
        body += "stroke=\"\(stroke)\" stroke-width=\"\(number(width))\"/>\n"
    }

    mutating func polyline(
        _ points: [(x: Double, y: Double)], stroke: String, width: Double = 2, dashes: String? = nil
    ) {
        body += "<polyline points=\"\(joined(points))\" fill=\"none\" stroke=\"\(stroke)\" "
        body += "stroke-width=\"\(number(width))\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
        if let dashes { body += " stroke-dasharray=\"\(dashes)\"" }
        body += "/>\n"
    }

    mutating func polygon(
        _ points: [(x: Double, y: Double)], fill: String, opacity: Double = 1, stroke: String? = nil
    ) {
        body += "<polygon points=\"\(joined(points))\" fill=\"\(fill)\" fill-opacity=\"\(number(opacity))\""
        if let stroke { body += " stroke=\"\(stroke)\" stroke-width=\"1\"" }
        body += "/>\n"
    }

    /// A rectangle; `note` becomes the text that a browser shows under the pointer.
    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String, opacity: Double = 1,
        stroke: String? = nil, note: String? = nil
    ) {
        body += "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
        body += "height=\"\(number(height))\" fill=\"\(fill)\""
        if opacity < 1 { body += " fill-opacity=\"\(number(opacity))\"" }
        if let stroke { body += " stroke=\"\(stroke)\"" }
        body += note.map { "><title>\(Self.escaped($0))</title></rect>\n" } ?? "/>\n"
    }

    /// A circle; `note` becomes the text that a browser shows under the pointer.
    mutating func circle(
        _ x: Double, _ y: Double, radius: Double, fill: String, opacity: Double = 1, stroke: String? = nil,
        note: String? = nil
    ) {
        body += "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"\(fill)\""
        if opacity < 1 { body += " fill-opacity=\"\(number(opacity))\"" }
        if let stroke { body += " stroke=\"\(stroke)\" stroke-width=\"1.5\"" }
        body += note.map { "><title>\(Self.escaped($0))</title></circle>\n" } ?? "/>\n"
    }

    mutating func text(
        _ text: String, _ x: Double, _ y: Double, size: Double = TextSize.small, anchor: Anchor = .start,
        fill: String = Palette.ink, bold: Bool = false, turned: Bool = false
    ) {
        body += "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(number(size))\" fill=\"\(fill)\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if bold { body += " font-weight=\"bold\"" }
        if turned { body += " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" }
        body += ">\(Self.escaped(text))</text>\n"
    }

    // MARK: - Numbers and text

    private func number(_ value: Double) -> String {
        let text = Decimal.text(value.isFinite ? value : 0, decimals: 2)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    private func joined(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    /// The text with XML's own signs escaped (XML 1.0, section 2.4) and characters that XML cannot hold (section 2.2)
    /// replaced.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// About how wide a character is in units of its size: no font is at hand, and this is a wide sans-serif's mean.
    private static let widthOfCharacter = 0.55

    /// About how wide a text is.
    static func width(of text: String, size: Double = TextSize.small) -> Double {
        Double(text.count) * size * widthOfCharacter
    }

    /// The text, cut with an ellipsis when it is wider.
    static func fitted(_ text: String, width: Double, size: Double = TextSize.small) -> String {
        let most = max(1, Int(width / (size * widthOfCharacter)))
        return text.count <= most ? text : text.prefix(most - 1) + "…"
    }
}
