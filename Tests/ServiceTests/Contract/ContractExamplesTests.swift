import JSON
import Service
import Testing

@Suite("The contract's schemas and examples")
struct ContractExamplesTests {
    @Test("every example and default fits its schema")
    func examplesFit() throws {
        let document = try Contract.document.get()
        let examples = SchemaAudit(document: document).examples()
        #expect(examples.count > 40)
        for example in examples {
            let found = document.validator.violations(of: example.value, schema: example.schema)
            #expect(found == [], "\(example.pointer)")
        }
    }

    @Test("every schema uses keywords that are checked, and says whether objects have further members")
    func schemasAreChecked() throws {
        let audit = SchemaAudit(document: try Contract.document.get())
        let schemas = audit.schemas()
        #expect(schemas.count > 100)
        #expect(schemas.flatMap { audit.complaints(about: $0.schema, at: $0.pointer) } == [])
    }

    @Test("every error is a problem document, and every response has a request id")
    func responsesAreUniform() throws {
        let document = try Contract.document.get()
        for operation in document.operations {
            for (status, response) in operation.value["responses"]?.objectValue?.members ?? [] {
                let stated = try #require(response.followed(in: document.root))
                let types = stated["content"]?.objectValue?.keys ?? []
                let isError = try #require(Int(status)) >= 400
                #expect(isError == (types == ["application/problem+json"]), "\(operation.id) \(status)")
                #expect(stated["headers"]?["X-Request-Id"] != nil, "\(operation.id) \(status)")
            }
        }
    }

    @Test("nothing shared is unused")
    func noLeftovers() throws {
        let document = try Contract.document.get()
        let text = String(decoding: Contract.bytes, as: UTF8.self)
        for (part, components) in document.root["components"]?.objectValue?.members ?? [] {
            for name in components.objectValue?.keys ?? [] {
                #expect(text.contains("'#/components/\(part)/\(name)'"), "\(part)/\(name)")
            }
        }
    }
}
