/// Points of several series, with the means of equal bins drawn over them.
struct ScatterChart {
    /// The points of one series.
    struct Cloud {
        struct Point {
            let x: Double
            let y: Double
            /// What the point is.
            let name: String
        }

        let label: String
        let style: SeriesStyle
        let points: [Point]
    }

    let wording: PlotFrame.Wording
    let clouds: [Cloud]

    /// How many bins of equal width the axis is cut into.
    static let bins = 5

    /// The picture's text.
    func svg() -> String {
        let points = clouds.flatMap(\.points)
        let frame = PlotFrame(
            wording: wording, x: Axis(covering: points.map(\.x) + [0]),
            y: Axis(covering: points.map(\.y) + [0]),
            legend: clouds.map { PlotFrame.LegendEntry(label: $0.label, style: $0.style) })
        var svg = frame.picture()
        for cloud in clouds {
            for point in cloud.points {
                svg.circle(
                    frame.placeX(point.x), frame.placeY(point.y), radius: 4, fill: cloud.style.colour,
                    opacity: 0.4,
                    note:
                        "\(point.name), \(cloud.label): \(Decimal.text(point.x)) %, \(Decimal.text(point.y)) points"
                )
            }
        }
        for cloud in clouds {
            let means = Self.binnedMeans(cloud.points, over: frame.x.range)
            let places = means.map { (x: frame.placeX($0.x), y: frame.placeY($0.y)) }
            svg.polyline(places, stroke: cloud.style.colour, width: 2.5, dashes: cloud.style.dashes)
            for place in places { cloud.style.draw(&svg, place.x, place.y, size: 6) }
        }
        return svg.text
    }

    /// For each bin with points in it their mean place.
    static func binnedMeans(
        _ points: [Cloud.Point], over range: ClosedRange<Double>
    ) -> [(x: Double, y: Double)] {
        var members = [[Cloud.Point]](repeating: [], count: bins)
        for point in points {
            let share = (point.x - range.lowerBound) / (range.upperBound - range.lowerBound)
            guard share.isFinite else { continue }
            members[min(max(Int(share * Double(bins)), 0), bins - 1)].append(point)
        }
        return members.filter { !$0.isEmpty }.map { points in
            let count = Double(points.count)
            return (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
        }
    }
}
