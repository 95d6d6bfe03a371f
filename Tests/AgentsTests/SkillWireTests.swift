import Agents
import Gym
import HTTPClient
import JSON
import Testing

private func text(_ action: Action) -> String {
    String(decoding: action.bytes, as: UTF8.self)
}

private func observation(_ json: String) async throws -> Observation {
    let gym = FakeGym()
    gym.interrupt([.success(HTTPClientResponse(status: 200, body: Array(json.utf8)))])
    return try await gym.api().observation(of: "S1")
}

private func feedback(_ json: String) async throws -> Feedback {
    let gym = FakeGym()
    gym.interrupt([.success(HTTPClientResponse(status: 200, body: Array(json.utf8)))])
    return try await gym.api().feedback(of: "S1", iteration: 1)
}

@Suite("Agents: skills on the wire")
struct SkillWireTests {
    @Test("moves are written as the API takes them")
    func moves() {
        let explore = SkillMove(skill: "algebra", action: .explore(Exploration(count: 2, allocation: 30)))
        let supplied = SkillMove(
            skill: "sets",
            action: .explore(
                Exploration(
                    count: 2, allocation: 1,
                    subskills: [
                        SuppliedSubskill(name: "a \"b\"", hint: "h"), SuppliedSubskill(name: "c"),
                    ])))
        let exploit = SkillMove(
            skill: "geometry",
            action: .exploit([
                AllocationChange(subskill: "area of a triangle", delta: 10),
                AllocationChange(subskill: "angles", delta: -5),
            ]))
        #expect(
            text(.skillTree([explore, supplied, exploit]))
                == #"{"type":"skill_tree","actions":{"algebra":{"type":"explore","num_new_skills":2,"#
                + #""data_allocation_for_new_skills":30},"sets":{"type":"explore","num_new_skills":2,"#
                + #""data_allocation_for_new_skills":1,"new_skills":[{"name":"a \"b\"","instruction":"h"},"#
                + #"{"name":"c"}]},"geometry":{"type":"exploit","#
                + #""data_allocation_delta":{"area of a triangle":10,"angles":-5}}}}"#)
        #expect(text(.skillTree([])) == #"{"type":"skill_tree","actions":{}}"#)
    }

