import Gym
import Sessions
import Store

/// What a session came to, without times: two sessions that went alike have equal stories.
struct Story: Equatable {
    struct Chapter: Equatable {
        let number: Int
        let phase: IterationPhase
        let counts: [Int?]
        let loss: Double?
        let checkpoint: String?
        let validation: PerformanceReport?
        let test: PerformanceReport?
        let reward: Double?
        let skillRewards: [SkillReward]?
        let forest: SkillForest?
        let quality: QualityReport?
        let tokens: Int
        let data: [TrainingDatum]
    }

    let state: SessionState
    let chapters: [Chapter]
}

extension Sessions {
    /// The story of a session so far.
    func story(of id: String) async throws -> Story {
        var chapters: [Story.Chapter] = []
        for iteration in try await store.iterations(of: id) {
            chapters.append(
                Story.Chapter(
                    number: iteration.number, phase: iteration.phase,
                    counts: [iteration.received, iteration.accepted, iteration.accumulated],
                    loss: iteration.loss, checkpoint: iteration.checkpoint,
                    validation: iteration.validationReport, test: iteration.testReport,
                    reward: iteration.reward, skillRewards: iteration.skillRewards, forest: iteration.forest,
                    quality: iteration.quality, tokens: iteration.teacherTokens,
                    data: try await store.data(ofIteration: iteration.number, of: id).map(\.datum)))
        }
        return Story(state: try await store.session(id, owner: nil).state, chapters: chapters)
    }
}
