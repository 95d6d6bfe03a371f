import Gym
import HTTPServer
import JSON
import Store

/// What the API answers when it cannot do what was asked. Each case is one problem type (RFC 9457), whose URI stays the same.
enum APIError: Error {
    /// The body is not JSON.
    case malformed(JSONParseError)
    /// The body is JSON but not what the route takes.
    case invalid(JSONIssues)
    /// A query parameter or a header field cannot be understood.
    case badParameter(name: String, detail: String)
    /// The body's media type is missing or another.
    case mediaType(String?)
    /// There is no such thing, or it is somebody else's.
    case notFound(String)
    /// An iteration is in flight.
    case sessionBusy(iteration: Int)
    /// The session takes no more actions.
    case sessionFinished(SessionState.Status)
    /// The session's limit of teacher tokens is reached.
    case tokensSpent(Int)
    /// The idempotency key came with another body before.
    case keyReused(iteration: Int)
    /// Too many of these are at work already.
    case overloaded(String)

    func response(to request: HTTPRequest) -> HTTPResponse {
        switch self {
        case .malformed(let error):
            let issue = JSONIssue(pointer: error.pointer, detail: "\(error.reason)")
            return problem(
                request, .badRequest, "malformed-json", "the body is not valid JSON", "\(error)", [issue])
        case .invalid(let issues):
            return problem(
                request, .unprocessableContent, "invalid-request", "the request is not valid",
                "\(issues.items.count == 1 ? "one thing is" : "\(issues.items.count) things are") wrong; see errors",
                issues.items)
        case .badParameter(let name, let detail):
            return problem(
                request, .badRequest, "bad-parameter", "a parameter cannot be understood", "\(name) \(detail)"
            )
        case .mediaType(let found):
            return problem(
                request, .unsupportedMediaType, "unsupported-media-type",
                "the body's media type is not supported",
                "send Content-Type: application/json\(found.map { ", not \($0)" } ?? "; there was none")")
        case .notFound(let what):
            return problem(
                request, .notFound, "not-found", "there is no such thing", "\(what) does not exist")
        case .sessionBusy(let iteration):
            var response = problem(
                request, .conflict, "session-busy", "an iteration is in flight",
                "iteration \(iteration) is not done; wait for its feedback")
            response.headers.add("Retry-After", "1")
            response.headers.add("x-should-retry", "false")
            return response
        case .sessionFinished(let status):
            var response = problem(
                request, .conflict, "session-finished", "the session is over",
                "the session is \(status.rawValue) and takes no more actions")
            response.headers.add("x-should-retry", "false")
            return response
        case .tokensSpent(let tokens):
            var response = problem(
                request, .conflict, "teacher-tokens-spent", "the teacher's tokens are spent",
                "the session has used \(tokens) tokens of the teacher's model, its limit; send data of your own"
            )
            response.headers.add("x-should-retry", "false")
            return response
        case .keyReused(let iteration):
            return problem(
                request, .unprocessableContent, "idempotency-key-reused",
                "the key was used for another action",
                "iteration \(iteration) came with this Idempotency-Key and another body; use a new key")
        case .overloaded(let detail):
            var response = problem(request, .serviceUnavailable, "overloaded", "too much at once", detail)
            response.headers.add("Retry-After", "1")
            return response
        }
    }

    private func problem(
        _ request: HTTPRequest, _ status: HTTPStatus, _ type: String, _ title: String, _ detail: String,
        _ issues: [JSONIssue] = []
    ) -> HTTPResponse {
        var extensions: [(name: String, json: [UInt8])] = []
        if !issues.isEmpty {
            var writer = JSONWriter()
            writer.array(issues) { writer, issue in
                writer.object { object in
                    object("pointer", issue.pointer)
                    object("detail", issue.detail)
                }
            }
            extensions.append(("errors", writer.bytes))
        }
        return request.problem(
            status, type: "/problems/\(type)", title: title, detail: detail, extensions: extensions)
    }
}

extension APIError {
    /// What other layers throw, as the API's errors; `nil` for what is no client's fault.
    init?(_ error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as JSONIssues: self = .invalid(error)
        case let error as JSONParseError where error.isDuplicateKey:
            // Well-formed, so no 400: two actions for one skill are a mistake in what is asked for.
            self = .invalid(JSONIssues(pointer: error.pointer, detail: "comes twice; a member can come once"))
        case let error as JSONParseError: self = .malformed(error)
        case let error as SkillMoveError: self = .invalid(error.issues)
        case let error as Store.ForkError: self.init(fork: error)
        case StoreError.notFound(let what): self = .notFound(what)
        case let error as TransitionError: self.init(transition: error)
        default: return nil
        }
    }

    private init?(transition: TransitionError) {
        switch transition {
        case .busy(let iteration): self = .sessionBusy(iteration: iteration)
        case .over(let status): self = .sessionFinished(status)
        case .empty: self = .invalid(JSONIssues(pointer: "", detail: "the action brings no data"))
        case .overLimit(let requested, let remaining):
            let detail = "\(requested) data are more than the \(remaining) that the session's limit leaves"
            self = .invalid(JSONIssues(pointer: "", detail: detail))
        case .tokensSpent(let tokens): self = .tokensSpent(tokens)
        case .impossible: return nil
        }
    }

    private init(fork: Store.ForkError) {
        switch fork {
        case .notSucceeded(let phase):
            let detail =
                "the iteration is \(phase.rawValue); only a succeeded one has a student to go on from"
            self = .invalid(JSONIssues(pointer: "/iteration", detail: detail))
        case .nothingLeft:
            let detail = "leave nothing to do after this iteration; set higher ones"
            self = .invalid(JSONIssues(pointer: "/limits", detail: detail))
        case .endedEarly:
            let detail =
                "this iteration trained or was tested only because it was the session's last, so going on from it "
                + "would not be what happened there; take an earlier one"
            self = .invalid(JSONIssues(pointer: "/iteration", detail: detail))
        }
    }
}
