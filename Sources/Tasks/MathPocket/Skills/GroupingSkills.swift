import Gym

extension MathPocket {
    static let groupingSkills = [groups, share, remain]

    private static let groups = PocketSkill(
        name: "groups", summary: "groups of equal size",
        keywords: "multiplication multiplying product times",
        subskills: [
            PocketSubskill(
                "groups", "each", "how many there are in groups of equal size", .within([0, 1]),
                steps: ["a*b"],
                wordings: [
                    "{a} {boxes} hold {b} {item} each. how many {item} in all?",
                    "there are {a} {item} in each {box}. how many {item} are in {b} {boxes}?",
                    "{name} buys {a} packs of {b} {item}. how many {item} does {name} have now?",
                    "what is {a} times {b}?",
                    "{name} reads {a} pages a day. how many pages is that in {b} days?",
                    "{name} is {p} years old and has {a} {boxes} with {b} {item} each. how many {item} does {name} have?",
                ]
            ) { $0.numbers(2, in: 2...40) },
            PocketSubskill(
                "groups", "loose", "groups of equal size and some more", .within([0, 1]),
                steps: ["a*b", "#1+c"],
                wordings: [
                    "{a} {boxes} hold {b} {item} each and {c} {item} are loose. how many {item} in all?",
                    "{name} has {c} {item} and buys {a} packs of {b}. how many {item} does {name} have now?",
                    "there are {a} rows of {b} {item} and {c} more on the floor. how many {item} in all?",
                    "a {box} holds {a} {item}. {name} has {b} full {boxes} and {c} more {item}. "
                        + "how many {item} does {name} have?",
                    "what is {a} times {b} plus {c}?",
                ]
            ) { $0.numbers(2, in: 2...20) + [$0.integer(in: 2...40)] },
            PocketSubskill(
                "groups", "kinds", "two kinds of groups", .pairs, steps: ["a*b", "c*d", "#1+#2"],
                wordings: [
                    "{a} {boxes} hold {b} {item} each and {c} {boxes2} hold {d} each. how many {item} in all?",
                    "{name} buys {a} {item} at {b} dollars each and {c} {item2} at {d} dollars each. "
                        + "what does {name} pay?",
                    "there are {a} cars with {b} people each and {c} boats with {d} people each. "
                        + "how many people in all?",
                    "{name} works {a} days for {b} hours and {c} days for {d} hours. how many hours in all?",
                    "what is {a} times {b} plus {c} times {d}?",
                ]
            ) { $0.numbers(4, in: 2...15) },
        ])

    private static let share = PocketSkill(
        name: "share", summary: "share equally",
        keywords: "division dividing quotient fair sharing",
        subskills: [
            PocketSubskill(
                "share", "equal", "each one's part of an amount", steps: ["a/b"],
                wordings: [
                    "{b} {people} share {a} {item}. how many {item} does each get?",
                    "{a} {item} are shared by {b} {people}. how many {item} does each get?",
                    "{name} puts {a} {item} into {b} {boxes}, the same in each. how many {item} are in each {box}?",
                    "what is {a} divided by {b}?",
                    "{name} packs {a} {item} in {boxes} of {b}. how many {boxes} is that?",
                    "{name} pays {a} dollars for {b} {item}. what does each cost?",
                    "{name} has {p} {item2} and {a} {item}. {b} {people} share the {item}. how many {item} does each get?",
                ]
            ) { random in
                let b = random.integer(in: 2...20)
                return [b * random.integer(in: 2...30), b]
            },
            PocketSubskill(
                "share", "pool", "each one's part of two amounts together", .within([0, 1]),
                steps: ["a+b", "#1/c"],
                wordings: [
                    "{name} has {a} {item} and {name2} has {b}. {c} {people} share them all. "
                        + "how many {item} does each get?",
                    "{c} {people} share {a} {color} and {b} {color2} {item}. how many {item} does each get?",
                    "{name} puts {a} {item} and {b} {item2} into {c} {boxes}, the same in each. "
                        + "how many things are in each {box}?",
                    "{name} finds {a} {item} on {day} and {b} on {day2} and puts them into {c} {boxes}. "
                        + "how many {item} are in each {box}?",
                    "add {a} and {b} and divide by {c}. what do you get?",
                ]
            ) { random in
                let c = random.integer(in: 2...12)
                let sum = c * random.integer(in: 3...16)
                let a = random.integer(in: 2...(sum - 2))
                return [a, sum - a, c]
            },
            PocketSubskill(
                "share", "rest", "each one's part of what is left", steps: ["a-b", "#1/c"],
                wordings: [
                    "{name} has {a} {item} and keeps {b}. {c} {people} share the rest. how many {item} does each get?",
                    "{b} of {a} {item} are broken. {name} puts the others into {c} {boxes}. "
                        + "how many {item} are in each {box}?",
                    "{name} takes {b} of {a} {item} and {c} {people} share the rest. "
                        + "how many {item} does each get?",
                    "{c} {people} share {a} {item}, but {b} {item} are lost first. how many {item} does each get?",
                    "take {b} from {a} and divide by {c}. what do you get?",
                ]
            ) { random in
                let c = random.integer(in: 2...12)
                let b = random.integer(in: 2...40)
                return [b + c * random.integer(in: 2...12), b, c]
            },
        ])

