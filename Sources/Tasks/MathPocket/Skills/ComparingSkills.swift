import Gym

extension MathPocket {
    static let comparingSkills = [compare, gcd]

    private static let compare = PocketSkill(
        name: "compare", summary: "find the bigger one",
        keywords: "comparison comparing bigger larger maximum greater",
        subskills: [
            PocketSubskill(
                "compare", "sums", "the bigger of two sums", .pairs, steps: ["a+b", "c+d", "#1>#2"],
                wordings: [
                    "{name} has {a} {item} and {b} {item2}. {name2} has {c} {item} and {d} {item2}. "
                        + "how many things has the one with more?",
                    "team one has {a} and {b} points, team two has {c} and {d}. how many points has the winner?",
                    "which is bigger, {a} + {b} or {c} + {d}? give the bigger one.",
                    "{name} walks {a} km and {b} km, {name2} walks {c} km and {d} km. how many km is the longer way?",
                ]
            ) { random in
                while true {
                    let n = random.numbers(4, in: 2...60)
                    if n[0] + n[1] != n[2] + n[3] { return n }
                }
            },
            PocketSubskill(
                "compare", "products", "the bigger of two products", .pairs, steps: ["a*b", "c*d", "#1>#2"],
                wordings: [
                    "{a} {item} cost {b} dollars each and {c} {item2} cost {d} dollars each. what is the higher price?",
                    "{name} fills {a} {boxes} with {b} {item} each, {name2} fills {c} with {d} each. "
                        + "how many {item} has the one with more?",
                    "which is bigger, {a} * {b} or {c} * {d}? give the bigger one.",
                    "a {place} is {a} by {b} meters, a {place2} is {c} by {d} meters. what is the area of the bigger one?",
                ]
            ) { random in
                while true {
                    let n = random.numbers(4, in: 2...20)
                    if n[0] * n[1] != n[2] * n[3] { return n }
                }
            },
            PocketSubskill(
                "compare", "winner", "the bigger amount, which then grows", .within([0, 1]),
                steps: ["a>b", "#1+c"],
                wordings: [
                    "{name} has {a} {item} and {name2} has {b}. the one with more gets {c} more. "
                        + "how many {item} has the winner now?",
                    "team one has {a} points, team two has {b}. the winner gets {c} more. "
                        + "how many points has the winner now?",
                    "take the bigger of {a} and {b} and add {c}. what do you get?",
                    "{name} puts {c} {item} into the fuller of two {boxes} with {a} and {b} {item}. "
                        + "how many {item} are in it now?",
                ]
            ) { random in
                let pair = random.descendingPair(in: 2...99)
                return random.shuffled(pair) + [random.integer(in: 2...40)]
            },
        ])

    private static let gcd = PocketSkill(
        name: "gcd", summary: "greatest common divisors",
        keywords: "divisor factor euclid number theory common",
        subskills: [
            PocketSubskill(
                "gcd", "bundles", "the most equal bundles of two amounts, one bundle apart",
                steps: ["a-b", "b/#1"],
                wordings: [
                    "{a} {item} and {b} {item2} make as many equal {boxes} as possible. "
                        + "how many {item2} are in each {box}?",
                    "{name} fills the most equal {boxes} with {b} {item2} and {a} {item}. "
                        + "how many {item2} are in each {box}?",
                    "as many {people} as possible share {a} {item} and {b} {item2} equally. how many {item2} does each get?",
                    "divide {b} by the greatest common divisor of {a} and {b}. what do you get?",
                ]
            ) { random in
                while true {
                    let (divisor, parts) = (random.integer(in: 2...30), random.integer(in: 2...19))
                    if divisor * (parts + 1) <= 300 { return [divisor * (parts + 1), divisor * parts] }
                }
            },
            PocketSubskill(
                "gcd", "euclid", "one step of Euclid's algorithm with the quotient given",
                steps: ["b*c", "a-#1"],
                wordings: [
                    "{b} fits {c} times into {a} and the rest divides {b}. "
                        + "what is the greatest common divisor of {a} and {b}?",
                    "{name} cuts ropes of {a} and {b} meters into the longest equal parts. "
                        + "{b} fits {c} times into {a}. how long is each part?",
                    "{b} fits {c} times into {a}. what is the biggest number that divides {a} and {b}?",
                    "{a} {item} and {b} {item2} make as many equal {boxes} as possible. "
                        + "{b} fits {c} times into {a}. how many {boxes} is that?",
                ]
            ) { random in
                let (rest, parts) = (random.integer(in: 2...12), random.integer(in: 2...9))
                let quotient = random.integer(in: 2...6)
                return [rest * parts * quotient + rest, rest * parts, quotient]
            },
            PocketSubskill(
                "gcd", "squares", "how many of the biggest equal squares fill a rectangle", .within([0, 1]),
                steps: ["a/c", "b/c", "#1*#2"],
                wordings: [
                    "a floor of {a} by {b} meters gets the biggest square tiles that fit, {c} meters each. "
                        + "how many tiles is that?",
                    "{name} cuts a sheet of {a} by {b} into the biggest equal squares, each of side {c}. "
                        + "how many squares is that?",
                    "the biggest squares that fill a {place} of {a} by {b} meters are {c} meters wide. "
                        + "how many squares is that?",
                    "with tiles of side {c}, the biggest that fit, how many tiles fill a wall of {a} by {b}?",
                ]
            ) { random in
                while true {
                    let (side, n) = (random.integer(in: 2...12), random.numbers(2, in: 2...12))
                    if SeededGenerator.greatestCommonDivisor(n[0], n[1]) == 1 {
                        return [side * n[0], side * n[1], side]
                    }
                }
            },
        ])
}