    @Test("a list of skills is read, and its examples are joined")
    func skillList() async throws {
        let state = try await observation(
            #"""
            {"status":"ready","environment":"skill_list","iteration":2,"performance":0.5,"new":1,
             "remaining":{"iterations":3,"training_data":70,"teacher_tokens":5},
             "skills":[
               {"name":"a","description":"d","performance":0.8,"count":20,"reward":0.05,"training_data":30,"new":[],
                "examples":[{"instance":{"id":"x","instruction":"?","answer":"1"},"response":"2","correct":false}]},
               {"name":"b","description":"","performance":null,"count":0,"reward":null,"training_data":0,
                "examples":[{"instance":{"id":"y","instruction":"?"},"response":"","correct":true}]}]}
            """#)
        #expect(state.remaining == SessionAmounts(iterations: 3, trainingData: 70))
        #expect(state.examples.map(\.id) == ["x", "y"])
        let example = Example(id: "x", instruction: "?", answer: "1", response: "2", isCorrect: false)
        #expect(
            state.skills.first
                == SkillView(
                    name: "a", description: "d", performance: 0.8, count: 20, reward: 0.05,
                    trainingData: 30, examples: [example]))
        #expect(state.skills.last?.performance == nil && state.skills.last?.reward == nil)
    }

    @Test("a forest is read, with the actions of its history")
    func skillTree() async throws {
        let state = try await observation(
            #"""
            {"environment":"skill_tree","iteration":3,"performance":0.5,"skills":[
              {"name":"a","description":"d","performance":0.8,"count":20,"reward":0.05,"training_data":30,
               "exhausted":true,"new":{},
               "subskills":[
                 {"name":"u","data_allocation":30,"training_data":20,"accuracy_before_training":0.2,"new":1},
                 {"name":"v","data_allocation":5,"training_data":9,"accuracy_before_training":null}],
               "history":[
                 {"iteration":1,"performance":0.7,"reward":null,
                  "action":{"type":"explore","num_new_skills":1,"data_allocation_for_new_skills":3,
                            "new_skills":[{"name":"u","instruction":"i","new":1}],"new":1}},
                 {"iteration":2,"action":{"type":"exploit","data_allocation_delta":{"u":10,"v":-5}}},
                 {"iteration":3,"action":null,"performance":0.8,"reward":0.1},
                 {"iteration":4,"action":{"type":"prune","what":[1]}}]}]}
            """#)
        #expect(state.examples.isEmpty && state.remaining == nil && state.status == nil)
        let skill = try #require(state.skills.first)
        #expect(skill.isExhausted && skill.count == 20 && skill.trainingData == 30)
        #expect(
            skill.subskills == [
                SubskillView(name: "u", allocation: 30, trainingData: 20, accuracyBeforeTraining: 0.2),
                SubskillView(name: "v", allocation: 5, trainingData: 9),
            ])
        #expect(skill.subskills.map(\.shortfall) == [10, 0])
        let explore = Exploration(
            count: 1, allocation: 3, subskills: [SuppliedSubskill(name: "u", hint: "i")])
        let changes = [
            AllocationChange(subskill: "u", delta: 10), AllocationChange(subskill: "v", delta: -5),
        ]
        #expect(
            skill.history == [
                Experience(iteration: 1, action: .explore(explore), performance: 0.7, reward: nil),
                Experience(iteration: 2, action: .exploit(changes), performance: nil, reward: nil),
                Experience(iteration: 3, action: nil, performance: 0.8, reward: 0.1),
                Experience(iteration: 4, action: nil, performance: nil, reward: nil),
            ])
    }

    @Test("an open-ended observation has no skills")
    func openEnded() async throws {
        let state = try await FakeGym().api().observation(of: "S1")
        #expect(state.skills.isEmpty && state.examples.count == 10)
    }

    @Test(
        "amounts that no session can have are refused, so that sums of them cannot overflow",
        arguments: ["9223372036854775807", "-1", "\"many\""])
    func absurd(amount: String) async throws {
        let json =
            #"{"environment":"skill_tree","iteration":0,"skills":[{"name":"a","subskills":["#
            + #"{"name":"u","data_allocation":\#(amount)}]}]}"#
        await #expect(throws: GymAPIError.self) { try await observation(json) }
    }

    @Test("feedback tells rewards by skill and what the quality check found")
    func quality() async throws {
        let result = try await feedback(
            #"""
            {"iteration":1,"status":"succeeded","reward":0.1,
             "skill_rewards":[{"skill":"a","reward":0.25,"new":1},{"skill":"b","reward":null},{"skill":"c","reward":-1}],
             "quality":{"checked":10,"passed":7,"accuracy_before_training":0.2,"new":1,
                        "findings":[{"finding":"known","count":2,"new":1},{"finding":"unheard_of","count":1}]}}
            """#)
        #expect(
            result.skillRewards == [
                SkillReward(skill: "a", reward: 0.25), SkillReward(skill: "c", reward: -1),
            ])
        let quality = try #require(result.quality)
        #expect(quality.checked == 10 && quality.passed == 7 && quality.accuracyBeforeTraining == 0.2)
        #expect(quality.findings.map(\.finding) == ["known", "unheard_of"])
        #expect(quality.findings.map(\.count) == [2, 1])
    }

    @Test("feedback without skills or check has neither")
    func plainFeedback() async throws {
        let result = try await feedback(#"{"iteration":1,"status":"training","quality":null}"#)
        #expect(result.skillRewards.isEmpty && result.quality == nil)
    }
}