    private static let remain = PocketSkill(
        name: "remain", summary: "what remains after groups are taken away",
        keywords: "remainder leftover change money shopping spending",
        subskills: [
            PocketSubskill(
                "remain", "over", "what is left over when groups are full", .within([1, 2]),
                steps: ["b*c", "a-#1"],
                wordings: [
                    "{name} has {a} {item} and fills {b} {boxes} with {c} each. how many {item} are left over?",
                    "{b} {boxes} of {c} {item} are filled from {a}. how many {item} are left over?",
                    "{name} has {a} {item}. {b} {people} get {c} each. how many {item} are left over?",
                    "{b} {people} get {c} of {a} {item} each. how many {item} are left over?",
                    "what is {a} minus {b} times {c}?",
                ]
            ) { random in
                let groups = random.numbers(2, in: 2...15)
                return [groups[0] * groups[1] + random.integer(in: 2...20)] + groups
            },
            PocketSubskill(
                "remain", "change", "the change of a sum of money", .within([1, 2]), steps: ["b*c", "a-#1"],
                wordings: [
                    "{name} has {a} dollars and buys {b} {item} for {c} dollars each. how many dollars remain?",
                    "{b} {item} cost {c} dollars each. {name} pays with {a} dollars. how much change does {name} get?",
                    "{name} has {a} dollars and {p} {item2}. {name} buys {b} {item} for {c} dollars each. "
                        + "how many dollars remain?",
                    "at {b} dollars each {name} buys {c} {item} and pays with {a} dollars. how much change is that?",
                ]
            ) { random in
                let groups = random.numbers(2, in: 2...15)
                return [groups[0] * groups[1] + random.integer(in: 2...40)] + groups
            },
            PocketSubskill(
                "remain", "both", "what remains after groups and one more thing", .within([1, 2]),
                steps: ["b*c", "a-#1", "#2-d"],
                wordings: [
                    "{name} has {a} dollars, buys {b} {item} for {c} dollars each and a {good} for {d} dollars. "
                        + "how many dollars remain?",
                    "{name} buys a {good} for {d} dollars and {b} {item} for {c} dollars each. "
                        + "how much of {a} dollars remains?",
                    "{name} has {a} {item}, fills {b} {boxes} with {c} each and loses {d}. "
                        + "how many {item} are left over?",
                    "{name} has {a} {item}. {b} {people} get {c} each and {name2} gets {d}. "
                        + "how many {item} are left over?",
                    "what is {a} minus {b} times {c} minus {d}?",
                ]
            ) { random in
                let groups = random.numbers(2, in: 2...12)
                let d = random.integer(in: 2...30)
                return [groups[0] * groups[1] + d + random.integer(in: 2...30)] + groups + [d]
            },
        ])
}
