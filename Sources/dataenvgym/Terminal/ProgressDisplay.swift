import Agents
import Synchronization

/// Shows on standard error how several runs go: a line with a bar for each on a terminal, and a line per iteration elsewhere.
final class ProgressDisplay: Sendable {
    private struct Line {
        let name: String
        var iteration = 0
        var text = "starts"
        var fraction = 0.0
    }
    private struct State {
        var lines: [Line]
        var isDrawn = false
        var start = ContinuousClock.now
    }

    private let state: Mutex<State>
    private let iterations: Int
    private let isTerminal: Bool
    private let isSilent: Bool

    /// A display.
    ///
    /// - Parameters:
    ///   - names: the runs, in the order of their lines.
    ///   - iterations: how many each has.
    ///   - isSilent: shows nothing: for machines that read the output.
    init(names: [String], iterations: Int, isSilent: Bool = false) {
        state = Mutex(State(lines: names.map { Line(name: $0) }))
        self.iterations = iterations
        self.isSilent = isSilent
        isTerminal = StandardError.isTerminal
    }

    /// Takes up what happens in a run.
    func show(_ event: AgentEvent, of run: Int) {
        guard !isSilent else { return }
        let plain = state.withLock { state -> String? in
            let line = Self.update(&state.lines[run], with: event)
            if isTerminal { redraw(&state) }
            return line.map { "\(Self.clock(since: state.start))  \($0)\n" }
        }
        if let plain, !isTerminal { StandardError.write(plain) }
    }

    /// Ends the live lines, so that what is printed next stands below them.
    func finish() {
        guard isTerminal, !isSilent else { return }
        state.withLock { state in
            if state.isDrawn { StandardError.write("\u{1B}[\(state.lines.count)A\u{1B}[J") }
            state.isDrawn = false
        }
    }

    /// - Returns: what there is to say where nothing can be redrawn.
    private static func update(_ line: inout Line, with event: AgentEvent) -> String? {
        switch event {
        case .started, .finished: return nil
        case .progress(let iteration, let progress):
            line.iteration = iteration
            line.fraction = progress.fraction
            line.text = progress.detail.isEmpty ? progress.phase : "\(progress.phase): \(progress.detail)"
            return nil
        case .feedback(let feedback):
            line.iteration = feedback.iteration
            line.fraction = 1
            if let failure = feedback.failure {
                line.text = "failed: \(failure.detail)"
            } else {
                line.text = "validation \(Percent.text(feedback.performance))"
            }
            return "\(line.name)  iteration \(feedback.iteration)  \(line.text)"
        }
    }

    private func redraw(_ state: inout State) {
        var text = state.isDrawn ? "\u{1B}[\(state.lines.count)A" : ""
        let width = state.lines.map(\.name.count).max() ?? 0
        for line in state.lines {
            let whole = Double(iterations + 1)
            let done = (Double(line.iteration) + line.fraction) / whole
            let filled = min(20, Int(done * 20))
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
            let name = line.name + String(repeating: " ", count: width - line.name.count)
            text += "\r\u{1B}[K\(name)  [\(bar)]  \(line.iteration)/\(iterations)  "
            text += "\(Self.clock(since: state.start))  \(line.text.prefix(60))\n"
        }
        state.isDrawn = true
        StandardError.write(text)
    }

    private static func clock(since start: ContinuousClock.Instant) -> String {
        let seconds = (ContinuousClock.now - start).components.seconds
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}
