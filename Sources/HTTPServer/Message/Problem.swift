/// Problem details (RFC 9457), written as `application/problem+json` by ``HTTPResponse/problem(_:)``.
public struct Problem: Sendable {
    /// A URI reference that names the kind of problem, such as `/problems/session-busy`.
    public var type: String
    /// What kind of problem it is, in a few words that don't change from case to case.
    public var title: String
    /// The status sent; also the member `status`.
    public var status: HTTPStatus
    /// What went wrong this time; nil leaves the member out.
    public var detail: String?
    /// What it happened to, usually the path; nil leaves the member out.
    public var instance: String?
    /// The request's id, as in X-Request-Id; nil leaves the member out.
    public var requestID: String?
    /// Further members: name and encoded JSON value, written as they are.
    public var extensions: [(name: String, json: [UInt8])]

    /// A problem; type and title default to the status's own (`/problems/not-found`, `Not Found`).
    public init(
        _ status: HTTPStatus, type: String? = nil, title: String? = nil, detail: String? = nil,
        instance: String? = nil, requestID: String? = nil, extensions: [(name: String, json: [UInt8])] = []
    ) {
        self.type = type ?? "/problems/" + Self.slug(status.reason)
        self.title = title ?? status.reason
        self.status = status
        self.detail = detail
        self.instance = instance
        self.requestID = requestID
        self.extensions = extensions
    }

    /// The JSON object, members in the order of RFC 9457 and then the extensions.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256)
        out.append(literal: "{\"type\":")
        Self.append(type, to: &out)
        out.append(literal: ",\"title\":")
        Self.append(title, to: &out)
        out.append(literal: ",\"status\":")
        out.append(decimal: status.code)
        for (name, text) in [("detail", detail), ("instance", instance), ("request_id", requestID)] {
            guard let text else { continue }
            Self.append(member: name, to: &out)
            Self.append(text, to: &out)
        }
        for (name, json) in extensions {
            Self.append(member: name, to: &out)
            out.append(contentsOf: json)
        }
        out.append(literal: "}")
        return out
    }

    private static func slug(_ phrase: String) -> String {
        String(decoding: phrase.utf8.map { $0 == ASCII.space ? 0x2D : ASCII.lowered($0) }, as: UTF8.self)
    }

    private static func append(member name: String, to out: inout [UInt8]) {
        out.append(literal: ",")
        append(name, to: &out)
        out.append(literal: ":")
    }

    /// Appends a JSON string (RFC 8259 7): quotation mark, reverse solidus and controls are escaped.
    private static func append(_ text: String, to out: inout [UInt8]) {
        let digits: StaticString = "0123456789abcdef"
        out.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C:
                out.append(0x5C)
                out.append(byte)
            case 0..<0x20:
                out.append(literal: "\\u00")
                out.append(digits.utf8Start[Int(byte >> 4)])
                out.append(digits.utf8Start[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(0x22)
    }
}
