import Gym

extension MathPocket {
    static let equationSkills = [linear, rect]

    private static let linear = PocketSkill(
        name: "linear", summary: "find an unknown number",
        keywords: "equation algebra unknown variable solve",
        subskills: [
            PocketSubskill(
                "linear", "plus", "a times x plus b is c", steps: ["c-b", "#1/a"],
                wordings: [
                    "{a} times a number plus {b} is {c}. what is the number?",
                    "{name} takes a cab for {b} dollars and {a} dollars per km and pays {c} dollars. "
                        + "how many km is the ride?",
                    "{name} pays {c} dollars for {a} {item} and a {good} of {b} dollars. what does each of the {item} cost?",
                    "solve {a} * x + {b} = {c}. what is x?",
                    "i take a number times {a}, add {b} and get {c}. what is my number?",
                ]
            ) { random in
                let (a, x, b) = (
                    random.integer(in: 2...12), random.integer(in: 2...20), random.integer(in: 2...40)
                )
                return [a, b, a * x + b]
            },
            PocketSubskill(
                "linear", "minus", "a times x minus b is c", steps: ["c+b", "#1/a"],
                wordings: [
                    "{a} times a number minus {b} is {c}. what is the number?",
                    "{a} {boxes} hold the same number of {item}. {name} takes {b} out and {c} are left. "
                        + "how many {item} were in each {box}?",
                    "solve {a} * x - {b} = {c}. what is x?",
                    "i take a number times {a}, take away {b} and get {c}. what is my number?",
                ]
            ) { random in
                let (a, x) = (random.integer(in: 2...12), random.integer(in: 3...20))
                let b = random.integer(in: 2...(a * x - 2))
                return [a, b, a * x - b]
            },
            PocketSubskill(
                "linear", "both", "a times x plus b is c times x plus d", steps: ["a-c", "d-b", "#2/#1"],
                wordings: [
                    "{a} times a number plus {b} is {c} times the number plus {d}. what is the number?",
                    "solve {a} * x + {b} = {c} * x + {d}. what is x?",
                    "{name} has {b} dollars and saves {a} a week. {name2} has {d} dollars and saves {c} a week. "
                        + "after how many weeks do they have the same?",
                    "one cab costs {b} dollars and {a} per km, the other {d} dollars and {c} per km. "
                        + "for how many km is the price the same?",
                ]
            ) { random in
                let (c, more) = (random.integer(in: 2...9), random.integer(in: 2...8))
                let (b, x) = (random.integer(in: 2...30), random.integer(in: 2...12))
                return [c + more, b, c, b + more * x]
            },
        ])

    private static let rect = PocketSkill(
        name: "rect", summary: "rectangles",
        keywords: "rectangle geometry shape area perimeter",
        subskills: [
            PocketSubskill(
                "rect", "area", "the area of a rectangle", .within([0, 1]), steps: ["a*b"],
                wordings: [
                    "a {place} is {a} meters long and {b} meters wide. what is its area?",
                    "what is the area of a {place} of {a} by {b} meters?",
                    "the sides of a rectangle are {b} and {a}. what is its area?",
                    "{name} paints a wall {a} meters wide and {b} meters high. how many square meters is that?",
                    "a {place} with {p} {item} is {a} meters long and {b} meters wide. what is its area?",
                ]
            ) { $0.descendingPair(in: 2...60) },
            PocketSubskill(
                "rect", "border", "the way around a rectangle", .within([0, 1]), steps: ["a+b", "#1*2"],
                wordings: [
                    "a {place} is {a} meters long and {b} meters wide. how long is the fence around it?",
                    "what is the perimeter of a {place} of {a} by {b} meters?",
                    "the sides of a rectangle are {a} and {b}. what is its perimeter?",
                    "{name} walks around a {place} of {a} by {b} meters. how many meters is that?",
                ]
            ) { $0.descendingPair(in: 2...60) },
            PocketSubskill(
                "rect", "hole", "the area of a rectangle without a part", .insidePairs,
                steps: ["a*b", "c*d", "#1-#2"],
                wordings: [
                    "a {place} of {a} by {b} meters has a pond of {c} by {d} meters. what is the area without the pond?",
                    "{name} paints a wall of {a} by {b} meters but not the door of {c} by {d} meters. "
                        + "how many square meters is that?",
                    "a rug of {c} by {d} meters lies in a {place} of {a} by {b} meters. what area is free?",
                    "a piece of {c} by {d} is cut from a sheet of {a} by {b}. what area is left?",
                ]
            ) { random in
                let (a, b) = (random.integer(in: 6...40), random.integer(in: 6...30))
                return [a, b, random.integer(in: 2...(a / 2)), random.integer(in: 2...(b / 2))]
            },
        ])
}
