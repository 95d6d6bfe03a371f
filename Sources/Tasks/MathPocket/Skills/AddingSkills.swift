import Gym

extension MathPocket {
    static let addingSkills = [total, left]

    private static let total = PocketSkill(
        name: "total", summary: "add amounts together",
        keywords: "addition adding sum plus altogether",
        subskills: [
            PocketSubskill(
                "total", "two", "the sum of two amounts", .within([0, 1]), steps: ["a+b"],
                wordings: [
                    "{name} has {a} {item} and {name2} has {b} {item}. how many {item} do they have in all?",
                    "{name} has {a} {item} and [gets|buys|finds] {b} more. how many {item} does {name} have now?",
                    "there are {a} {color} {item} and {b} {color2} {item} in a {box}. how many {item} in all?",
                    "what is {a} plus {b}?",
                    "{name} counts {a} {item} on {day} and {b} on {day2}. what is the total?",
                    "add {b} {item} to {a} {item}. how many {item} is that?",
                ]
            ) { $0.numbers(2, in: 2...99) },
            PocketSubskill(
                "total", "three", "the sum of three amounts", .within([0, 1, 2]), steps: ["a+b", "#1+c"],
                wordings: [
                    "{name} has {a} {item}, {name2} has {b} and {name3} has {c}. how many {item} do they have in all?",
                    "there are {a} {color}, {b} {color2} and {c} {color3} {item} in a {box}. how many {item} in all?",
                    "{name} [finds|buys] {a} {item} on {day}, {b} on {day2} and {c} on {day3}. what is the total?",
                    "what is {a} plus {b} plus {c}?",
                    "{name} has {a} {item} and gets {b} from {name2} and {c} from {name3}. "
                        + "how many {item} does {name} have now?",
                ]
            ) { $0.numbers(3, in: 2...60) },
            PocketSubskill(
                "total", "extras", "the sum of two amounts beside a number that does not matter",
                .within([0, 1]), steps: ["a+b"],
                wordings: [
                    "{name} has {a} {item} and {p} {item2}. {name2} has {b} {item}. "
                        + "how many {item} do they have in all?",
                    "{name} is {p} years old and has {a} {item}. {name2} has {b} {item}. "
                        + "how many {item} do they have in all?",
                    "there are {p} {item2}, {a} {color} {item} and {b} {color2} {item} in a {box}. "
                        + "how many {item} in all?",
                    "{name} finds {a} {item} on {day}, {p} {item2} on {day2} and {b} {item} on {day3}. "
                        + "how many {item} is that?",
                    "a {good} costs {p} dollars. {name} has {a} {item} and gets {b} more. "
                        + "how many {item} does {name} have now?",
                ]
            ) { $0.numbers(2, in: 2...99) },
        ])

    private static let left = PocketSkill(
        name: "left", summary: "take amounts away",
        keywords: "subtraction subtracting difference minus",
        subskills: [
            PocketSubskill(
                "left", "once", "what stays after one amount is taken away", steps: ["a-b"],
                wordings: [
                    "{name} has {a} {item} and [loses|sells|breaks] {b}. how many {item} are left?",
                    "there are {a} {item} in a {box}. {name} takes {b} out. how many {item} are left?",
                    "{name} had {a} {item} and gave {b} to {name2}. how many {item} does {name} still have?",
                    "what is {a} minus {b}?",
                    "{name} gives {name2} {b} of {a} {item}. how many {item} are left?",
                    "{b} of the {a} {item} in a {box} are {color}. how many {item} are not {color}?",
                    "{name} has {a} {item} and {p} {item2} and loses {b} {item}. how many {item} are left?",
                ]
            ) { random in
                let a = random.integer(in: 8...99)
                return [a, random.integer(in: 2...(a - 2))]
            },
            PocketSubskill(
                "left", "twice", "what stays after two amounts are taken away", .within([1, 2]),
                steps: ["a-b", "#1-c"],
                wordings: [
                    "{name} has {a} {item}, loses {b} and sells {c}. how many {item} are left?",
                    "there are {a} {item} in a {box}. {name} takes {b} and {name2} takes {c}. "
                        + "how many {item} are left?",
                    "{name} had {a} {item}, gave {b} to {name2} and {c} to {name3}. "
                        + "how many {item} does {name} still have?",
                    "{name} takes {b} and {name2} takes {c} of {a} {item}. how many {item} are left?",
                    "what is {a} minus {b} minus {c}?",
                ]
            ) { random in
                let taken = random.numbers(2, in: 2...30)
                return [taken[0] + taken[1] + random.integer(in: 2...39)] + taken
            },
            PocketSubskill(
                "left", "swap", "what is there after a loss and a gain, told in either order",
                steps: ["a-b", "#1+c"],
                wordings: [
                    "{name} has {a} {item}, gives {b} to {name2} and gets {c} from {name3}. "
                        + "how many {item} does {name} have now?",
                    "there are {a} people on a bus. {b} get off and {c} get on. how many people are on the bus now?",
                    "there are {a} people on a bus. {c} get on and {b} get off. how many people are on the bus now?",
                    "{name} has {a} {item}, buys {c} more and then loses {b}. how many {item} does {name} have now?",
                    "what is {a} minus {b} plus {c}?",
                ]
            ) { random in
                let a = random.integer(in: 12...90)
                let b = random.integer(in: 2...(a - 2))
                var c = random.integer(in: 2...40)
                while c == b { c = random.integer(in: 2...40) }
                return [a, b, c]
            },
        ])
}
