import JSON
import Service
import Testing

@Suite("Checking messages against the contract")
struct ContractCheckTests {
    private func complaints(
        _ operation: String, _ status: Int, _ type: String?, _ body: String,
        headers: [(name: String, value: String)]? = nil
    ) throws -> [String] {
        let response = ReceivedResponse(
            status: status, contentType: type, headers: headers, body: Array(body.utf8))
        return try Contract.document.get().complaints(about: response, to: operation)
    }

    @Test("a documented response passes, with or without parameters of its type")
    func passes() throws {
        #expect(try complaints("getHealth", 200, "application/json", #"{"status":"ok"}"#) == [])
        #expect(
            try complaints("getHealth", 200, "Application/JSON; charset=utf-8", #"{"status":"ok"}"#) == [])
        #expect(try complaints("deleteSession", 204, nil, "") == [])
        #expect(try complaints("getContract", 200, "application/yaml", "openapi: 3.1.0") == [])
        Contract.check(
            operationId: "getHealth", status: 200, contentType: "application/json",
            body: Array(#"{"status":"ok"}"#.utf8))
    }

    @Test(
        "what is not documented does not pass",
        arguments: [
            ("getHealth", 201, "application/json", #"{"status":"ok"}"#, "no documented response 201"),
            ("getHealth", 200, "text/plain", "ok", "undocumented content type"),
            ("getHealth", 200, "application/json", #"{"status":"fine"}"#, "/status is not the constant"),
            ("getHealth", 200, "application/json", #"{"status":"ok","more":1}"#, "/more must not be there"),
            ("getHealth", 200, "application/json", "{", "is not JSON"),
            ("getHealth", 200, "application/json", "", "is not JSON"),
            ("noSuchOperation", 200, "application/json", "{}", "there is no operation"),
            ("deleteSession", 204, "text/plain", "", "undocumented content type"),
            ("listSessions", 200, "application/json", #"{"items":[]}"#, "has no next_cursor"),
        ])
    func fails(operation: String, status: Int, type: String, body: String, complaint: String) throws {
        let found = try complaints(operation, status, type, body)
        #expect(found.contains { $0.contains(complaint) }, "\(found)")
    }

    @Test("a missing content type and an undocumented body do not pass")
    func contentIsAsStated() throws {
        #expect(try complaints("getHealth", 200, nil, "") == ["getHealth 200: has no content type"])
        #expect(
            try complaints("deleteSession", 204, nil, "x")
                == ["deleteSession 204: has an undocumented body of 1 bytes"])
    }

    @Test("a stream is checked line by line")
    func lines() throws {
        let labels = #""skill":null,"subskill":null"#
        let good = #"{"iteration":1,"instruction":"1+1","response":"2",\#(labels),"findings":[]}"# + "\n"
        #expect(try complaints("getTrainingData", 200, "application/x-ndjson", "") == [])
        #expect(try complaints("getTrainingData", 200, "application/x-ndjson", good + good) == [])
        #expect(
            try complaints("getTrainingData", 200, "application/x-ndjson", good + "{}\n")
                .contains { $0.contains("line 2 (whole) has no iteration") })
        #expect(
            try complaints("getTrainingData", 200, "application/x-ndjson", good + "{")
                == ["getTrainingData 200: ends within a line"])
    }

    @Test("documented field lines are checked, whatever their letter case")
    func fields() throws {
        let type = "application/problem+json"
        let busy = """
            {"type":"/problems/session-busy","title":"busy","status":409,"detail":"wait","request_id":"r"}
            """
        let good = [("x-request-id", "r"), ("X-Should-Retry", "false"), ("retry-after", "1")]
            .map { (name: $0.0, value: $0.1) }
        #expect(try complaints("submitAction", 409, type, busy, headers: good) == [])
        #expect(
            try complaints(
                "submitAction", 409, type, busy, headers: [("x-request-id", "r"), ("retry-after", "soon")])
                == [
                    "submitAction 409: has no field x-should-retry",
                    "submitAction 409: field Retry-After: is a string, not integer",
                ])
    }

    @Test("a problem of one kind does not pass as another")
    func problemsAreTold() throws {
        let type = "application/problem+json"
        let wrong = #"{"type":"/problems/not-found","title":"t","status":422,"detail":"d","request_id":"r"}"#
        let noErrors =
            #"{"type":"/problems/invalid-request","title":"t","status":422,"detail":"d","request_id":"r"}"#
        #expect(try !complaints("createSession", 422, type, wrong).isEmpty)
        #expect(
            try complaints("createSession", 422, type, noErrors).contains { $0.contains("has no errors") })
    }

    @Test("a problem outside all operations needs the response's status")
    func strayProblems() throws {
        let document = try Contract.document.get()
        let body = Array(
            #"{"type":"/problems/method-not-allowed","title":"t","status":405,"detail":"d","request_id":"r"}"#
                .utf8)
        func found(_ status: Int) -> [String] {
            document.complaints(
                aboutProblem: ReceivedResponse(
                    status: status, contentType: "application/problem+json", headers: nil, body: body))
        }
        #expect(found(405) == [])
        #expect(found(404) == ["problem 404: /status is not the constant 404"])
    }

    @Test("a request is checked as the operation's body")
    func requests() throws {
        let document = try Contract.document.get()
        func found(_ body: String) -> [String] {
            document.complaints(
                aboutRequest: Array(body.utf8), contentType: "application/json", to: "submitAction")
        }
        #expect(found(#"{"type":"plan","specs":[{"skill":"left","count":1}]}"#) == [])
        #expect(
            found(#"{"type":"data","data":[{"instruction":"1+1","response":" "}]}"#).contains {
                $0.contains(#"\S"#)
            })
        #expect(!found(#"{"type":"plan","specs":[{"skill":"left","like":["a"],"count":1}]}"#).isEmpty)
        #expect(!found(#"{"type":"plan","specs":[]}"#).isEmpty)
    }
}
