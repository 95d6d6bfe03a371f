/// One page of a list, as the query asks for it.
struct Page {
    /// At most so many items.
    let limit: Int
    /// Where the page begins, as the last page's `next_cursor` said; opaque to clients.
    let cursor: String?

    static let query: Set<String> = ["limit", "cursor"]

    init(_ call: APICall, most: Int = 1000, usual: Int = 100) throws(APIError) {
        limit = try call.queryInteger("limit", in: 1...most, default: usual)
        cursor = call.request.query.first("cursor")
        if let cursor, cursor.isEmpty || cursor.utf8.count > 100 {
            throw .badParameter(name: "cursor", detail: "must be a next_cursor of this list")
        }
    }

    /// The cursor as a position in a list; 0 without one.
    func position() throws(APIError) -> Int {
        guard let cursor else { return 0 }
        guard let position = Int(cursor), position >= 0 else {
            throw .badParameter(name: "cursor", detail: "must be a next_cursor of this list")
        }
        return position
    }
}
