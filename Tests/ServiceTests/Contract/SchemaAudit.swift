import JSON

/// Reads schemas themselves, so that a mistake in one is found also where no test's value comes by.
struct SchemaAudit {
    let document: ContractDocument

    /// Every schema of the document with its pointer: the shared ones and those of media types, parameters
    /// and headers.
    func schemas() -> [(pointer: String, schema: JSONValue)] {
        let shared = document.root["components"]?["schemas"]?.objectValue?.members ?? []
        return shared.map { ("/components/schemas" + JSONPointer.token($0.key), $0.value) }
            + holders().compactMap { holder in holder.value["schema"].map { (holder.pointer + "/schema", $0) }
            }
    }

    /// Every object that has a `schema`: media types, parameters and headers.
    func holders() -> [(pointer: String, value: JSONValue)] {
        collect(document.root["paths"] ?? .null, "/paths")
            + ["parameters", "headers", "responses"].flatMap { part in
                collect(document.root["components"]?[part] ?? .null, "/components/\(part)")
            }
    }

    private func collect(_ value: JSONValue, _ pointer: String) -> [(pointer: String, value: JSONValue)] {
        switch value {
        case .object(let object):
            let own = object["schema"] == nil ? [] : [(pointer, value)]
            // What is inside schemas and examples is no part of the API's description.
            return object.members.filter { !["schema", "example", "examples"].contains($0.key) }
                .reduce(into: own) { $0 += collect($1.value, pointer + JSONPointer.token($1.key)) }
        case .array(let elements):
            return elements.enumerated().flatMap { collect($1, pointer + JSONPointer.token($0)) }
        default: return []
        }
    }

    /// Every example of the document with the schema that it has to fit.
    func examples() -> [(pointer: String, value: JSONValue, schema: JSONValue)] {
        let held = holders().flatMap { holder -> [(pointer: String, value: JSONValue, schema: JSONValue)] in
            let schema = holder.value["schema"] ?? .bool(true)
            let single = holder.value["example"].map { [(holder.pointer + "/example", $0, schema)] } ?? []
            return single
                + (holder.value["examples"]?.objectValue?.members ?? []).map { name, example in
                    // A dead reference becomes null, which fits no schema here.
                    let value = example.followed(in: document.root)?["value"] ?? .null
                    return (holder.pointer + "/examples" + JSONPointer.token(name), value, schema)
                }
        }
        return held + schemas().flatMap { inside($0.schema, $0.pointer) }
    }

    /// The `default` and the `examples` of a schema and of those inside it.
    private func inside(_ schema: JSONValue, _ pointer: String)
        -> [(pointer: String, value: JSONValue, schema: JSONValue)]
    {
        let usual = schema["default"].map { [(pointer + "/default", $0, schema)] } ?? []
        let examples = (schema["examples"]?.arrayValue ?? []).map { (pointer + "/examples", $0, schema) }
        return usual + examples + subschemas(schema).flatMap { inside($0.schema, pointer + $0.pointer) }
    }

    /// What is wrong with a schema and those inside it: unknown keywords, malformed arguments, dead
    /// references, objects that leave open whether they have further members.
    func complaints(about schema: JSONValue, at pointer: String, isRefinement: Bool = false) -> [String] {
        guard let keywords = schema.objectValue else {
            return schema.boolValue == nil ? ["\(pointer) is \(schema.kind)"] : []
        }
        let own = keywords.members.compactMap { keyword, argument in
            complaint(keyword, argument).map { "\(pointer) \($0)" }
        }
        let isOpen = keywords["properties"] != nil && keywords["additionalProperties"] == nil && !isRefinement
        return own + (isOpen ? ["\(pointer) has no additionalProperties"] : [])
            + subschemas(schema).flatMap { part in
                complaints(
                    about: part.schema, at: pointer + part.pointer,
                    isRefinement: part.pointer.hasPrefix("/allOf/"))
            }
    }

    private func complaint(_ keyword: String, _ argument: JSONValue) -> String? {
        if keyword == "$ref" {
            return argument.stringValue.flatMap(document.root.resolve) == nil ? "has a dead $ref" : nil
        }
        if let assertion = SchemaAssertions.all[keyword] {
            // Any value will do: a malformed argument is found first.
            guard case .malformed(let detail) = assertion(.null, argument) else { return nil }
            return "at \(keyword): \(detail)"
        }
        let isKnown = SchemaValidator.annotations.union(SchemaValidator.applicators).contains(keyword)
        return isKnown ? nil : "has the unknown keyword \(keyword)"
    }

    private func subschemas(_ schema: JSONValue) -> [(pointer: String, schema: JSONValue)] {
        let properties = (schema["properties"]?.objectValue?.members ?? []).map {
            ("/properties" + JSONPointer.token($0.key), $0.value)
        }
        let single = ["additionalProperties", "propertyNames", "items"].compactMap { name in
            schema[name].map { ("/" + name, $0) }
        }
        let branches = ["oneOf", "anyOf", "allOf"].flatMap { name in
            (schema[name]?.arrayValue ?? []).enumerated().map { ("/\(name)/\($0)", $1) }
        }
        return properties + single + branches
    }
}
