/// A prompt and the response that the student should give to it.
public struct PocketRow: Sendable, Equatable {
    /// What the student is asked.
    public var prompt: String
    /// What it should write; calculations as `<<expression=value>>`.
    public var response: String

    /// A row.
    public init(prompt: String, response: String) {
        self.prompt = prompt
        self.response = response
    }
}

/// How a job trains. The defaults are those of an iteration with about a hundred data.
public struct PocketTrainingSettings: Sendable, Equatable {
    /// Optimiser steps, 1 to 1,000,000.
    public var steps = 60
    /// Rows a step, 1 to 1,024.
    public var batch = 32
    /// The highest learning rate, above 0 and at most 1.
    public var learningRate = 1.5e-3
    /// Steps over which the rate rises from 0.
    public var warmup = 20
    /// The rate at the end of the cosine, as a part of the highest, 0 to 1.
    public var floor = 0.05
    /// AdamW's weight decay, on matrices only, 0 to 1.
    public var weightDecay = 0.05
    /// The gradient's norm is cut to this, above 0.
    public var gradientNorm = 1.0
    /// The part of a batch that comes from the replay rows, 0 to 1.
    public var replayShare = 0.25
    /// The most tokens of a row, prompt and response and three marks, 16 to 4,096.
    public var context = 96
    /// Parts that a batch is cut into, 1 to 64. Fixed by this setting and not by the machine, so that any
    /// number of threads adds the same numbers in the same order.
    public var shards = 4
    /// Tokens that go through the network together; bounds the memory of a thread. A longer row goes alone.
    public var chunkTokens = 512

    /// The defaults.
    public init() {}

    /// Checks the ranges.
    ///
    /// - Throws: `PocketError.invalidSettings` with the setting's name.
    func validate() throws(PocketError) {
        func require(_ condition: Bool, _ rule: String) throws(PocketError) {
            if !condition { throw .invalidSettings(rule) }
        }
        try require((1...1_000_000).contains(steps), "steps must be 1 to 1000000")
        try require((1...1_024).contains(batch), "batch must be 1 to 1024")
        try require(learningRate > 0 && learningRate <= 1, "learningRate must be above 0 and at most 1")
        try require(warmup >= 0, "warmup must not be negative")
        try require((0...1).contains(floor), "floor must be 0 to 1")
        try require((0...1).contains(weightDecay), "weightDecay must be 0 to 1")
        try require(gradientNorm > 0, "gradientNorm must be above 0")
        try require((0...1).contains(replayShare), "replayShare must be 0 to 1")
        try require((16...4_096).contains(context), "context must be 16 to 4096")
        try require((1...64).contains(shards), "shards must be 1 to 64")
        try require((16...65_536).contains(chunkTokens), "chunkTokens must be 16 to 65536")
    }
}

/// How far a training job is.
public struct PocketProgress: Sendable, Equatable {
    /// Steps done.
    public let step: Int
    /// Steps in all.
    public let steps: Int
    /// The mean loss of a counted token in this step, in nats.
    public let loss: Double
    /// Tokens trained on so far, prompts included.
    public let tokens: Int
}

/// What a training job made.
public struct PocketTrainingOutcome: Sendable {
    /// The trained model.
    public let model: PocketModel
    /// Steps done.
    public let steps: Int
    /// The mean loss over the last ten steps, in nats.
    public let finalLoss: Double
    /// Tokens trained on, prompts included.
    public let tokens: Int
    /// Rows left out because the response alone does not fit the context, or is empty after the cut.
    public let skippedRows: Int
    /// Rows whose prompt lost its beginning to fit the context.
    public let cutRows: Int
}
