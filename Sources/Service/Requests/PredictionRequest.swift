import JSON

/// The body of `POST /v1/sessions/{id}/predictions`.
struct PredictionRequest {
    let instructions: [String]

    /// The most instructions in one request.
    static let maximumCount = 256
    /// The most characters in one instruction.
    static let maximumText = 8_192

    /// - Throws: `JSONIssues` that point at everything that is wrong.
    init(_ body: JSONValue) throws(JSONIssues) {
        instructions = try JSONReader.object(body) { object in
            object.array("instructions", count: 1...Self.maximumCount) {
                $0.string(length: 1...Self.maximumText)
            }
        }
    }
}
