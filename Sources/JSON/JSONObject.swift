/// A JSON object (RFC 8259, section 4): unique keys, kept in the order in which they were written or added.
///
/// Few members are searched one after the other, which is faster than hashing for the objects of an API. Larger
/// objects carry an index, so that a body with a million keys costs no quadratic time.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    /// The members in order. The keys are unique byte by byte.
    public private(set) var members: [(key: String, value: JSONValue)]

    /// Where each key is; `nil` while a linear search is cheaper.
    private var index: [JSONKey: Int]?

    /// From this many members on an object carries an index.
    static let indexThreshold = 16

    /// An empty object.
    public init() {
        members = []
        index = nil
    }

    /// An object of the given members; of two with the same key the later value wins, at the place of the first.
    public init(_ elements: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in elements {
            self[key] = value
        }
    }

    /// An object from a literal; of two members with the same key the later value wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }

    /// Takes over members whose keys the parser has found to be unique, with the index it made for that.
    init(uniqueMembers: [(key: String, value: JSONValue)], index: [JSONKey: Int]?) {
        members = uniqueMembers
        self.index = index
    }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// The member of that name. Setting replaces in place or adds at the end; setting `nil` removes.
    public subscript(key: String) -> JSONValue? {
        get {
            position(of: key).map { members[$0].value }
        }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        if let index { return index[JSONKey(key)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if index != nil {
            index?[JSONKey(key)] = members.count - 1
        } else if members.count > Self.indexThreshold {
            rebuildIndex()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        rebuildIndex()
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.indexThreshold else {
            index = nil
            return
        }
        var fresh: [JSONKey: Int] = [:]
        fresh.reserveCapacity(members.count)
        for (place, member) in members.enumerated() {
            fresh[JSONKey(member.key)] = place
        }
        index = fresh
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same members, in whatever order (RFC 8259: an object is an unordered collection).
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for (place, member) in left.members.enumerated() {
            // Objects that are compared usually have the same order; only the others pay for a search.
            let candidate = right.members[place]
            if candidate.key.hasSameBytes(as: member.key) {
                if candidate.value != member.value { return false }
            } else if right[member.key] != member.value {
                return false
            }
        }
        return true
    }
}

/// A key that is compared and hashed by its bytes.
///
/// Swift's own string hash is the same for all canonically equivalent strings. A hostile client could send thousands
/// of keys that differ only in the order of combining marks, and make every look-up linear.
struct JSONKey: Hashable, Sendable {
    let string: String

    init(_ string: String) {
        self.string = string
    }

    static func == (left: JSONKey, right: JSONKey) -> Bool {
        left.string.hasSameBytes(as: right.string)
    }

    func hash(into hasher: inout Hasher) {
        var text = string
        // The buffer lives for the length of the closure, and the hasher copies what it needs.
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
