extension PocketModel {
    static let format = "dataenvgym-pocket/1"

    /// The model as a safetensors file: the weights as F32, and in its metadata the sizes and the lexicon.
    ///
    /// The bytes depend on the model alone; any safetensors reader opens them.
    public func checkpoint() -> [UInt8] {
        let tensors = ParameterLayout(configuration).tensors.map { tensor in
            SafeTensors.Tensor(name: tensor.name, shape: tensor.shape, values: Array(weights[tensor.range]))
        }
        let metadata = [
            "format": Self.format,
            "width": String(configuration.width),
            "layers": String(configuration.layers),
            "heads": String(configuration.heads),
            "expansion": String(configuration.expansion),
            "lexicon": tokenizer.lexicon.joined(separator: " "),
        ]
        return SafeTensors(tensors: tensors, metadata: metadata).encoded()
    }

    /// Reads a model from a checkpoint's bytes.
    ///
    /// - Throws: `PocketError.invalidCheckpoint` for a damaged or foreign file, weights that are not finite
    ///   included; `.invalidConfiguration` and `.invalidLexicon` for sizes and words outside the limits.
    public init(checkpoint: [UInt8]) throws(PocketError) {
        let file = try SafeTensors(checkpoint)
        guard file.metadata["format"] == Self.format else {
            throw .invalidCheckpoint("the metadata's format is not \(Self.format)")
        }
        func number(_ key: String) throws(PocketError) -> Int {
            guard let text = file.metadata[key], text.utf8.count <= 9, let value = Int(text) else {
                throw .invalidCheckpoint("the metadata has no number \(key)")
            }
            return value
        }
        guard let lexicon = file.metadata["lexicon"] else {
            throw .invalidCheckpoint("the metadata has no lexicon")
        }
        let words = lexicon.split(separator: " ", maxSplits: Tokenizer.largestLexicon).map(String.init)
        let tokenizer = try Tokenizer(lexicon: words)
        let configuration = try PocketConfiguration(
            width: number("width"), layers: number("layers"), heads: number("heads"),
            expansion: number("expansion"), vocabulary: tokenizer.vocabulary)
        let weights = try Self.weights(of: file, ParameterLayout(configuration))
        self.init(configuration: configuration, tokenizer: tokenizer, weights: weights)
    }

    /// The tensors in the layout's order; a file may have them in any.
    private static func weights(of file: SafeTensors, _ layout: ParameterLayout) throws(PocketError)
        -> [Float]
    {
        var byName: [String: SafeTensors.Tensor] = [:]
        for tensor in file.tensors { byName[tensor.name] = tensor }
        guard byName.count == layout.tensors.count else {
            throw .invalidCheckpoint(
                "the file has \(byName.count) tensors; its sizes ask for \(layout.tensors.count)")
        }
        var weights: [Float] = []
        weights.reserveCapacity(layout.count)
        for wanted in layout.tensors {
            guard let found = byName[wanted.name], found.shape == wanted.shape else {
                throw .invalidCheckpoint("tensor \(wanted.name) is missing or has another shape")
            }
            guard found.values.allSatisfy(\.isFinite) else {
                throw .invalidCheckpoint("tensor \(wanted.name) holds weights that are not finite")
            }
            weights += found.values
        }
        return weights
    }
}
