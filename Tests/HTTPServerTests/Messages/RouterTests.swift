import HTTPServer
import Testing

@Suite("Router")
struct RouterTests {
    /// Sends one request through a router on a real server, as handlers need an exchange.
    private func ask(_ router: Router, _ method: String, _ target: String) throws -> RawClient.Response {
        let server = try TestServer(handler: router.handler)
        let client = server.client()
        client.send("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        return try #require(client.response(toHead: method == "HEAD"))
    }

    private static func named(_ method: HTTPMethod, _ template: String) -> Route {
        Route(method, template) { request, _ in
            let parameters = ["id", "iteration", "x"].compactMap { name in
                request.pathParameters[name].map { "\(name)=\($0)" }
            }
            return .text("\(template) \(parameters.joined(separator: ","))")
        }
    }

    private func router() throws(RouterError) -> Router {
        try Router([
            Self.named(.get, "/"), Self.named(.get, "/v1/sessions"), Self.named(.post, "/v1/sessions"),
            Self.named(.get, "/v1/sessions/{id}"), Self.named(.delete, "/v1/sessions/{id}"),
            Self.named(.get, "/v1/sessions/latest"), Self.named(.get, "/v1/sessions/latest/only"),
            Self.named(.get, "/v1/sessions/{id}/feedback/{iteration}"), Self.named(.other("BREW"), "/pot"),
        ])
    }

    @Test(
        "Literals beat parameters, with a way back",
        arguments: [
            ("/", "/ "), ("/v1/sessions", "/v1/sessions "), ("/v1/sessions/7", "/v1/sessions/{id} id=7"),
            ("/v1/sessions/latest", "/v1/sessions/latest "),
            ("/v1/sessions/latest/only", "/v1/sessions/latest/only "),
            (
                "/v1/sessions/latest/feedback/3",
                "/v1/sessions/{id}/feedback/{iteration} id=latest,iteration=3"
            ),
            ("/v1/sessions/a%20b%2Fc?x=1", "/v1/sessions/{id} id=a b/c"), ("/v1/%73essions", "/v1/sessions "),
            ("http://other/v1/sessions", "/v1/sessions "),
        ])
    func finds(target: String, body: String) throws {
        #expect(try ask(router(), "GET", target).text == body)
    }

    @Test(
        "Paths without routes are 404",
        arguments: [
            "/v1", "/v1/", "/v1/sessions/", "/v1/sessions/7/", "/v1/sessions//feedback/1", "/V1/sessions",
            "//",
            "/v1/sessions/..", "/v1/sessions/%2e%2e", "/v1/sessions/.", "/v1/sessions/7/feedback",
            "/v1/./sessions",
        ])
    func notFound(target: String) throws {
        let response = try ask(router(), "GET", target)
        #expect(response.status == 404)
        #expect(response["content-type"] == "application/problem+json")
    }

    @Test("A method without a route is 405 with Allow; one that nobody knows is 501")
    func methods() throws {
        let response = try ask(router(), "PUT", "/v1/sessions")
        #expect(response.status == 405)
        #expect(response["allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(try ask(router(), "BREW", "/v1/sessions").status == 405)
        #expect(try ask(router(), "BREW", "/pot").status == 200)
        #expect(try ask(router(), "STIR", "/v1/sessions").status == 501)
    }

    @Test("HEAD is served by GET, OPTIONS by the router")
    func automatic() throws {
        let head = try ask(router(), "HEAD", "/v1/sessions/7")
        #expect(head.status == 200)
        #expect(head["content-length"] == "\("/v1/sessions/{id} id=7".utf8.count)")
        let options = try ask(router(), "OPTIONS", "/v1/sessions/7")
        #expect(options.status == 204)
        #expect(options["allow"] == "DELETE, GET, HEAD, OPTIONS")
        #expect(options["content-length"] == nil)
        #expect(try ask(router(), "OPTIONS", "*")["allow"] == "BREW, DELETE, GET, HEAD, OPTIONS, POST")
        #expect(try ask(router(), "OPTIONS", "/none").status == 404)
    }

    @Test(
        "What can't be decoded is 400, and the connection stays open",
        arguments: [
            "/v1/sessions/%00", "/v1/sessions/%ff", "/v1/sessions?a=%00", "/v1/sessions?a=%c0%af",
        ])
    func undecodable(target: String) throws {
        let response = try ask(router(), "GET", target)
        #expect(response.status == 400)
        #expect(response["connection"] == nil)
    }

    @Test("Routes that clash are refused")
    func clashes() {
        func failure(_ templates: String...) -> RouterError? {
            do throws(RouterError) {
                _ = try Router(templates.map { Self.named(.get, $0) })
                return nil
            } catch {
                return error
            }
        }
        #expect(failure("/a", "/a") == .duplicateRoute("GET /a"))
        #expect(failure("/{x}", "/{id}") == .parameterNamesDiffer("/{id}"))
        for bad in ["a", "", "/{}", "/{x", "/x}", "/a{x}", "/{x}/{x}", "/{{x}}"] {
            #expect(failure(bad) == .invalidTemplate(bad))
        }
        #expect(failure("/{x}", "/{x}/a", "/a/{id}") == nil)
    }

    @Test("Routes can be listed, and found without being run")
    func listing() throws {
        let router = try router()
        #expect(router.routes.count == 9)
        #expect(router.routes[4].name == "DELETE /v1/sessions/{id}")
        #expect(router.route(for: try HTTPRequest("HEAD", "/v1/sessions/7"))?.template == "/v1/sessions/{id}")
        #expect(router.route(for: try HTTPRequest("PUT", "/v1/sessions/7")) == nil)
    }
}
