import JSON

extension SessionArchive {
    /// Runs the session again: the same settings, seed and actions on a new session, which is removed at the end.
    ///
    /// - Parameters:
    ///   - api: the service; its students, teachers and tasks must be those of the exported session.
    ///   - observer: called with the number of each repeated iteration once it is done.
    /// - Returns: the new session's archive.
    /// - Throws: what the calls throw, and `SessionArchiveError` when the service finds other skills than the archive's.
    public func replay(
        on api: GymAPI, observer: @Sendable (Int) -> Void = { _ in }
    ) async throws -> SessionArchive {
        if let discovery {
            let id = try await api.supplySkills(discovery.body)
            guard id == discovery.id else {
                throw SessionArchiveError(
                    description: "the task is not what it was: its skills are now \(id), not \(discovery.id)")
            }
        }
        let session = try await api.createSession(body: session)
        try await settle(0, of: session.id, on: api)
        for iteration in iterations where iteration.isSucceeded {
            guard let action = iteration.action else { continue }
            let number = try await api.act(body: action, in: session.id, key: "replay-\(iteration.number)")
            try await settle(number, of: session.id, on: api)
            observer(iteration.number)
        }
        let replayed = try SessionArchive(try await api.export(of: session.id), name: "the replayed session")
        try await api.delete(session.id)
        return replayed
    }

    private func settle(_ iteration: Int, of session: String, on api: GymAPI) async throws {
        while try await !api.feedback(of: session, iteration: iteration, wait: 30).isOver {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Where the first difference between this archive's succeeded iterations and another's is, in words; `nil` if there is none.
    ///
    /// Failed iterations left no trace and are not repeated, so that the numbers of later ones differ; numbers are compared by place.
    public func firstDifference(from other: SessionArchive) -> String? {
        let own = iterations.filter(\.isSucceeded)
        let others = other.iterations.filter(\.isSucceeded)
        var places: [Int: Int] = [:]
        for (mine, theirs) in zip(own, others) { places[mine.number] = theirs.number }
        for (mine, theirs) in zip(own, others) {
            if mine.line == theirs.line { continue }
            let isRenumbered = places.contains { $0.key != $0.value }
            let expected = isRenumbered ? mine.value.renumbered(places) : mine.value
            if isRenumbered, Self.encoded(expected) == Self.encoded(theirs.value) { continue }
            let pointer = expected.firstDifference(from: theirs.value) ?? ""
            return "iteration \(mine.number) differs at \(pointer.isEmpty ? "/" : pointer)"
        }
        guard own.count == others.count else {
            return "\(own.count) iterations succeeded, of which \(others.count) when they were repeated"
        }
        return nil
    }
}

extension JSONObject {
    /// The object without some members.
    func without(_ keys: Set<String>) -> JSONObject {
        var result = JSONObject()
        for member in members where !keys.contains(member.key) { result[member.key] = member.value }
        return result
    }
}

extension JSONValue {
    /// The value with every member `iteration` replaced by the number that stands for it.
    fileprivate func renumbered(_ numbers: [Int: Int]) -> JSONValue {
        switch self {
        case .object(let object):
            var result = JSONObject()
            for member in object.members {
                if member.key == "iteration", case .integer(let number) = member.value {
                    result[member.key] = .integer(
                        Int64(numbers[Int(clamping: number)] ?? Int(clamping: number)))
                } else {
                    result[member.key] = member.value.renumbered(numbers)
                }
            }
            return .object(result)
        case .array(let items): return .array(items.map { $0.renumbered(numbers) })
        default: return self
        }
    }

    /// The pointer of the first place at which two values differ; `nil` if they are equal.
    fileprivate func firstDifference(from other: JSONValue) -> String? {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            for member in mine.members {
                guard let value = theirs[member.key] else { return JSONPointer.token(member.key) }
                if let inner = member.value.firstDifference(from: value) {
                    return JSONPointer.token(member.key) + inner
                }
            }
            return mine.count == theirs.count ? nil : ""
        case (.array(let mine), .array(let theirs)):
            for (place, pair) in zip(mine, theirs).enumerated() {
                if let inner = pair.0.firstDifference(from: pair.1) {
                    return JSONPointer.token(place) + inner
                }
            }
            return mine.count == theirs.count ? nil : JSONPointer.token(min(mine.count, theirs.count))
        default: return self == other ? nil : ""
        }
    }
}
