/// Lines with a band of confidence around each, and one marked point.
struct LineChart {
    /// One line.
    struct Line {
        struct Point {
            let x: Double
            let y: Double
            /// Half the height of the band; `nil` where there is none.
            let halfWidth: Double?
        }

        let label: String
        let style: SeriesStyle
        let points: [Point]
        /// The index of the point to mark.
        let marked: Int?
    }

    let wording: PlotFrame.Wording
    let lines: [Line]

    /// The picture's text.
    func svg() -> String {
        let points = lines.flatMap(\.points)
        let heights = points.flatMap { [$0.y - ($0.halfWidth ?? 0), $0.y + ($0.halfWidth ?? 0)] }
        // A wide interval of few seeds may leave the range of a percentage; the axis does not follow it there.
        let frame = PlotFrame(
            wording: wording, x: Axis(covering: points.map(\.x), count: 11, wholeSteps: true),
            y: Axis(covering: heights.map { min(max($0, 0), 100) }),
            legend: lines.map { PlotFrame.LegendEntry(label: $0.label, style: $0.style) })
        var svg = frame.picture()
        // Where there are many lines, strong bands would hide them.
        for line in lines { band(line, opacity: lines.count > 5 ? 0.05 : 0.13, frame, &svg) }
        for line in lines {
            svg.polyline(
                line.points.map { (frame.placeX($0.x), frame.placeY($0.y)) }, stroke: line.style.colour,
                width: 2.25, dashes: line.style.dashes)
        }
        for line in lines { marks(line, frame, &svg) }
        return svg.text
    }

    private func band(_ line: Line, opacity: Double, _ frame: PlotFrame, _ svg: inout SVG) {
        let banded = line.points.filter { $0.halfWidth != nil }
        guard banded.count > 1 else { return }
        func edge(_ side: Double) -> [(x: Double, y: Double)] {
            banded.map { point in
                let height = point.y + side * (point.halfWidth ?? 0)
                let clamped = min(max(height, frame.y.range.lowerBound), frame.y.range.upperBound)
                return (frame.placeX(point.x), frame.placeY(clamped))
            }
        }
        svg.polygon(edge(1) + edge(-1).reversed(), fill: line.style.colour, opacity: opacity)
    }

    private func marks(_ line: Line, _ frame: PlotFrame, _ svg: inout SVG) {
        if line.points.count <= Self.mostMarks, lines.count <= Self.mostMarkedLines {
            for point in line.points {
                line.style.draw(&svg, frame.placeX(point.x), frame.placeY(point.y), size: 3)
            }
        }
        guard let marked = line.marked, line.points.indices.contains(marked) else { return }
        let (x, y) = (frame.placeX(line.points[marked].x), frame.placeY(line.points[marked].y))
        svg.circle(x, y, radius: 9, fill: line.style.colour, opacity: 0.2)
        line.style.draw(&svg, x, y, size: 6)
    }

    /// With more points or lines, marks on every point would hide the lines.
    private static let mostMarks = 31
    private static let mostMarkedLines = 7
}
