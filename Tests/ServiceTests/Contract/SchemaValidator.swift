import JSON

/// What is wrong with a value, and where.
struct SchemaViolation: Equatable, CustomStringConvertible {
    /// A JSON Pointer into the value; empty for the whole.
    let pointer: String
    /// What is wrong, as the end of a sentence about that place.
    let detail: String

    var description: String { "\(pointer.isEmpty ? "(whole)" : pointer) \(detail)" }
}

/// Checks values against schemas of JSON Schema 2020-12, as far as this contract uses it.
///
/// A keyword that it does not know is a violation, so that nothing in the contract is silently unchecked.
struct SchemaValidator: Sendable {
    /// The document that `$ref`s point into.
    let document: JSONValue

    /// Keywords that say something to people and other tools and nothing about values.
    static let annotations: Set<String> = [
        "title", "description", "default", "examples", "deprecated", "discriminator", "$comment",
    ]
    /// Keywords that hold schemas, or point to one.
    static let applicators: Set<String> = [
        "$ref", "properties", "additionalProperties", "propertyNames", "items", "oneOf", "anyOf", "allOf",
    ]

    /// Everything that is wrong with a value; empty when it is good.
    func violations(of value: JSONValue, schema: JSONValue) -> [SchemaViolation] {
        check(value, against: schema, at: "", depth: 0)
    }

    /// Deeper than any schema here; a `$ref` that leads to itself ends at it.
    private static let maximumDepth = 200

    private func check(
        _ value: JSONValue, against schema: JSONValue, at pointer: String, depth: Int
    ) -> [SchemaViolation] {
        func violation(_ detail: String) -> [SchemaViolation] {
            [SchemaViolation(pointer: pointer, detail: detail)]
        }
        guard depth < Self.maximumDepth else { return violation("needs too deep a schema") }
        switch schema {
        case .bool(true): return []
        case .bool(false): return violation("must not be there")
        case .object(let keywords):
            return keywords.members.flatMap { keyword, argument -> [SchemaViolation] in
                if let assertion = SchemaAssertions.all[keyword] {
                    return assertion(value, argument).complaint.map(violation) ?? []
                }
                if Self.annotations.contains(keyword) { return [] }
                let place = Place(value: value, pointer: pointer, depth: depth + 1)
                return apply(keyword, argument, of: keywords, to: place)
            }
        default: return violation("meets a schema that is \(schema.kind)")
        }
    }

    private struct Place {
        let value: JSONValue
        let pointer: String
        let depth: Int
    }

    private func apply(
        _ keyword: String, _ argument: JSONValue, of schema: JSONObject, to place: Place
    ) -> [SchemaViolation] {
        switch keyword {
        case "$ref": return reference(argument, place)
        case "properties": return properties(argument, place)
        case "additionalProperties": return others(argument, than: schema["properties"], place)
        case "propertyNames": return names(argument, place)
        case "items": return items(argument, place)
        case "oneOf", "anyOf", "allOf": return branches(keyword, argument, place)
        default:
            let detail = "meets the keyword \(keyword), which the validator does not know"
            return [SchemaViolation(pointer: place.pointer, detail: detail)]
        }
    }

    private func reference(_ argument: JSONValue, _ place: Place) -> [SchemaViolation] {
        guard let reference = argument.stringValue, let target = document.resolve(reference) else {
            return [SchemaViolation(pointer: place.pointer, detail: "meets the dead $ref \(argument.shown)")]
        }
        return check(place.value, against: target, at: place.pointer, depth: place.depth)
    }

    private func properties(_ argument: JSONValue, _ place: Place) -> [SchemaViolation] {
        guard let object = place.value.objectValue else { return [] }
        return (argument.objectValue ?? JSONObject()).members.flatMap { name, schema -> [SchemaViolation] in
            guard let member = object[name] else { return [] }
            return check(
                member, against: schema, at: place.pointer + JSONPointer.token(name), depth: place.depth)
        }
    }

    private func others(
        _ schema: JSONValue, than properties: JSONValue?, _ place: Place
    ) -> [SchemaViolation] {
        guard let object = place.value.objectValue else { return [] }
        return object.members.filter { properties?[$0.key] == nil }.flatMap { name, member in
            check(member, against: schema, at: place.pointer + JSONPointer.token(name), depth: place.depth)
        }
    }

    private func names(_ schema: JSONValue, _ place: Place) -> [SchemaViolation] {
        (place.value.objectValue?.keys ?? []).flatMap { name in
            let pointer = place.pointer + JSONPointer.token(name)
            return check(.string(name), against: schema, at: pointer, depth: place.depth)
        }
    }

    private func items(_ schema: JSONValue, _ place: Place) -> [SchemaViolation] {
        (place.value.arrayValue ?? []).enumerated().flatMap { index, element in
            let pointer = place.pointer + JSONPointer.token(index)
            return check(element, against: schema, at: pointer, depth: place.depth)
        }
    }

    private func branches(_ keyword: String, _ argument: JSONValue, _ place: Place) -> [SchemaViolation] {
        let outcomes = (argument.arrayValue ?? []).map { schema in
            check(place.value, against: schema, at: place.pointer, depth: place.depth)
        }
        if keyword == "allOf" { return outcomes.flatMap(\.self) }
        let matching = outcomes.count { $0.isEmpty }
        if matching == 1 || matching > 1 && keyword == "anyOf" { return [] }
        if matching > 1 {
            let detail = "matches \(matching) branches of oneOf"
            return [SchemaViolation(pointer: place.pointer, detail: detail)]
        }
        // The branch that fits best is most probably the one that was meant.
        let nearest = outcomes.min { $0.count < $1.count } ?? []
        let summary = SchemaViolation(
            pointer: place.pointer, detail: "matches no branch of \(keyword); the nearest says:")
        return [summary] + nearest
    }
}

extension JSONValue {
    /// What a `$ref` of the form `#/components/schemas/Task` points to, or `nil`.
    func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false)
            .reduce(self as JSONValue?) { value, token in
                let name = token.replacing("~1", with: "/").replacing("~0", with: "~")
                return value?[String(name)]
            }
    }

    /// The value, or what its `$ref` points to.
    func followed(in document: JSONValue) -> JSONValue? {
        guard let reference = self["$ref"]?.stringValue else { return self }
        return document.resolve(reference)
    }
}
