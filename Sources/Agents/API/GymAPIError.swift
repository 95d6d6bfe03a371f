import HTTPClient
import JSON

/// Why a call of the service's API gave no result.
public enum GymAPIError: Error, Sendable, CustomStringConvertible {
    /// The service answered with an error: the members of its problem document (RFC 9457), or what the status says
    /// when the body is none. `errors` names what is wrong in the request's body, by JSON Pointer.
    case problem(status: Int, title: String, detail: String, errors: [JSONIssue])
    /// There was no answer, after all attempts.
    case connection(HTTPClientError)
    /// The answer is not what this version of the API gives.
    case unexpected(String)

    /// What happened, in one line.
    public var description: String {
        switch self {
        case .problem(let status, let title, let detail, let errors):
            let parts = errors.map { "\($0.pointer) \($0.detail)" }
            let text = ([detail] + parts).filter { !$0.isEmpty }.joined(separator: "; ")
            return text.isEmpty ? "\(status) \(title)" : "\(status) \(title): \(text)"
        case .connection(let error): return "\(error)"
        case .unexpected(let why): return "the service's answer was not understood: \(why)"
        }
    }

    /// Whether the calling task was cancelled.
    public var isCancellation: Bool {
        if case .connection(.cancelled) = self { true } else { false }
    }
}

extension GymAPIError {
    /// The error that a response with an error status stands for.
    init(_ response: HTTPClientResponse) {
        let body = try? JSONValue(parsing: response.body)
        let errors = (body?["errors"]?.arrayValue ?? []).prefix(JSONIssues.maximumCount).map { error in
            JSONIssue(
                pointer: error["pointer"]?.stringValue ?? "", detail: error["detail"]?.stringValue ?? "")
        }
        self = .problem(
            status: response.status,
            title: body?["title"]?.stringValue ?? "the service answered with an error",
            detail: body?["detail"]?.stringValue ?? "", errors: Array(errors))
    }
}
