import Gym
import JSON

/// The body of `POST /v1/sessions/{id}/quality-checks`.
struct QualityCheckRequest {
    let data: [TrainingDatum]

    /// The most data in one request.
    static let maximumCount = 256

    /// - Throws: `JSONIssues` that point at everything that is wrong.
    init(_ body: JSONValue, scope: ActionScope) throws(JSONIssues) {
        data = try JSONReader.object(body) { object in
            object.array("data", count: 1...Self.maximumCount) { element in
                element.object { ActionRequest.readDatum(&$0, scope: scope) }
            }
        }
    }
}
