/// What has to hold for a request before libcurl sees it. libcurl would pass a line feed in a header on as it is.
enum RequestCheck {
    static func check(_ request: HTTPClientRequest) throws(HTTPClientError) {
        guard isToken(request.method) else { throw .invalidRequest("the method is not a token") }
        guard request.timeout > .zero, request.connectTimeout > .zero else {
            throw .invalidRequest("timeouts must be longer than nothing")
        }
        guard request.maximumResponseBytes >= 0 else {
            throw .invalidRequest("the response limit is negative")
        }
        if request.method == "HEAD", request.body != nil {
            throw .invalidRequest("HEAD has no body")
        }
        for field in request.headers.fields {
            guard isToken(field.name) else { throw .invalidRequest("a header's name is not a token") }
            // The name is known to be harmless now; the value may be a secret and is never shown.
            guard field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
                throw .invalidRequest("the value of \(field.name) contains control characters")
            }
            let name = field.name.lowercased()
            guard !["host", "content-length", "transfer-encoding"].contains(name) else {
                throw .invalidRequest("\(field.name) is set by the client")
            }
        }
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { tokenBytes.contains($0) }
    }

    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
}
