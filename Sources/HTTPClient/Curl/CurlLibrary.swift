import CCurl

/// libcurl as a whole.
enum CurlLibrary {
    /// Whether libcurl could be started. Once, by the first who asks: Swift initialises a global exactly once.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}

/// The part of a URL that the client looks at before libcurl does.
struct CurlURL {
    let host: String

    /// - Throws: `HTTPClientError.invalidRequest` for anything but an absolute `http` or `https` URL without user.
    init(_ text: String) throws(HTTPClientError) {
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw .invalidRequest("the URL contains white space or control characters")
        }
        guard let handle = curl_url() else { throw .failed("out of memory") }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else {
            throw .invalidRequest("the URL is not a valid absolute http or https URL")
        }
        let scheme = Self.part(CURLUPART_SCHEME, handle)
        guard scheme == "http" || scheme == "https", let host = Self.part(CURLUPART_HOST, handle) else {
            throw .invalidRequest("the URL's scheme must be http or https")
        }
        guard Self.part(CURLUPART_USER, handle) == nil, Self.part(CURLUPART_PASSWORD, handle) == nil else {
            throw .invalidRequest("the URL must not contain a user or a password; use a header")
        }
        self.host = host
    }

    private static func part(_ part: CURLUPart, _ handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// Whether the host is this machine's loopback interface, which no proxy can reach.
    var isLoopback: Bool {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
