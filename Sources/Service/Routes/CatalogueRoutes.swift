import Gym
import HTTPServer
import JSON

extension Service {
    /// What the operator offers.
    var catalogueRoutes: [Route] {
        [
            route(.get, "/v1/tasks", "listTasks") { service, call in
                try service.list(call, service.catalogue.tasks) { $1.write(&$0) }
            },
            route(.get, "/v1/tasks/{task}", "getTask") { service, call in
                try call.allowQuery([])
                let task = try service.task(call)
                return .object { task.write(&$0) }
            },
            route(.get, "/v1/tasks/{task}/instances", "listInstances") { service, call in
                try service.listInstances(call)
            },
            route(.get, "/v1/students", "listStudents") { service, call in
                try service.list(call, service.catalogue.students) { $1.write(&$0) }
            },
            route(.get, "/v1/teachers", "listTeachers") { service, call in
                try service.list(call, service.catalogue.teachers) {
                    $1.write(&$0, tasks: service.catalogue.tasks)
                }
            },
            route(.get, "/v1/environments", "listEnvironments") { service, call in
                try service.list(call, EnvironmentKind.allCases) { $1.write(&$0) }
            },
        ]
    }

    private func list<T>(
        _ call: APICall, _ items: [T], _ body: (inout ObjectWriter, T) -> Void
    ) throws(APIError) -> HTTPResponse {
        try call.allowQuery(Page.query)
        return try paged(try Page(call), items, body)
    }

    private func task(_ call: APICall) throws(APIError) -> BenchmarkTask {
        let name = call.parameter("task")
        guard let task = catalogue.task(name) else { throw .notFound("task \(name)") }
        return task
    }

    /// The train split only: validation is shown by observations, and what is held out for test is nobody's to read.
    private func listInstances(_ call: APICall) throws(APIError) -> HTTPResponse {
        try call.allowQuery(Page.query.union(["split"]))
        let task = try task(call)
        let split = call.request.query.first("split") ?? "train"
        guard split == SplitName.train.rawValue else {
            throw .badParameter(name: "split", detail: "must be train; the other splits are held out")
        }
        return try paged(try Page(call), task.instances(.train)) { $1.writeForTraining(&$0) }
    }

    /// One page of a list that is in memory.
    func paged<T>(
        _ page: Page, _ items: [T], _ body: (inout ObjectWriter, T) -> Void
    ) throws(APIError) -> HTTPResponse {
        let start = try page.position()
        let part = items.dropFirst(start).prefix(page.limit)
        return .object { object in
            object.array("items", part) { writer, item in writer.object { body(&$0, item) } }
            object("next_cursor", part.endIndex < items.count ? String(part.endIndex) : nil)
        }
    }
}
