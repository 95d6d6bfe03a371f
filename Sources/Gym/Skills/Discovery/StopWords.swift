/// English words that make poor names. Only names and labels leave them out: clustering needs no list.
enum StopWords {
    private static let words = Set(
        """
        a an the and or but of to in on at by for from with into as if so than then
        is are was were be been do does did has have had will would can could should
        it its he she him her his they them their you your i me my we us our one
        this that these those there here what which who whose how many much when where why now
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Whether a word, in lower case, is one.
    static func contains(_ word: String) -> Bool { words.contains(word) }
}
