/// Rows of shaded cells, in groups with a heading each.
struct HeatMap {
    /// One row.
    struct Row {
        let label: String
        /// A value for each column; `nil` leaves the cell empty.
        let values: [Int?]
    }

    /// Rows under a heading.
    struct Group {
        let label: String
        let rows: [Row]
    }

    let wording: PlotFrame.Wording
    let columns: [String]
    let groups: [Group]
    /// What the shades mean.
    let unit: String

    private static let left = 272.0
    private static let right = 76.0
    private static let rowHeight = 20.0
    private static let headingHeight = 26.0
    private static let top = 92.0

    private var largest: Int { max(1, groups.flatMap(\.rows).flatMap(\.values).compactMap { $0 }.max() ?? 1) }
    private var cellWidth: Double {
        min(64, (PlotFrame.width - Self.left - Self.right) / Double(max(1, columns.count)))
    }

    /// The picture's text.
    func svg() -> String {
        let rows = groups.reduce(0) { $0 + $1.rows.count }
        let height =
            Self.top + Double(groups.count) * Self.headingHeight + Double(rows) * Self.rowHeight + 62
        var svg = SVG(
            width: PlotFrame.width, height: height, title: wording.title, description: wording.description)
        svg.text(
            SVG.fitted(wording.title, width: PlotFrame.width - 48, size: SVG.TextSize.title), 24, 30,
            size: SVG.TextSize.title, bold: true)
        svg.text(SVG.fitted(wording.subtitle, width: PlotFrame.width - 48), 24, 49, fill: Palette.faintInk)
        drawScale(&svg)
        let rightEdge = Self.left + cellWidth * Double(columns.count)
        svg.text("in all", rightEdge + 10, Self.top + 18, fill: Palette.faintInk)
        let bottom = drawGroups(&svg, rightEdge: rightEdge)
        drawColumns(&svg, bottom: bottom, rightEdge: rightEdge)
        return svg.text
    }

    private func drawScale(_ svg: inout SVG) {
        let (x, y, step) = (Self.left, 66.0, 6.0)
        svg.text(unit, 24, y + 11, fill: Palette.faintInk)
        svg.text("0", x - 8, y + 11, anchor: .end, fill: Palette.faintInk)
        for part in 0..<30 {
            svg.rectangle(
                x + Double(part) * step, y, step + 0.5, 14, fill: Palette.shade(Double(part) / 29))
        }
        svg.text("\(largest)", x + 30 * step + 8, y + 11, fill: Palette.faintInk)
        svg.rectangle(x + 300, y, 14, 14, fill: Palette.paper, stroke: Palette.grid)
        svg.text("not in the tree yet", x + 322, y + 11, fill: Palette.faintInk)
    }

    private func drawGroups(_ svg: inout SVG, rightEdge: Double) -> Double {
        let largest = largest
        var y = Self.top
        for group in groups {
            svg.text(SVG.fitted(group.label, width: Self.left - 34), 24, y + 18, bold: true)
            y += Self.headingHeight
            for row in group.rows {
                svg.text(SVG.fitted(row.label, width: Self.left - 50), 36, y + 14)
                for (column, value) in row.values.enumerated() {
                    drawCell(value, row, column, y: y, largest, &svg)
                }
                if let last = row.values.last, let last {
                    svg.text("\(last)", rightEdge + 10, y + 14, fill: Palette.faintInk)
                }
                y += Self.rowHeight
            }
        }
        return y
    }

    private func drawCell(
        _ value: Int?, _ row: Row, _ column: Int, y: Double, _ largest: Int, _ svg: inout SVG
    ) {
        let gap = cellWidth > 6 ? 1.5 : 0
        let x = Self.left + Double(column) * cellWidth
        let fill = value.map { Palette.shade(Double($0) / Double(largest)) }
        svg.rectangle(
            x, y + 1, cellWidth - gap, Self.rowHeight - 2, fill: fill ?? Palette.paper,
            stroke: fill == nil ? Palette.grid : nil,
            note: value.map { "\(row.label), \(wording.x.lowercased()) \(columns[column]): \($0)" })
    }

    private func drawColumns(_ svg: inout SVG, bottom: Double, rightEdge: Double) {
        // Labels that would run into each other are left out.
        let widest = columns.map { SVG.width(of: $0) }.max() ?? 0
        let every = max(1, Int(((widest + 8) / cellWidth).rounded(.up)))
        for (index, label) in columns.enumerated() where index % every == 0 {
            svg.text(
                label, Self.left + (Double(index) + 0.5) * cellWidth, bottom + 18, anchor: .middle,
                fill: Palette.faintInk)
        }
        svg.text(
            wording.x, (Self.left + rightEdge) / 2, bottom + 40, size: SVG.TextSize.label, anchor: .middle)
    }
}
