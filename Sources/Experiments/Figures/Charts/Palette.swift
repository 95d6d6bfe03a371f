/// The colours of the figures.
///
/// Series take the palette of Okabe and Ito, "Color Universal Design" (2008), whose colours remain apart for people who
/// are colour-blind. Its yellow comes last, being faint on a light ground. Colour is never the only difference: series
/// have marks of their own too.
enum Palette {
    static let paper = "#FFFFFF"
    static let ink = "#222222"
    static let faintInk = "#595959"
    static let axis = "#8C8C8C"
    static let grid = "#E4E4E4"

    /// Blue, vermilion, bluish green, orange, reddish purple, sky blue, yellow.
    private static let series = ["#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#F0E442"]
    /// The palette's black, kept for what the others are compared with.
    static let baseline = "#000000"

    static func series(_ index: Int) -> String {
        series[index % series.count]
    }

    /// A shade of blue for a share 0...1, from pale to dark, so that more is darker in print as well.
    static func shade(_ share: Double) -> String {
        let from = (222.0, 235.0, 247.0)
        let middle = (66.0, 146.0, 198.0)
        let to = (8.0, 48.0, 107.0)
        let part = min(max(share, 0), 1) * 2
        return part < 1 ? mixed(from, middle, part) : mixed(middle, to, part - 1)
    }

    private static func mixed(
        _ from: (Double, Double, Double), _ to: (Double, Double, Double), _ share: Double
    ) -> String {
        let parts = [(from.0, to.0), (from.1, to.1), (from.2, to.2)]
        return "#"
            + parts.map { from, to in
                let text = String(Int((from + (to - from) * share).rounded()), radix: 16, uppercase: true)
                return text.count < 2 ? "0" + text : text
            }.joined()
    }
}

/// How one series looks.
struct SeriesStyle {
    let colour: String
    let mark: Mark
    let dashes: String?

    /// The shape of a series' points.
    enum Mark: CaseIterable {
        case circle, square, triangle, diamond
    }

    /// The style of the series with this place among those that are compared.
    static func numbered(_ index: Int) -> SeriesStyle {
        SeriesStyle(
            colour: Palette.series(index), mark: Mark.allCases[index % Mark.allCases.count],
            dashes: index < 7 ? nil : "2 4")
    }

    /// The style of what the others are compared with.
    static let baseline = SeriesStyle(colour: Palette.baseline, mark: .diamond, dashes: "6 4")

    /// Draws the series' mark.
    func draw(_ svg: inout SVG, _ x: Double, _ y: Double, size: Double) {
        let paper = Palette.paper
        switch mark {
        case .circle:
            svg.circle(x, y, radius: size, fill: colour, stroke: paper)
        case .square:
            let half = size * 0.9
            svg.polygon(
                [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)],
                fill: colour, stroke: paper)
        case .triangle:
            let half = size * 1.1
            svg.polygon(
                [(x, y - size * 1.2), (x + half, y + size * 0.8), (x - half, y + size * 0.8)], fill: colour,
                stroke: paper)
        case .diamond:
            let half = size * 1.25
            svg.polygon(
                [(x, y - half), (x + half, y), (x, y + half), (x - half, y)], fill: colour, stroke: paper)
        }
    }
}
