import HTTPClient

/// When and how often a call is tried again.
///
/// Tried again are calls that found nobody or lost the connection, and answers that ask for it: 429, 502, 503 and
/// 504, unless `x-should-retry: false` forbids it. `Retry-After` in seconds is obeyed; otherwise the wait doubles
/// from attempt to attempt.
public struct RetryPolicy: Sendable {
    /// How often a call is tried in all, at least once.
    public var attempts: Int
    /// The wait before the second attempt.
    public var firstWait: Duration
    /// The longest wait between two attempts.
    public var longestWait: Duration
    /// The longest `Retry-After` that is obeyed; a longer one ends the call with the service's error.
    public var longestRetryAfter: Duration

    /// A policy; the defaults try for about twenty seconds, in which a service restarts.
    public init(
        attempts: Int = 8, firstWait: Duration = .milliseconds(250), longestWait: Duration = .seconds(5),
        longestRetryAfter: Duration = .seconds(60)
    ) {
        self.attempts = max(1, attempts)
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.longestRetryAfter = longestRetryAfter
    }

    /// The wait after a failed attempt (the first is 1), or `nil` to give up.
    func wait(after attempt: Int, _ outcome: Result<HTTPClientResponse, HTTPClientError>, isSafe: Bool)
        -> Duration?
    {
        guard attempt < attempts else { return nil }
        switch outcome {
        case .failure(let error):
            return canRepeat(error, isSafe: isSafe) ? backOff(attempt) : nil
        case .success(let response):
            guard [429, 502, 503, 504].contains(response.status) else { return nil }
            // A gateway may have passed the request on before it failed; the other two say that nothing was done.
            guard isSafe || response.status == 429 || response.status == 503 else { return nil }
            if response.headers.first("x-should-retry")?.lowercased() == "false" { return nil }
            guard let text = response.headers.first("Retry-After"), let seconds = Int(text), seconds >= 0
            else { return backOff(attempt) }
            let asked = Duration.seconds(min(seconds, 1_000_000))
            return asked <= longestRetryAfter ? asked : nil
        }
    }

    private func canRepeat(_ error: HTTPClientError, isSafe: Bool) -> Bool {
        switch error {
        case .unreachable: true
        case .connectionLost, .timedOut: isSafe
        default: false
        }
    }

    /// Doubling, with up to a quarter more at random, so that many clients do not come back at the same moment.
    /// That randomness changes times, never results.
    private func backOff(_ attempt: Int) -> Duration {
        let doubled = firstWait * (1 << min(attempt - 1, 20))
        return min(doubled, longestWait) * Double.random(in: 1...1.25)
    }
}
