/// Discovers skills in instructions by clustering them, without a language model.
///
/// The three steps of metacognitive skill labelling (Didolkar et al. 2024) with plain means: every text gets
/// a label from its most telling words; spherical k-means over latent semantic vectors makes mutually
/// exclusive and collectively exhaustive categories; texts without a known term are put into the largest
/// one. The grouping needs no word list of any language: words that say nothing about the kind of problem
/// lose their weight by themselves (`TermRelevance`).
public struct InstructionClustering: Sendable {
    /// The most categories that can be asked for.
    public static let maximumCategories = 200
    /// The centres are found from so many texts at most, spread evenly; all texts are then assigned to them.
    private static let sampleLimit = 4000
    /// The dimensions of the latent space while the number of categories is not known.
    private static let openDimensions = 20

    /// How many categories to make; `nil` to choose 2 to 40 by the elbow of the cohesion curve.
    public let categories: Int?
    /// The only source of randomness.
    public let seed: UInt64

    /// A discovery with its settings.
    ///
    /// - Parameters:
    ///   - categories: how many to make, 1 to `maximumCategories` (other numbers are brought into that
    ///     range); `nil` to choose 2 to 40. There are fewer where there are fewer different texts.
    ///   - seed: the same texts and seed give the same skills.
    public init(categories: Int?, seed: UInt64) {
        self.categories = categories.map { min(max($0, 1), Self.maximumCategories) }
        self.seed = seed
    }

    /// Discovers the skills of a collection.
    ///
    /// Of each text the first 256 words are read. Made for up to 20,000 texts.
    ///
    /// - Parameter texts: the instructions.
    /// - Returns: the skills; with no categories only if there is no text.
    public func discover(_ texts: [String]) -> DiscoveredSkills {
        var generator = SeededGenerator(seed: seed, purpose: "skill-discovery")
        let (terms, vectors) = InstructionTerms.learn(texts)
        let dimensions = categories.map { min(48, max(8, $0 + 2)) } ?? Self.openDimensions
        let space = LatentSpace(
            vectors, termCount: terms.count, dimensions: dimensions, generator: &generator)
        let places = space.project(vectors)
        let known = (0..<texts.count).filter { !places.isZero($0) }
        let centres = centres(places, known, &generator)
        let grouping = Self.largestFirst(places, known, centres)
        let names = CategoryNames(terms, vectors)
        let count = texts.isEmpty ? 0 : max(1, grouping.centres.count)
        return DiscoveredSkills(
            categories: names.categories(assignment: grouping.assignment, count: count),
            labels: texts.indices.map { names.label($0) }, assignment: grouping.assignment,
            repaired: texts.count - known.count, terms: terms, space: space, centres: grouping.centres)
    }

    private func centres(
        _ places: UnitRows, _ known: [Int], _ generator: inout SeededGenerator
    ) -> UnitRows {
        var sample = UnitRows(dimensions: places.dimensions)
        let step = max(1, (known.count + Self.sampleLimit - 1) / Self.sampleLimit)
        for index in stride(from: 0, to: known.count, by: step) { sample.append(places[known[index]]) }
        let count = categories ?? CategoryCount.choose(sample, generator: &generator)
        // Many categories are slow to make, and starts differ less in them.
        let means = SphericalKMeans(restarts: count > 50 ? 3 : 12, rounds: 40)
        return means.group(sample, into: min(count, sample.count), generator: &generator).centres
    }

    /// Assigns all texts to their nearest centre, those without a place to the largest category, and orders
    /// the centres by size.
    private static func largestFirst(
        _ places: UnitRows, _ known: [Int], _ centres: UnitRows
    ) -> (assignment: [Int], centres: UnitRows) {
        var nearest = [Int](repeating: -1, count: places.count)
        var sizes = [Int](repeating: 0, count: centres.count)
        for row in known {
            nearest[row] = places.nearest(row, of: centres).centre
            sizes[nearest[row]] += 1
        }
        let order = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        var rank = [Int](repeating: 0, count: centres.count)
        for (index, centre) in order.enumerated() { rank[centre] = index }
        return (nearest.map { $0 < 0 ? 0 : rank[$0] }, centres.picking(order))
    }
}
