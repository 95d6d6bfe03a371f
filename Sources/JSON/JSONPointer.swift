/// Writing of JSON Pointers (RFC 6901), by which errors name what is wrong.
public enum JSONPointer {
    /// One reference token with its slash: `/` and `~` in the name are escaped (RFC 6901, section 3).
    public static func token(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "~") }) else {
            return "/" + name
        }
        var escaped = "/"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// One reference token for an array index.
    public static func token(_ index: Int) -> String {
        "/\(index)"
    }
}
