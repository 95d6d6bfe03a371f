/// The kinds of word that a wording leaves open, each with its closed list.
///
/// A word has one or more forms: `{box}` and `{boxes}` in a wording are the two forms of the same pick.
enum WordClass: String, Sendable, CaseIterable {
    case name, item, box, color, day, people, good, place, vehicle

    /// The entries; each entry lists its forms.
    var entries: [[String]] {
        switch self {
        case .name: Self.names
        case .item: Self.items
        case .box: Self.boxes
        case .color: Self.colors
        case .day: Self.days
        case .people: Self.groups
        case .good: Self.goods
        case .place: Self.places
        case .vehicle: Self.vehicles
        }
    }

    /// The class and form that a slot's name (without its number) stands for.
    static func slot(named name: String) -> (wordClass: WordClass, form: Int)? {
        if name == "boxes" { return (.box, 1) }
        return WordClass(rawValue: name).map { ($0, 0) }
    }

    private static func single(_ words: String) -> [[String]] {
        words.split(separator: " ").map { [String($0)] }
    }

    private static let names = single("ana ben eva ida jon kim lea leo max mia noa ole pia sam tom zoe")
    private static let items = single(
        "apples balls beads books cards coins cups eggs keys nuts pens plums shells stamps stones toys")
    private static let boxes = [
        ["bag", "bags"], ["basket", "baskets"], ["bowl", "bowls"], ["box", "boxes"], ["jar", "jars"],
        ["sack", "sacks"], ["tray", "trays"],
    ]
    private static let colors = single("black blue green pink red white")
    private static let days = single("monday tuesday friday sunday")
    private static let groups = single("friends kids players pupils")
    private static let goods = single("chair clock coat hat lamp radio tent watch")
    private static let places = single("field garden hall park room yard")
    private static let vehicles = single("bike boat bus car train truck")
}
