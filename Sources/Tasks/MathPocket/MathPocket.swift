import Gym

/// `math-pocket`: short word problems that a tiny student with a calculator can learn from a hundred examples.
///
/// 14 skills with 3 subskills each, one to four steps. The response form follows the calculator annotations of GSM8K
/// (Cobbe et al. 2021).
public enum MathPocket {
    /// The task's name.
    public static let name = "math-pocket"

    /// All subskills, in the order of the skills.
    public static let subskills: [PocketSubskill] = catalogue.flatMap(\.subskills)

    /// The gold skills.
    public static let skills: [TaskSkill] = catalogue.map {
        TaskSkill(name: $0.name, summary: $0.summary, subskills: $0.subskills.map(\.name))
    }

    static let catalogue: [PocketSkill] =
        addingSkills + groupingSkills + percentSkills + equationSkills + movingSkills + comparingSkills

    /// Every word that an instruction can contain, sorted; digits and symbols are not among them.
    public static let lexicon: [String] = {
        var words: Set<String> = []
        for subskill in subskills {
            for wording in subskill.wordings {
                for word in wording.fixedText.utf8.split(whereSeparator: { !Ascii.isLetter($0) }) {
                    words.insert(String(decoding: word, as: UTF8.self))
                }
                for wordClass in wording.variables { words.formUnion(wordClass.entries.joined()) }
            }
        }
        return words.sorted()
    }()
}
