import Gym
import HTTPClient
import JSON

/// The service's REST API (v1), as any program outside sees it.
///
/// Each call returns a typed answer or throws a `GymAPIError`; what can be repeated safely is repeated as the
/// retry policy says. Answers may have members that this version does not know.
public struct GymAPI: Sendable {
    /// Sends one request; the seam at which tests take the network out.
    public typealias Transport =
        @Sendable (HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse

    /// The longest that the service holds a long poll, in seconds.
    public static let longestWait = 55
    /// The largest archive that `export` takes, in bytes.
    public static let largestExport = 1 << 30

    private let base: String
    private let token: String?
    private let retry: RetryPolicy
    private let transport: Transport

    /// A client of the service at an address.
    /// - Parameters:
    ///   - base: the service's address, such as `http://127.0.0.1:8080`; a path in front of `/v1` is kept.
    ///   - token: sent as a bearer token, if there is one.
    ///   - retry: when calls are tried again.
    ///   - transport: sends the requests.
    public init(
        base: String, token: String? = nil, retry: RetryPolicy = RetryPolicy(), transport: @escaping Transport
    ) {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        self.token = token
        self.retry = retry
        self.transport = transport
    }

    /// A client of the service at an address, over an HTTP client.
    public init(
        base: String, token: String? = nil, retry: RetryPolicy = RetryPolicy(), client: HTTPClient
    ) {
        self.init(base: base, token: token, retry: retry) { request throws(HTTPClientError) in
            try await client.send(request)
        }
    }
}

// MARK: - Calls

extension GymAPI {
    /// `GET /v1`: what the service is.
    public func index() async throws(GymAPIError) -> ServiceIndex {
        try await get("/v1", ServiceIndex.init)
    }

    /// `GET /v1/tasks`: all tasks.
    public func tasks() async throws(GymAPIError) -> [TaskDescription] {
        try await all { api, cursor throws(GymAPIError) in
            try await api.get("/v1/tasks" + query(["cursor": cursor])) { page(&$0, TaskDescription.init) }
        }
    }

    /// `GET /v1/tasks/{task}`.
    public func task(_ name: String) async throws(GymAPIError) -> TaskDescription {
        try await get("/v1/tasks/\(escaped(name))", TaskDescription.init)
    }

    /// `GET /v1/tasks/{task}/instances`: one page of the train split's instances.
    /// - Parameter limit: the most instances of the page, 1 to 1000.
    public func instances(
        of task: String, split: String = "train", limit: Int = 500, cursor: String? = nil
    ) async throws(GymAPIError) -> Page<InstanceDescription> {
        let query = query(["split": split, "limit": "\(limit)", "cursor": cursor])
        return try await get("/v1/tasks/\(escaped(task))/instances\(query)") {
            page(&$0, InstanceDescription.init)
        }
    }

    /// All pages of `instances`.
    public func allInstances(
        of task: String, split: String = "train"
    ) async throws(GymAPIError) -> [InstanceDescription] {
        try await all { api, cursor throws(GymAPIError) in
            try await api.instances(of: task, split: split, cursor: cursor)
        }
    }

    /// `POST /v1/sessions`. Not repeated once the service may have seen it.
    public func createSession(
        _ options: SessionOptions
    ) async throws(GymAPIError) -> SessionDescription {
        try await createSession(body: options.bytes)
    }

    /// `GET /v1/sessions/{id}`.
    public func session(_ id: String) async throws(GymAPIError) -> SessionDescription {
        try await get("/v1/sessions/\(escaped(id))", SessionDescription.init)
    }

    /// `GET /v1/sessions/{id}/observation`: waits for up to `wait` seconds while an iteration runs.
    public func observation(
        of session: String, wait: Int = 0
    ) async throws(GymAPIError) -> Observation {
        try await get("/v1/sessions/\(escaped(session))/observation", wait: wait, Observation.init)
    }

    /// `POST /v1/sessions/{id}/actions`: the number of the iteration that the action began.
    /// - Parameter key: an idempotency key: the same action with the same key begins one iteration, however often
    ///   it is sent.
    public func act(
        _ action: Action, in session: String, key: String
    ) async throws(GymAPIError) -> Int {
        try await act(body: action.bytes, in: session, key: key)
    }

