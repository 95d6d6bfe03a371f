/// The skills found in a collection of instructions, as metacognitive skill labelling gives them (Didolkar
/// et al. 2024).
public struct DiscoveredSkills: Sendable, Equatable {
    /// A group of instructions that ask for the same skill.
    public struct Category: Sendable, Equatable {
        /// Unique among the categories; lower case ASCII letters and digits with underscores, as in
        /// `perimeter_meters_wide`.
        public let name: String
        /// Its most typical words, in one line.
        public let summary: String

        /// A category from its parts.
        public init(name: String, summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    /// The categories, largest first; none is empty. Empty only if there was no text.
    public let categories: [Category]
    /// The label of each text, in lower case with underscores; `other` where no word of the text says
    /// anything.
    public let labels: [String]
    /// The index in `categories` of each text's only category.
    public let assignment: [Int]
    /// How many texts had no known term and were therefore put into the largest category.
    public let repaired: Int

    private let terms: InstructionTerms
    private let space: LatentSpace
    private let centres: UnitRows

    init(
        categories: [Category], labels: [String], assignment: [Int], repaired: Int, terms: InstructionTerms,
        space: LatentSpace, centres: UnitRows
    ) {
        self.categories = categories
        self.labels = labels
        self.assignment = assignment
        self.repaired = repaired
        self.terms = terms
        self.space = space
        self.centres = centres
    }

    /// The category of a text, whether seen in discovery or not: the one with the nearest centre.
    ///
    /// - Returns: an index in `categories`; 0, the largest category, for a text without a known term (and if
    ///   there are no categories at all).
    public func category(of text: String) -> Int {
        let place = space.project(terms.vector(of: text))
        guard place.count == 1, !place.isZero(0) else { return 0 }
        return max(0, place.nearest(0, of: centres).centre)
    }
}
