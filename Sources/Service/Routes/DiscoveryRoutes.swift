import Gym
import HTTPServer
import JSON
import Store

extension Service {
    /// Finding the skills of a task, and reading what was found.
    var discoveryRoutes: [Route] {
        [
            route(.post, "/v1/skill-discoveries", "createDiscovery") { try await $0.createDiscovery($1) },
            route(.get, "/v1/skill-discoveries", "listDiscoveries") { service, call in
                try call.allowQuery(Page.query)
                let page = try Page(call)
                let found = try await service.store.discoveries(
                    owner: call.identity.owner, after: page.cursor, limit: page.limit + 1)
                let items = found.prefix(page.limit)
                return .object { object in
                    object.array("items", items) { writer, discovery in
                        writer.object { discovery.write(&$0, task: service.catalogue.task(discovery.task)) }
                    }
                    object("next_cursor", found.count > page.limit ? items.last?.id : nil)
                }
            },
            route(.get, "/v1/skill-discoveries/{id}", "getDiscovery") { service, call in
                try call.allowQuery([])
                let discovery = try await service.discovery(call)
                return .object { discovery.write(&$0, task: service.catalogue.task(discovery.task)) }
            },
            route(.get, "/v1/skill-discoveries/{id}/assignments", "listAssignments") { service, call in
                try await service.listAssignments(call)
            },
        ]
    }

    private func discovery(_ call: APICall) async throws -> SkillDiscoveryRecord {
        try await store.discovery(call.parameter("id"), owner: call.identity.owner)
    }

    private func createDiscovery(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery([])
        let request = try DiscoveryRequest(try call.json(), catalogue: catalogue)
        let (task, owner, library) = (request.task, call.identity.owner, sessions.library)
        let found = try await discoveryGate.pass {
            switch request.method {
            case .clusters(let count, let seed):
                try await library.cluster(task, categories: count, seed: seed, owner: owner)
            case .shuffled(let count, let seed):
                try await library.shuffle(task, categories: count, seed: seed, owner: owner)
            case .supplied(let skills, let categories):
                try await library.supply(task, skills: skills, categories: categories, owner: owner)
            }
        }
        var response = HTTPResponse.object(.created) { found.write(&$0, task: task) }
        response.headers.add("Location", "/v1/skill-discoveries/\(found.id)")
        return response
    }

    /// Train and validation instances with their categories; of test nothing is shown.
    private func listAssignments(_ call: APICall) async throws -> HTTPResponse {
        try call.allowQuery(Page.query)
        let found = try await discovery(call)
        guard let task = catalogue.task(found.task), task.fingerprint == found.taskFingerprint else {
            throw APIError.notFound("task \(found.task) as it was when its skills were discovered")
        }
        let instances = task.instances(.train) + task.instances(.validation)
        return try paged(try Page(call), instances) { object, instance in
            object("id", instance.id)
            object("instruction", instance.instruction)
            object("skill", found.skills.skill(ofInstance: instance.id))
        }
    }
}

extension SkillDiscoveryRecord {
    /// The discovery as the API shows it; the counts are left out once the task has changed.
    func write(_ object: inout ObjectWriter, task: BenchmarkTask?) {
        object("id", id)
        object("task", self.task)
        object("method", method.rawValue)
        object("seed", seed)
        let current = task.flatMap { $0.fingerprint == taskFingerprint ? $0 : nil }
        let train = current.map { skills.counts(in: .train, of: $0) }
        let validation = current.map { skills.counts(in: .validation, of: $0) }
        object.array("skills", skills.skills.enumerated()) { writer, entry in
            writer.object { object in
                object("name", entry.element.name)
                object("description", entry.element.summary)
                object("train", train?[entry.offset])
                object("validation", validation?[entry.offset])
            }
        }
        object("repaired", repaired)
        object.object("quality") { quality in
            quality("normalised_mutual_information", mutualInformation)
            quality("adjusted_rand_index", randIndex)
        }
        object("created_at", Timestamp.text(milliseconds: createdAt))
        object.object("links") { links in
            links("self", "/v1/skill-discoveries/\(id)")
            links("assignments", "/v1/skill-discoveries/\(id)/assignments")
        }
    }
}