    /// `GET /v1/sessions/{id}/feedback/{iteration}`: waits for up to `wait` seconds for the iteration's end.
    public func feedback(
        of session: String, iteration: Int, wait: Int = 0
    ) async throws(GymAPIError) -> Feedback {
        try await get("/v1/sessions/\(escaped(session))/feedback/\(iteration)", wait: wait, Feedback.init)
    }

    /// `GET /v1/sessions/{id}/feedback/{iteration}/results`: one page of the results by example.
    public func results(
        of session: String, iteration: Int, correct: Bool? = nil, limit: Int = 500, cursor: String? = nil
    ) async throws(GymAPIError) -> Page<Example> {
        let query = query(["correct": correct.map { "\($0)" }, "limit": "\(limit)", "cursor": cursor])
        return try await get("/v1/sessions/\(escaped(session))/feedback/\(iteration)/results\(query)") {
            page(&$0, Example.init)
        }
    }

    /// `GET /v1/sessions/{id}/report`: the learning curve.
    public func report(of session: String) async throws(GymAPIError) -> SessionReport {
        try await get("/v1/sessions/\(escaped(session))/report", SessionReport.init)
    }

    /// `POST /v1/sessions/{id}/fork`: a new session with an earlier iteration's student and state. Not repeated once
    /// the service may have seen it.
    /// - Parameters:
    ///   - session: the session that is forked; it stays as it is.
    ///   - iteration: the iteration after which the new session begins, 0 or more.
    ///   - limits: the new session's limits; what is `nil` is left to the service.
    ///   - name: a name for the owner; empty leaves it to the service.
    public func fork(
        _ session: String, iteration: Int, limits: SessionOptions.Limits = SessionOptions.Limits(),
        name: String = ""
    ) async throws(GymAPIError) -> SessionDescription {
        let body = ForkBody(iteration: iteration, limits: limits, name: name).bytes
        let request = request("POST", "/v1/sessions/\(escaped(session))/fork", body: body)
        return try await read(request, isSafe: false, SessionDescription.init)
    }

    /// `GET /v1/sessions/{id}/export`: the archive from which the session can be replayed and checked, as it came.
    /// - Throws: what all calls throw; `connection` for an archive of more than `largestExport` bytes.
    public func export(of session: String) async throws(GymAPIError) -> [UInt8] {
        var request = request("GET", "/v1/sessions/\(escaped(session))/export", accept: "*/*")
        request.timeout = Self.exportPatience
        request.maximumResponseBytes = Self.largestExport
        return try await send(request, isSafe: true).body
    }

    /// `DELETE /v1/sessions/{id}`: removes a session and all that belongs to it. One that is not there is no error: the answer to a
    /// first try may have been lost.
    public func delete(_ session: String) async throws(GymAPIError) {
        do throws(GymAPIError) {
            _ = try await send(request("DELETE", "/v1/sessions/\(escaped(session))"), isSafe: true)
        } catch .problem(let status, _, _, _) where status == 404 {
            return
        }
    }

    /// `POST /v1/skill-discoveries`: finds the skills of a task.
    /// - Parameters:
    ///   - task: the task's name.
    ///   - method: `clusters` or `shuffled`.
    ///   - seed: the only source of randomness.
    /// - Returns: the discovery's id, which sessions name as their skills.
    public func discoverSkills(
        of task: String, method: String, seed: Int = 0
    ) async throws(GymAPIError) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object("task", task)
            object("method", method)
            object("seed", seed)
        }
        // Safe to repeat: the same discovery has the same id.
        return try await read(
            request("POST", "/v1/skill-discoveries", body: writer.bytes), isSafe: true
        ) { $0.string("id") }
    }

    /// `POST /v1/skill-discoveries` with a body that is there already, such as an export's.
    /// - Returns: the discovery's id.
    public func supplySkills(_ body: [UInt8]) async throws(GymAPIError) -> String {
        try await read(request("POST", "/v1/skill-discoveries", body: body), isSafe: true) { $0.string("id") }
    }

    /// `POST /v1/sessions` with a body that is there already, such as an export's.
    public func createSession(body: [UInt8]) async throws(GymAPIError) -> SessionDescription {
        try await read(request("POST", "/v1/sessions", body: body), isSafe: false, SessionDescription.init)
    }

    /// `POST /v1/sessions/{id}/actions` with a body that is there already: the number of the iteration that it began.
    public func act(
        body: [UInt8], in session: String, key: String
    ) async throws(GymAPIError) -> Int {
        var request = request("POST", "/v1/sessions/\(escaped(session))/actions", body: body)
        request.headers.add("Idempotency-Key", key)
        return try await read(request, isSafe: true) { $0.integer("iteration", in: 0...Int.max) }
    }

    /// `POST /v1/sessions/{id}/cancel`: stops what runs and ends the session.
    public func cancel(_ session: String) async throws(GymAPIError) {
        _ = try await send(request("POST", "/v1/sessions/\(escaped(session))/cancel"), isSafe: true)
    }
}

