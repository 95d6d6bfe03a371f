/// Groups of bars, each with its interval.
struct BarChart {
    /// One bar.
    struct Bar {
        let height: Double
        /// Half the length of the interval; `nil` where there is none.
        let halfWidth: Double?
    }

    /// What the bars of a colour have in common.
    struct Kind {
        let label: String
        let style: SeriesStyle
    }

    /// Bars side by side; `nil` where there is no result.
    struct Group {
        let label: String
        /// As many as there are kinds.
        let bars: [Bar?]
    }

    let wording: PlotFrame.Wording
    let kinds: [Kind]
    let groups: [Group]

    /// The picture's text.
    func svg() -> String {
        let bars = groups.flatMap(\.bars).compactMap { $0 }
        let heights = bars.flatMap { [$0.height - ($0.halfWidth ?? 0), $0.height + ($0.halfWidth ?? 0)] }
        let frame = PlotFrame(
            wording: wording, x: Axis(covering: [0, 1]), y: Axis(covering: heights + [0]),
            legend: kinds.map { PlotFrame.LegendEntry(label: $0.label, style: $0.style, hasLine: false) })
        var svg = frame.picture(xTicks: false)
        let room = (frame.right - frame.left) / Double(max(1, groups.count))
        let barWidth = min(56, room * 0.8 / Double(max(1, kinds.count)))
        for (place, group) in groups.enumerated() {
            let middle = frame.left + (Double(place) + 0.5) * room
            let start = middle - barWidth * Double(kinds.count) / 2
            for (kind, bar) in zip(kinds, group.bars).enumerated().map({ ($0, $1) }) {
                guard let bar = bar.1 else { continue }
                draw(
                    bar, kinds[kind].style, at: start + Double(kind) * barWidth, width: barWidth, frame, &svg)
            }
            svg.text(
                SVG.fitted(group.label, width: room), middle, frame.bottom + 20, anchor: .middle)
        }
        return svg.text
    }

    private func draw(
        _ bar: Bar, _ style: SeriesStyle, at x: Double, width: Double, _ frame: PlotFrame, _ svg: inout SVG
    ) {
        let (zero, end) = (frame.placeY(0), frame.placeY(bar.height))
        svg.rectangle(
            x + 2, min(zero, end), width - 4, abs(end - zero), fill: style.colour, opacity: 0.85,
            note: "\(Decimal.text(bar.height)) points")
        guard let half = bar.halfWidth else { return }
        let middle = x + width / 2
        let (low, high) = (frame.placeY(bar.height - half), frame.placeY(bar.height + half))
        svg.line(middle, low, middle, high, stroke: Palette.ink, width: 1.5)
        for y in [low, high] { svg.line(middle - 5, y, middle + 5, y, stroke: Palette.ink, width: 1.5) }
    }
}
