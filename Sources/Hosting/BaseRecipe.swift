import FoundationEssentials
import Gym
import PocketStudent
import Store
import Tasks

/// How the base checkpoint of the embedded student is made: from the words of `math-pocket` and a small, unequal dose of some of its
/// skills, so that it starts with something to lose and much to learn.
public enum BaseRecipe {
    /// A base: the two files that the program embeds.
    public struct Base: Sendable {
        /// The weights, a safetensors file.
        public let checkpoint: [UInt8]
        /// Rows that later training mixes in, JSON lines.
        public let replay: [UInt8]

        /// The SHA-256 of the checkpoint, in hexadecimal.
        public func digest() throws -> String {
            try SHA256.hexadecimal(checkpoint)
        }

        /// Writes `base.safetensors` and `replay.jsonl` into a directory.
        public func write(to directory: String) throws {
            try Data(checkpoint).write(to: URL(filePath: directory + "/base.safetensors"), options: .atomic)
            try Data(replay).write(to: URL(filePath: directory + "/replay.jsonl"), options: .atomic)
        }
    }

    /// The seed of everything random in it.
    static let seed: UInt64 = 1

    /// How many rows of each skill the dose has; skills that are not named have none.
    static let dose: [String: Int] = ["total": 120, "left": 120, "rect": 120, "groups": 120]

    /// Makes the base; takes some minutes.
    ///
    /// - Parameters:
    ///   - warm: a checkpoint that has had the warm-up already, to try doses without repeating it.
    ///   - progress: called after every step.
    public static func make(
        warm: [UInt8]? = nil, progress: @escaping @Sendable (PocketProgress) -> Void
    ) async throws -> Base {
        let outcome = try await PocketEngine.pretrain(
            tokenizer: try Tokenizer(lexicon: MathPocket.lexicon), skillRows: skillRows(),
            warm: try warm.map { try PocketModel(checkpoint: $0) }, seed: seed,
            pool: ComputePool(niceness: 0), progress: progress)
        return Base(checkpoint: outcome.model.checkpoint(), replay: ReplayFile.encode(outcome.replay))
    }

    /// The dose: problems of the train class only, so that validation and test stay unseen.
    private static func skillRows() -> [PocketRow] {
        MathPocket.subskills.flatMap { subskill in
            var random = SeededGenerator(seed: seed, purpose: "base \(subskill.skill) \(subskill.name)")
            return (0..<(dose[subskill.skill] ?? 0)).map { index in
                let problem = subskill.problem(for: .train, wording: index, using: &random)
                return PocketRow(prompt: problem.instruction, response: problem.response)
            }
        }
    }
}
