/// What all plots with two axes share: title, legend, grid, axes and the way from values to places.
struct PlotFrame {
    /// The words around a plot.
    struct Wording {
        var title: String
        var subtitle: String
        var x: String
        var y: String
        /// What the figure shows, for those who cannot see it.
        var description: String
    }

    /// One entry of the legend.
    struct LegendEntry {
        let label: String
        let style: SeriesStyle
        var hasLine = true
    }

    static let width = 760.0
    private static let left = 72.0
    private static let right = 24.0
    private static let plotHeight = 320.0
    private static let legendLine = 22.0

    let x: Axis
    let y: Axis
    /// Top edge of the plot.
    let top: Double
    let svgHeight: Double
    private let wording: Wording
    private let legend: [[LegendEntry]]
    /// The width of the legend's columns; `nil` where it has one row.
    private let legendColumn: Double?

    init(wording: Wording, x: Axis, y: Axis, legend: [LegendEntry]) {
        self.wording = wording
        self.x = x
        self.y = y
        (self.legend, legendColumn) = Self.rows(legend)
        top = 64 + Double(self.legend.count) * Self.legendLine
        svgHeight = top + Self.plotHeight + 64
    }

    var left: Double { Self.left }
    var right: Double { Self.width - Self.right }
    var bottom: Double { top + Self.plotHeight }

    func placeX(_ value: Double) -> Double { left + x.share(value) * (right - left) }
    func placeY(_ value: Double) -> Double { bottom - y.share(value) * (bottom - top) }

    /// The picture with everything but the data, drawn with ticks on both axes, or on the vertical one only.
    func picture(xTicks: Bool = true) -> SVG {
        var svg = SVG(
            width: Self.width, height: svgHeight, title: wording.title, description: wording.description)
        svg.text(
            SVG.fitted(wording.title, width: Self.width - 48, size: SVG.TextSize.title), 24, 30,
            size: SVG.TextSize.title, bold: true)
        svg.text(
            SVG.fitted(wording.subtitle, width: Self.width - 48), 24, 49, fill: Palette.faintInk)
        drawLegend(&svg)
        drawVerticalAxis(&svg)
        if xTicks { drawHorizontalTicks(&svg) }
        svg.line(left, bottom, right, bottom, stroke: Palette.axis)
        svg.text(wording.x, (left + right) / 2, bottom + 46, size: SVG.TextSize.label, anchor: .middle)
        svg.text(
            wording.y, 22, (top + bottom) / 2, size: SVG.TextSize.label, anchor: .middle, turned: true)
        return svg
    }

    private func drawVerticalAxis(_ svg: inout SVG) {
        for (tick, label) in zip(y.ticks, y.labels) {
            let place = placeY(tick)
            // Zero is worth seeing where there are values on both sides of it.
            let isZero = tick == 0 && y.range.lowerBound < 0
            svg.line(left, place, right, place, stroke: isZero ? Palette.axis : Palette.grid)
            svg.text(label, left - 8, place + 4, anchor: .end, fill: Palette.faintInk)
        }
    }

    private func drawHorizontalTicks(_ svg: inout SVG) {
        for (tick, label) in zip(x.ticks, x.labels) {
            let place = placeX(tick)
            svg.line(place, bottom, place, bottom + 5, stroke: Palette.axis)
            svg.text(label, place, bottom + 20, anchor: .middle, fill: Palette.faintInk)
        }
    }

    // MARK: - Legend

    private static let swatch = 34.0
    private static let gap = 22.0

    private static func width(of entry: LegendEntry) -> Double {
        swatch + SVG.width(of: entry.label) + gap
    }

    /// All entries in one row where there is room; else columns of equal width.
    private static func rows(_ entries: [LegendEntry]) -> (rows: [[LegendEntry]], column: Double?) {
        let room = Self.width - 48 + gap
        let widths = entries.map(width)
        if widths.reduce(0, +) <= room { return (entries.isEmpty ? [] : [entries], nil) }
        let column = widths.max() ?? room
        let columns = max(1, Int(room / column))
        let rows = stride(from: 0, to: entries.count, by: columns).map { start in
            Array(entries[start..<min(start + columns, entries.count)])
        }
        return (rows, column)
    }

    private func drawLegend(_ svg: inout SVG) {
        for (row, entries) in legend.enumerated() {
            var x = 24.0
            let y = 68 + Double(row) * Self.legendLine
            for entry in entries {
                if entry.hasLine {
                    svg.polyline(
                        [(x, y), (x + 26, y)], stroke: entry.style.colour, dashes: entry.style.dashes)
                }
                entry.style.draw(&svg, x + 13, y, size: 4)
                svg.text(entry.label, x + Self.swatch, y + 4)
                x += legendColumn ?? Self.width(of: entry)
            }
        }
    }
}