// MARK: - Sending

extension GymAPI {
    /// A transport has to allow a long poll its time, and the answer some more.
    private static let patience: Duration = .seconds(60)
    /// An archive is large and is put together while it is sent.
    private static let exportPatience: Duration = .seconds(600)

    private func request(
        _ method: String, _ path: String, body: [UInt8]? = nil, accept: String = "application/json"
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(
            method: method, url: base + path, headers: ["Accept": accept], body: body,
            timeout: Self.patience)
        if body != nil { request.headers.add("Content-Type", "application/json") }
        if let token { request.headers.add("Authorization", "Bearer \(token)") }
        return request
    }

    private func get<Answer>(
        _ path: String, wait: Int = 0, _ body: (inout ObjectReader) -> Answer?
    ) async throws(GymAPIError) -> Answer {
        let seconds = min(max(wait, 0), Self.longestWait)
        var request = request("GET", seconds > 0 ? "\(path)?wait=\(seconds)" : path)
        request.timeout = Self.patience + .seconds(seconds)
        return try await read(request, isSafe: true, body)
    }

    private func read<Answer>(
        _ request: HTTPClientRequest, isSafe: Bool, _ body: (inout ObjectReader) -> Answer?
    ) async throws(GymAPIError) -> Answer {
        let response = try await send(request, isSafe: isSafe)
        let place = "\(request.method) \(request.url.dropFirst(base.count))"
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONValue(parsing: response.body)
        } catch {
            throw .unexpected("\(place): \(error)")
        }
        do throws(JSONIssues) {
            return try JSONReader.object(value) { object in
                object.allowUnknown()
                return body(&object)
            }
        } catch {
            throw .unexpected("\(place): \(error)")
        }
    }

    /// Sends a request, again if need be, until there is an answer with a status of success.
    /// - Parameter isSafe: whether carrying the request out twice does no harm.
    private func send(
        _ request: HTTPClientRequest, isSafe: Bool
    ) async throws(GymAPIError) -> HTTPClientResponse {
        var attempt = 0
        while true {
            attempt += 1
            let outcome = await attemptOnce(request)
            if case .success(let response) = outcome, (200..<300).contains(response.status) {
                return response
            }
            guard let wait = retry.wait(after: attempt, outcome, isSafe: isSafe) else {
                switch outcome {
                case .success(let response): throw GymAPIError(response)
                case .failure(let error): throw .connection(error)
                }
            }
            do {
                try await Task.sleep(for: wait)
            } catch {
                throw .connection(.cancelled)
            }
        }
    }

    private func attemptOnce(
        _ request: HTTPClientRequest
    ) async -> Result<HTTPClientResponse, HTTPClientError> {
        do throws(HTTPClientError) {
            return .success(try await transport(request))
        } catch {
            return .failure(error)
        }
    }

    private func all<Item>(
        _ load: (GymAPI, _ cursor: String?) async throws(GymAPIError) -> Page<Item>
    ) async throws(GymAPIError) -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let page = try await load(self, cursor)
            items += page.items
            // A list that goes on without bringing anything would never end.
            guard page.nextCursor == nil || !page.items.isEmpty else {
                throw .unexpected("an empty page with a next_cursor")
            }
            cursor = page.nextCursor
        } while cursor != nil
        return items
    }
}

// MARK: - URLs

/// Percent-encodes everything but the unreserved characters (RFC 3986, section 2.3).
private func escaped(_ text: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    var result = ""
    for byte in text.utf8 {
        if plain.contains(byte) {
            result.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return result
}

/// A query string with its question mark; members without value are left out.
private func query(_ items: KeyValuePairs<String, String?>) -> String {
    let pairs = items.compactMap { item in item.value.map { "\(item.key)=\(escaped($0))" } }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
}

private func page<Item>(_ object: inout ObjectReader, _ item: (inout ObjectReader) -> Item?) -> Page<Item>? {
    let items = object.list("items", item)
    let next = object.optionalString("next_cursor")
    return items.map { Page(items: $0, nextCursor: next) }
}
