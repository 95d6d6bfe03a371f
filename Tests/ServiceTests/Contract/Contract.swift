import JSON
import Service
import Testing

// For the integration tests: every response that they get goes through one of these.
//
//     Contract.check(operationId: "createSession", status: 201, contentType: "application/json", body: bytes)
extension Contract {
    /// The contract that the program carries and serves, read once.
    static let document = Result {
        try ContractDocument(yaml: String(decoding: Contract.bytes, as: UTF8.self))
    }

    /// Fails the test unless the contract allows a response of an operation.
    ///
    /// An operation, status or content type that the contract does not know is a failure. For responses to
    /// HEAD, which have no body, it is of no use.
    ///
    /// - Parameters:
    ///   - operationId: the operation that was asked for.
    ///   - status: the response's status.
    ///   - contentType: its `Content-Type`; `nil` when it had none.
    ///   - headers: all its field lines, to check the documented ones, too; `nil` leaves them unchecked.
    ///   - body: its content, any transfer coding removed.
    static func check(
        operationId: String, status: Int, contentType: String?,
        headers: [(name: String, value: String)]? = nil, body: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        report(at: sourceLocation) { document in
            let response = ReceivedResponse(
                status: status, contentType: contentType, headers: headers, body: body)
            return document.complaints(about: response, to: operationId)
        }
    }

    /// Fails the test unless the contract allows a request's body: for those that a test sends and the
    /// service takes.
    static func checkRequest(
        operationId: String, contentType: String? = "application/json", body: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        report(at: sourceLocation) { document in
            document.complaints(aboutRequest: body, contentType: contentType, to: operationId)
        }
    }

    /// Fails the test unless an answer that belongs to no operation (an unknown path, 405, 431, ...) is a
    /// problem document.
    static func checkProblem(
        status: Int, contentType: String?, body: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        report(at: sourceLocation) { document in
            let response = ReceivedResponse(
                status: status, contentType: contentType, headers: nil, body: body)
            return document.complaints(aboutProblem: response)
        }
    }

    private static func report(
        at sourceLocation: SourceLocation, _ complaints: (ContractDocument) -> [String]
    ) {
        switch document {
        case .success(let document):
            let found = complaints(document)
            guard !found.isEmpty else { return }
            Issue.record("\(found.prefix(20).joined(separator: "\n"))", sourceLocation: sourceLocation)
        case .failure(let error):
            Issue.record("the contract cannot be read: \(error)", sourceLocation: sourceLocation)
        }
    }
}
