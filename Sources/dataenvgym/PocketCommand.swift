import ArgumentParser
import FoundationEssentials
import Hosting

/// `dataenvgym pocket`: the embedded student's own tools.
struct PocketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pocket", abstract: "Tools for the embedded student.",
        subcommands: [PretrainCommand.self])
}

/// `dataenvgym pocket pretrain`: makes the base checkpoint that the program carries.
struct PretrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretrain", abstract: "Makes the base checkpoint of the embedded student.",
        discussion: """
            The same build on the same kind of processor makes the same bytes. Without --out the files of the source tree are \
            replaced; a build afterwards embeds them.
            """)

    @Option(help: "The directory for base.safetensors and replay.jsonl.")
    var out = "Sources/CPocketBase"

    @Option(help: "A checkpoint that has had the warm-up already, to try other doses of skills quickly.")
    var warm: String?

    func run() async throws {
        let start = try warm.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
        let base = try await BaseRecipe.make(warm: start) { step in
            guard step.step % 100 == 0 || step.step == step.steps else { return }
            StandardError.write("step \(step.step) of \(step.steps), loss \(Percent.fixed(step.loss, 3))\n")
        }
        try base.write(to: out)
        print("\(out)/base.safetensors  \(base.checkpoint.count) bytes  sha256 \(try base.digest())")
        print("\(out)/replay.jsonl  \(base.replay.count) bytes")
    }
}
