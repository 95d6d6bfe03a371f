import HTTPServer
import Testing

@Suite("Requests")
struct RequestTests {
    @Test("The path's segments are decoded one by one, nothing is normalised")
    func segments() throws {
        #expect(try HTTPRequest("GET", "/").pathSegments() == [""])
        #expect(try HTTPRequest("GET", "/a/b%20c/%E2%82%AC").pathSegments() == ["a", "b c", "€"])
        #expect(try HTTPRequest("GET", "/a%2Fb/.././/c/").pathSegments() == ["a/b", "..", ".", "", "c", ""])
        #expect(try HTTPRequest("GET", "http://x?q").pathSegments() == [""])
        #expect(try HTTPRequest("GET", "http://x?q").path == "/")
        #expect(throws: HTTPTargetError.encodedNUL) { try HTTPRequest("GET", "/a%00").pathSegments() }
        #expect(throws: HTTPTargetError.notUTF8) { try HTTPRequest("GET", "/%c0%af").pathSegments() }
    }

    @Test("Query items are decoded, in order, duplicates kept")
    func query() throws {
        let query = try HTTPRequest("GET", "/?wait=30&a=b+c&a=%26%3D&&flag&=x&e=").query
        #expect(query.items.map(\.name) == ["wait", "a", "a", "flag", "", "e"])
        #expect(query.first("wait") == "30")
        #expect(query.all("a") == ["b c", "&="])
        #expect(query.first("flag") == "")
        #expect(query.first("none") == nil)
        #expect(throws: HTTPTargetError.notUTF8) { try HTTPQuery(parsing: "a=%ff") }
        #expect(throws: HTTPTargetError.invalidEscape) { try HTTPQuery(parsing: "a=%f") }
    }

    @Test("Field lines are found without regard to case")
    func fields() throws {
        let request = try HTTPRequest("GET", "/", headers: [("X-A", "1"), ("x-a", "2"), ("Accept", "*/*")])
        #expect(request.headers["x-A"] == "1")
        #expect(request.headers.values(of: "X-a") == ["1", "2"])
        #expect(request.headers.combinedValue(of: "X-A") == "1, 2")
        #expect(request.headers.combinedValue(of: "X-B") == nil)
        #expect(request.headers["accept"] == "*/*")
    }

    @Test("X-Request-Id is taken over when it is fit, otherwise one is made")
    func requestID() throws {
        func id(_ value: String) throws -> String {
            try HTTPRequest("GET", "/", headers: [("X-Request-Id", value)]).requestID
        }
        #expect(try id("abc-1.2_3") == "abc-1.2_3")
        #expect(try id(String(repeating: "a", count: 128)).count == 128)
        for unfit in ["", "a b", "a\"b", "é", String(repeating: "a", count: 129)] {
            let made = try id(unfit)
            #expect(made.count == 26 && made.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains($0) })
        }
        #expect(try id("") != id(""))
    }

    @Test("Methods compare by their token")
    func methods() {
        for token in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"]
        {
            #expect(HTTPMethod(token)?.description == token)
        }
        #expect(HTTPMethod("GET") == .get)
        #expect(HTTPMethod("get") == .other("get"))
        #expect(HTTPMethod("") == nil)
        #expect(HTTPMethod("A B") == nil)
    }
}

@Suite("Responses")
struct ResponseTests {
    @Test("No field line can break a message apart")
    func injection() {
        var headers: HTTPHeaders = ["Location": "/a\r\nSet-Cookie: b", "X\r\nY": "1", "": "2", "X Y": "3"]
        headers.add("Z", "a\u{0}b\u{7f}c\u{1b}é\t")
        #expect(headers.all.map(\.name) == ["Location", "Z"])
        #expect(headers["location"] == "/a  Set-Cookie: b")
        #expect(headers["z"] == "a b c é\t")
    }

    @Test("Lines that the server answers for can't be set")
    func reserved() {
        let headers: HTTPHeaders = [
            "Content-Length": "1", "transfer-encoding": "chunked", "Connection": "x", "Keep-Alive": "x",
            "DATE": "x",
            "X-Request-ID": "x", "Content-Type": "text/plain",
        ]
        #expect(headers.all.map(\.name) == ["Content-Type"])
    }

    @Test("A name may occur more than once; assigning replaces")
    func replacing() {
        var headers: HTTPHeaders = ["A": "1", "a": "2", "B": "3"]
        #expect(headers.count == 3)
        headers["A"] = "4"
        #expect(headers.all.map(\.value) == ["3", "4"])
        headers["b"] = nil
        #expect(headers.count == 1)
    }

    @Test("RFC 9457: members in order, strings escaped, extensions as they are")
    func problem() {
        let problem = Problem(
            .conflict, type: "/problems/session-busy", detail: "a \"b\"\\\n\u{1}é", instance: "/v1",
            requestID: "id",
            extensions: [("errors", Array("[1]".utf8))])
        #expect(
            String(decoding: problem.bytes, as: UTF8.self)
                == #"{"type":"/problems/session-busy","title":"Conflict","status":409,"#
                + #""detail":"a \"b\"\\\u000a\u0001é","#
                + #""instance":"/v1","request_id":"id","errors":[1]}"#)
        let response = HTTPResponse.problem(Problem(.notFound))
        #expect(response.status == .notFound)
        #expect(response.headers["content-type"] == "application/problem+json")
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"type":"/problems/not-found","title":"Not Found","status":404}"#)
    }

    @Test("RFC 9110 5.6.7: IMF-fixdate")
    func date() {
        #expect(WallClock.httpDate(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(WallClock.httpDate(0) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(WallClock.httpDate(1_709_210_096) == "Thu, 29 Feb 2024 12:34:56 GMT")
    }

    @Test("A status outside 100...599 becomes 500")
    func status() {
        #expect(HTTPStatus(99).code == 500)
        #expect(HTTPStatus(600).code == 500)
        #expect(HTTPStatus(418).description == "418 Client Error")
        #expect(HTTPStatus(204).forbidsBody && HTTPStatus(304).forbidsBody && !HTTPStatus(200).forbidsBody)
    }
}
