import CCurl
import Glibc

/// One exchange: an easy handle with what it needs and what it collects. Lives on the loop's thread alone.
final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    let continuation: CheckedContinuation<CurlLoop.Outcome, Never>
    let timeout: Duration
    let deadline: ContinuousClock.Instant

    private let limit: Int
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var headers = HTTPClientHeaders()
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// The most bytes of header fields, of all responses of an exchange together.
    private static let headerLimit = 256 << 10

    /// Sets up the exchange without starting it.
    /// - Throws: `HTTPClientError.invalidRequest` when the request cannot be sent as it is.
    init(
        _ submission: CurlLoop.Submission, configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        let request = submission.request
        try RequestCheck.check(request)
        let url = try CurlURL(request.url)
        guard let handle = curl_easy_init() else { throw .failed("out of memory") }
        self.handle = handle
        continuation = submission.continuation
        timeout = request.timeout
        deadline = ContinuousClock.now.advanced(by: request.timeout)
        limit = request.maximumResponseBytes
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        // From here on the object is whole, so that an error frees what was made.
        try setTarget(request, url)
        try setHeaders(request)
        try setPolicy(request, configuration)
        try setCallbacks(id: submission.id)
    }

    deinit {
        // The loop removes the handle from the multi handle before it drops the transfer.
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        // A day is more than any exchange may take, and far from overflow. Rounded up: 0 would mean for ever.
        let bounded = min(max(seconds, 0), 86_400)
        return Int(bounded) * 1000 + Int((max(attoseconds, 0) + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

// MARK: - Options

extension CurlTransfer {
    private func check(_ code: CURLcode) throws(HTTPClientError) {
        guard code == CURLE_OK else { throw .failed(String(cString: curl_easy_strerror(code))) }
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(ccurl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
        try check(ccurl_set_string(handle, option, value))
    }

    private func setTarget(_ request: HTTPClientRequest, _ url: CurlURL) throws(HTTPClientError) {
        try set(CURLOPT_URL, request.url)
        if url.isLoopback { try set(CURLOPT_PROXY, "") }
        if let body = request.body {
            try check(ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // libcurl copies the bytes, and takes an empty body for none unless a pointer is given.
            let code = body.withUnsafeBytes { bytes in
                var nothing: UInt8 = 0
                guard let start = bytes.baseAddress else {
                    return ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, &nothing)
                }
                return ccurl_set_pointer(
                    handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: start))
            }
            try check(code)
            if request.method != "POST" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, 1)
        } else if request.method != "GET" {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(_ request: HTTPClientRequest) throws(HTTPClientError) {
        // libcurl would add these on its own: a form's type, and a wait for `100 Continue`.
        let hasType = request.headers.first("Content-Type") != nil
        if request.body != nil, !hasType { try addHeader("Content-Type:") }
        if request.headers.first("Expect") == nil { try addHeader("Expect:") }
        for field in request.headers.fields {
            // The form with a semicolon sends an empty value; with a colon it would take the field out.
            let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            try addHeader(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        try check(ccurl_set_list(handle, CURLOPT_HTTPHEADER, headerList))
    }

    private func addHeader(_ line: String) throws(HTTPClientError) {
        guard let longer = curl_slist_append(headerList, line) else { throw .failed("out of memory") }
        headerList = longer
    }

    private func setPolicy(
        _ request: HTTPClientRequest, _ configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = configuration.authorityFile { try set(CURLOPT_CAINFO, file) }
        if request.headers.first("User-Agent") == nil { try set(CURLOPT_USERAGENT, configuration.userAgent) }
        // Every coding that libcurl can undo; the limit counts what comes out.
        try set(CURLOPT_ACCEPT_ENCODING, "")
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout))
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectTimeout))
        try check(ccurl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limit)))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        // No signals in a program with threads, and no waiting for a slow resolver when a transfer is abandoned:
        // its thread ends by itself.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_QUICK_EXIT, 1)
    }

    private func setCallbacks(id: UInt64) throws(HTTPClientError) {
        // The transfer outlives its handle, which is cleaned up in `deinit`; so an unretained pointer will do.
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try check(ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try check(
            ccurl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                CurlTransfer.receive(bytes, size * count, context) { $0.receiveBody($1) }
            })
        try check(
            ccurl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                CurlTransfer.receive(bytes, size * count, context) { $0.receiveHeader($1) }
            })
        try check(ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        // An identifier in a pointer's clothes; never followed.
        try check(ccurl_set_pointer(handle, CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: UInt(id))))
    }

    /// The identifier that was given to a handle.
    static func id(of handle: UnsafeMutableRawPointer) -> UInt64? {
        var value: UnsafeMutableRawPointer?
        guard ccurl_get_pointer(handle, CURLINFO_PRIVATE, &value) == CURLE_OK, let value else { return nil }
        return UInt64(UInt(bitPattern: value))
    }
}

// MARK: - Receiving

extension CurlTransfer {
    /// Unpacks a callback's arguments. Returns how many bytes were taken: fewer than came make libcurl give up.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (CurlTransfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context, let bytes else { return 0 }
        // libcurl calls back on the loop's thread, while the loop holds the transfer.
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= limit - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.headerLimit else { return false }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A further status line: what came before was an interim response.
            headers = HTTPClientHeaders()
        } else if let colon = line.firstIndex(of: ":") {
            headers.add(String(line[..<colon]), trimmed(line[line.index(after: colon)...]))
        }
        return true
    }

    private func trimmed(_ text: Substring) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        let bytes = text.utf8.drop(while: isBlank)
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(Substring(bytes[...last]))
    }

    /// What the exchange came to, once libcurl is done with it.
    func outcome(_ code: CURLcode) -> CurlLoop.Outcome {
        if isTooLarge || code == CURLE_FILESIZE_EXCEEDED {
            return .failure(.responseTooLarge(limit: limit))
        }
        guard code == CURLE_OK else { return .failure(error(code)) }
        var status = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return .success(HTTPClientResponse(status: status, headers: headers, body: body))
    }

    private func error(_ code: CURLcode) -> HTTPClientError {
        let detail = String(cString: errorText)
        let text = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            return .unreachable(text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .secureConnectionFailed(text)
        case CURLE_OPERATION_TIMEDOUT:
            return .timedOut(text)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WRITE_ERROR,
            CURLE_BAD_CONTENT_ENCODING:
            return .connectionLost(text)
        default:
            return .failed(text)
        }
    }
}
