// In the main package this is the service's own list:
// `service.routes.map { ($0.method.description, $0.template, $0.name) }`.

/// Every route that the service declares.
func declaredRoutes() throws -> [(method: String, template: String, name: String)] {
    [
        ("GET", "/v1", "getIndex"),
        ("GET", "/v1/tasks", "listTasks"),
        ("GET", "/v1/tasks/{task}", "getTask"),
        ("GET", "/v1/tasks/{task}/instances", "listInstances"),
        ("GET", "/v1/students", "listStudents"),
        ("GET", "/v1/teachers", "listTeachers"),
        ("GET", "/v1/environments", "listEnvironments"),
        ("POST", "/v1/sessions", "createSession"),
        ("GET", "/v1/sessions", "listSessions"),
        ("GET", "/v1/sessions/{id}", "getSession"),
        ("DELETE", "/v1/sessions/{id}", "deleteSession"),
        ("POST", "/v1/sessions/{id}/cancel", "cancelSession"),
        ("GET", "/v1/sessions/{id}/report", "getReport"),
        ("GET", "/v1/sessions/{id}/training-data", "getTrainingData"),
        ("GET", "/v1/sessions/{id}/observation", "getObservation"),
        ("POST", "/v1/sessions/{id}/actions", "submitAction"),
        ("GET", "/v1/sessions/{id}/feedback/{iteration}", "getFeedback"),
        ("GET", "/v1/sessions/{id}/feedback/{iteration}/results", "listResults"),
        ("POST", "/v1/sessions/{id}/predictions", "predict"),
        ("GET", "/healthz", "getHealth"),
        ("GET", "/readyz", "getReadiness"),
        ("GET", "/openapi.yaml", "getContract"),
    ]
}
