import Gym

/// Runs an agent on a session until the session's limits are reached.
///
/// Cancelling the task stops the run and leaves the session as it is on the service; `run(_:on:)` can take it up again.
public struct AgentRunner: Sendable {
    /// Tells what happens. Called in order, from one task at a time; must not block.
    public typealias Observer = @Sendable (AgentEvent) -> Void

    private let api: GymAPI
    private let dataPerIteration: Int?
    private let pollSeconds: Int
    private let pause: Duration
    private let observer: Observer

    /// So many failed iterations in a row end the run: the cause will not go away by itself.
    private static let mostFailures = 3
    /// The most data that the service takes in one action.
    private static let mostData = 10_000

    /// A runner.
    /// - Parameters:
    ///   - api: the service.
    ///   - dataPerIteration: the budget of each iteration; `nil` spreads what is left evenly over the iterations left.
    ///   - pollSeconds: how long one look at a running iteration waits, 1 to 55; progress comes that often.
    ///   - observer: told what happens.
    public init(
        api: GymAPI, dataPerIteration: Int? = nil, pollSeconds: Int = 1,
        observer: @escaping Observer = { _ in }
    ) {
        self.init(
            api: api, dataPerIteration: dataPerIteration, pollSeconds: pollSeconds,
            pause: .milliseconds(250), observer: observer)
    }

    /// As above; `pause` is the wait after a poll that was answered at once without news.
    package init(
        api: GymAPI, dataPerIteration: Int?, pollSeconds: Int, pause: Duration,
        observer: @escaping Observer
    ) {
        self.pause = pause
        self.api = api
        self.dataPerIteration = dataPerIteration
        self.pollSeconds = min(max(pollSeconds, 1), GymAPI.longestWait)
        self.observer = observer
    }

    /// Creates a session and runs the agent on it.
    /// - Returns: the session's report.
    public func run(
        _ agent: any Agent, creating options: SessionOptions
    ) async throws(AgentRunError) -> SessionReport {
        let session = try await call { api throws(GymAPIError) in try await api.createSession(options) }
        return try await run(agent, on: session)
    }

    /// Runs the agent on a session that is there already, to its end.
    /// - Returns: the session's report.
    public func run(
        _ agent: any Agent, on session: SessionDescription
    ) async throws(AgentRunError) -> SessionReport {
        observer(.started(session))
        // What may be under way: iteration 0 of a new session, any iteration of one that is taken up.
        let first = try await waitForEnd(of: session.iteration, in: session.id)
        if first.status == "failed", first.iteration == 0 {
            throw .iterationFailed(iteration: 0, detail: first.failure?.detail ?? "")
        }
        try await act(agent, in: session.id)
        let report = try await call { api throws(GymAPIError) in try await api.report(of: session.id) }
        observer(.finished(report))
        return report
    }

    /// Acts and waits until the session is over.
    private func act(_ agent: any Agent, in id: String) async throws(AgentRunError) {
        var agent = agent
        var failures = 0
        while true {
            let session = try await call { api throws(GymAPIError) in try await api.session(id) }
            if session.status == "cancelled" { throw .cancelled(session: id) }
            guard !session.isOver, let budget = budget(session) else { return }
            let observation = try await observation(of: id)
            let action = agent.act(observation: observation, budget: budget)
            // Tells one action from the next, whether or not a failed iteration uses up its number.
            let key = "\(agent.name)-\(session.seed)-\(session.iteration + 1)-\(failures)"
            let iteration = try await call { api throws(GymAPIError) in
                try await api.act(action, in: id, key: key)
            }
            let feedback = try await waitForEnd(of: iteration, in: id)
            failures = feedback.status == "failed" ? failures + 1 : 0
            if failures >= Self.mostFailures {
                throw .iterationFailed(iteration: iteration, detail: feedback.failure?.detail ?? "")
            }
        }
    }

    /// How many data the next iteration may bring; `nil` when a limit is reached.
    private func budget(_ session: SessionDescription) -> Int? {
        let iterations = session.limits.iterations - session.spent.iterations
        let data = session.limits.trainingData - session.spent.trainingData
        guard iterations > 0, data > 0 else { return nil }
        let share = (data + iterations - 1) / iterations
        return min(data, max(1, dataPerIteration ?? share), Self.mostData)
    }

    private func observation(of id: String) async throws(AgentRunError) -> Observation {
        while true {
            let observation = try await call { api throws(GymAPIError) in
                try await api.observation(of: id, wait: 30)
            }
            if observation.status != "busy" { return observation }
            try await rest()
        }
    }

    /// Follows an iteration to its end.
    private func waitForEnd(of iteration: Int, in id: String) async throws(AgentRunError) -> Feedback {
        while true {
            let start = ContinuousClock.now
            let feedback = try await call { api throws(GymAPIError) in
                try await api.feedback(of: id, iteration: iteration, wait: pollSeconds)
            }
            if feedback.isOver {
                observer(.feedback(feedback))
                return feedback
            }
            if let progress = feedback.progress { observer(.progress(iteration: iteration, progress)) }
            // A service that is about to stop answers polls at once; asking again at once would not help it.
            if ContinuousClock.now - start < .milliseconds(200) { try await rest() }
        }
    }

    private func rest() async throws(AgentRunError) {
        do {
            try await Task.sleep(for: pause)
        } catch {
            throw .api(.connection(.cancelled))
        }
    }

    private func call<Answer>(
        _ body: (GymAPI) async throws(GymAPIError) -> Answer
    ) async throws(AgentRunError) -> Answer {
        do throws(GymAPIError) {
            return try await body(api)
        } catch {
            throw .api(error)
        }
    }
}
