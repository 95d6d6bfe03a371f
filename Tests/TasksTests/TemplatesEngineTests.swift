import Gym
import Tasks
import Testing

@Suite struct TemplatesEngineTests {
    let engine = TemplatesEngine()
    let task: BenchmarkTask

    init() throws { task = try MathPocket.task() }

    private func make(
        _ plan: [DataSpec], used: Set<String> = [], seed: UInt64 = 1, task other: BenchmarkTask? = nil
    )
        async throws -> [TrainingDatum]
    {
        try await engine.generate(
            DataRequest(task: other ?? task, plan: plan, usedInstructions: used, seed: seed)
        ).items.map(\.datum)
    }

    private func skill(_ name: String, _ subskill: String? = nil, hint: String? = nil, count: Int = 9)
        -> DataSpec
    {
        DataSpec(kind: .skill(name, subskill: subskill, hint: hint), count: count)
    }

    @Test func aPlanGivesExactlyItsCountsInItsOrder() async throws {
        let data = try await make([
            skill("total", count: 7), skill("gcd", "euclid", count: 5), skill("rect", count: 1),
        ])
        #expect(
            data.map(\.skill) == Array(repeating: "total", count: 7) + Array(repeating: "gcd", count: 5) + [
                "rect"
            ])
        #expect(data[7..<12].allSatisfy { $0.subskill == "euclid" })
        let subskills = Dictionary(grouping: data[..<7], by: \.subskill).mapValues(\.count)
        #expect(Set(subskills.values) == [2, 3])
    }

    @Test func dataAreWorkedAndScoreAsRight() async throws {
        let data = try await make(MathPocket.skills.map { skill($0.name, count: 30) })
        #expect(data.count == 420)
        for datum in data {
            let steps = try #require(StepOracle.steps(of: datum.response))
            for step in steps {
                #expect(StepOracle.value(of: step.expression) == StepOracle.scaled(step.value))
            }
        }
    }

    @Test func theSameRequestGivesTheSameData() async throws {
        let plan = [
            skill("percent", count: 40), DataSpec(kind: .instruction("percentages of prices"), count: 20),
        ]
        let used: Set = ["what is 5% of 360?", "b", "c", "d", "e"]
        #expect(try await make(plan, used: used, seed: 5) == make(plan, used: used, seed: 5))
        #expect(try await make(plan, seed: 5) != make(plan, seed: 6))
    }

    @Test func nothingIsMadeTwice() async throws {
        let first = try await make([skill("share", count: 300)])
        #expect(Set(first.map(\.instruction)).count == 300)
        let identities = first.compactMap { ProblemRecogniser.mathPocket.recognise($0.instruction)?.identity }
        #expect(Set(identities).count == 300)
        let second = try await make([skill("share", count: 300)], used: Set(first.map(\.instruction)))
        #expect(Set(second.map(\.instruction)).isDisjoint(with: first.map(\.instruction)))
        let later = second.compactMap { ProblemRecogniser.mathPocket.recognise($0.instruction)?.identity }
        #expect(Set(later).isDisjoint(with: identities))
    }

    @Test func countsHoldWhenTheProblemsRunOut() async throws {
        let data = try await make([skill("gcd", "bundles", count: 3000)])
        #expect(data.count == 3000)
        #expect(Set(data.map(\.instruction)).count == 3000)
    }

    @Test func nothingMadeIsHeldOut() async throws {
        let data = try await make(MathPocket.skills.map { skill($0.name, count: 400) })
        for datum in data {
            let identity = try #require(ProblemRecogniser.mathPocket.recognise(datum.instruction)?.identity)
            #expect(identity.split == .train)
        }
        let heldOut = InstructionIndex(task: task, splits: [.validation, .test])
        #expect(!data.contains { heldOut.contains($0.instruction) })
    }

    @Test func likeMakesTheSameKindWithOtherNumbers() async throws {
        let models = [task.instances(.validation)[3], task.instances(.train)[700]]
        let data = try await make([DataSpec(kind: .like(models.map(\.id)), count: 25)])
        #expect(data.count == 25)
        let kinds = Dictionary(grouping: data) { "\($0.skill ?? "")/\($0.subskill ?? "")" }.mapValues(\.count)
        #expect(Set(kinds.keys) == Set(models.map { "\($0.skill ?? "")/\($0.subskill ?? "")" }))
        #expect(Set(kinds.values) == [12, 13])
        #expect(!data.contains { datum in models.contains { $0.instruction == datum.instruction } })
    }

    @Test func likeReadsTheTextAndNotTheLabels() async throws {
        let text = "Wanda has 7 pears and Otto has 9 pears. How many pears do they have in all?"
        let own = try BenchmarkTask(
            name: "own", summary: "", domain: .math, skills: [], scorer: .math,
            splits: [
                .validation: [TaskInstance(id: "a", instruction: text, answer: "16", skill: "gcd")],
                .train: [TaskInstance(id: "b", instruction: "Prove that 2 is prime.", answer: "")],
                .test: [TaskInstance(id: "c", instruction: text, answer: "16")],
            ])
        let data = try await make([DataSpec(kind: .like(["a"]), count: 4)], task: own)
        #expect(data.allSatisfy { $0.skill == "total" && $0.subskill == "two" })
        let unknown = #expect(throws: DataEngineError.self) {
            try engine.validate([skill("total"), DataSpec(kind: .like(["a", "b"]), count: 4)], for: own)
        }
        #expect(unknown?.specIndex == 1)
        #expect(unknown?.member == "like/1")
        for id in ["c", "nobody"] {
            let error = #expect(throws: DataEngineError.self) {
                try engine.validate([DataSpec(kind: .like([id]), count: 4)], for: own)
            }
            #expect(error?.member == "like/0")
            #expect(error?.description.contains("no train or validation instance") == true)
        }
    }

    @Test func aTasksOwnHeldOutTextsAreLeftOut() async throws {
        let whole = try await make([skill("left", "once", count: 200)])
        let instances = whole.enumerated().map {
            TaskInstance(id: "\($0)", instruction: $1.instruction, answer: "")
        }
        let own = try BenchmarkTask(
            name: "own", summary: "", domain: .math, skills: [], scorer: .math, splits: [.test: instances])
        let data = try await make([skill("left", "once", count: 200)], task: own)
        #expect(Set(data.map(\.instruction)).isDisjoint(with: whole.map(\.instruction)))
    }

    @Test(arguments: [
        ("make problems about discounts", "discount"), ("percentages", "percent"),
        ("greatest common divisor", "gcd"),
        ("the average of three numbers", "average"), ("practice multiplication in groups", "groups"),
        ("perimeter of a rectangle", "rect"), ("trains and their speed", "travel"),
        ("solve an equation for x", "linear"),
        ("what comes next in a row of numbers", "sequence"), ("sharing equally among friends", "share"),
        ("which one is bigger?", "compare"), ("subtraction", "left"),
        ("getting change when shopping", "remain"),
        ("ADDITION!", "total"), ("what is 12 plus 31?", "total"),
    ]) func instructionsInWordsFindTheirSkill(text: String, skill: String) async throws {
        let data = try await make([DataSpec(kind: .instruction(text), count: 6)])
        #expect(data.count == 6)
        #expect(
            data.allSatisfy { $0.skill == skill },
            "\(Set(data.map { "\($0.skill ?? "")/\($0.subskill ?? "")" }))")
    }

    @Test(arguments: ["", "??", "poetry and painting", "the of and", "integrate by parts"])
    func wordsThatFitNothingAreRefused(text: String) {
        let error = #expect(throws: DataEngineError.self) {
            try engine.validate([DataSpec(kind: .instruction(text), count: 1)], for: task)
        }
        #expect(error?.specIndex == 0)
        #expect(error?.member == "instruction")
    }

    @Test func aHintNarrowsASkillAndAnIdleOneDoesNot() async throws {
        let narrowed = try await make([skill("rect", hint: "the fence around it", count: 12)])
        #expect(Set(narrowed.map(\.subskill)) == ["border"])
        let idle = try await make([skill("rect", hint: "please", count: 12)])
        #expect(Set(idle.map(\.subskill)).count == 3)
    }

    @Test func mistakesNameTheSpecAndTheMember() {
        func error(_ plan: [DataSpec]) -> DataEngineError? {
            do { try engine.validate(plan, for: task) } catch { return error }
            return nil
        }
        #expect(error([skill("total"), skill("poetry")])?.specIndex == 1)
        #expect(error([skill("poetry")])?.member == "skill")
        #expect(error([skill("gcd", "two")])?.member == "subskill")
        #expect(error([skill("gcd", "two")])?.description.contains("bundles, euclid, squares") == true)
        #expect(error([skill("gcd", count: 0)])?.member == "count")
        #expect(error([skill("gcd", count: .max), skill("gcd", count: .max)])?.specIndex == 0)
        #expect(error([skill("gcd", count: 60_000), skill("gcd", count: 60_000)])?.specIndex == 1)
        #expect(error([DataSpec(kind: .like([]), count: 1)])?.member == "like")
        #expect(error([])?.specIndex == nil)
        #expect(error([skill("total")]) == nil)
    }

    @Test func otherDomainsAreRefusedWithAReason() throws {
        let code = try BenchmarkTask(
            name: "code", summary: "", domain: .code, skills: [], scorer: .math, splits: [:])
        #expect(engine.unsupportedReason(for: code)?.contains("code") == true)
        #expect(engine.unsupportedReason(for: task) == nil)
    }

    @Test func cancellationEndsALargeRequest() async throws {
        let plan = [skill("total", count: 100_000)]
        let work = Task { try await make(plan) }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
    }
}
