import Gym
import JSON

/// The body of `POST /v1/sessions/{id}/fork`.
struct ForkRequest {
    let iteration: Int
    let configuration: SessionConfiguration

    /// - Parameters:
    ///   - body: the request's body.
    ///   - original: what the session was created with; a fork may have other limits, another name and other labels.
    /// - Throws: `JSONIssues` that point at everything that is wrong.
    init(_ body: JSONValue, original: SessionConfiguration) throws(JSONIssues) {
        (iteration, configuration) = try JSONReader.object(body) { object in
            let iteration = object.integer("iteration", in: 0...SessionLimits.maximumIterations * 10)
            let limits = object.optionalObject("limits") { limits -> SessionLimits? in
                SessionRequest.readLimits(&limits, defaults: original.limits)
            }
            let name = object.string("name", length: 0...200, default: original.name)
            let labels = object.optional("labels", SessionRequest.readLabels)
            return iteration.map { number in
                (
                    number,
                    original.forked(
                        limits: limits ?? original.limits, name: name, labels: labels ?? original.labels)
                )
            }
        }
    }
}
