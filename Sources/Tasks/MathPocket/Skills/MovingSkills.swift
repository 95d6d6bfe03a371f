import Gym

extension MathPocket {
    static let movingSkills = [average, sequence, travel]

    private static let average = PocketSkill(
        name: "average", summary: "averages",
        keywords: "mean averages statistics",
        subskills: [
            PocketSubskill(
                "average", "two", "the average of two numbers", .within([0, 1]), steps: ["a+b", "#1/2"],
                wordings: [
                    "what is the average of {a} and {b}?",
                    "{name} has {a} points and {name2} has {b}. what is the average?",
                    "it is {a} degrees on {day} and {b} on {day2}. what is the mean?",
                    "what number is halfway between {a} and {b}?",
                    "{name} is {p} years old and runs {a} km on {day} and {b} on {day2}. what is the average?",
                ]
            ) { $0.descendingPair(in: 2...99) },
            PocketSubskill(
                "average", "three", "the average of three numbers", .within([0, 1, 2]),
                steps: ["a+b", "#1+c", "#2/3"],
                wordings: [
                    "what is the average of {a}, {b} and {c}?",
                    "{name} has {a} points, {name2} has {b} and {name3} has {c}. what is the average?",
                    "it is {a} degrees on {day}, {b} on {day2} and {c} on {day3}. what is the mean?",
                    "{name} runs {a}, {b} and {c} km in three days. what is the average?",
                ]
            ) { random in
                let pair = random.numbers(2, in: 2...60)
                let third = random.integer(in: 1...20) * 3 - (pair[0] + pair[1]) % 3
                return pair + [third < 2 ? third + 3 : third]
            },
            PocketSubskill(
                "average", "missing", "the number that gives three numbers their average", .within([1, 2]),
                steps: ["a*3", "#1-b", "#2-c"],
                wordings: [
                    "the average of three numbers is {a}. two of them are {b} and {c}. what is the third?",
                    "{name} has {b} and {c} points. what does {name} need in the third game for an average of {a}?",
                    "{b}, {c} and a third number have the mean {a}. what is the third number?",
                    "{name} runs {b} km on {day} and {c} on {day2}. "
                        + "how many km on {day3} give a mean of {a} for the three days?",
                ]
            ) { random in
                let pair = random.numbers(2, in: 2...60)
                let rest = random.integer(in: 1...20) * 3 - (pair[0] + pair[1]) % 3
                return [(pair[0] + pair[1] + rest) / 3] + pair
            },
        ])

    private static let sequence = PocketSkill(
        name: "sequence", summary: "rows of numbers",
        keywords: "pattern progression series arithmetic row",
        subskills: [
            PocketSubskill(
                "sequence", "next", "the next number of a row with equal steps", steps: ["b-a", "d+#1"],
                wordings: [
                    "what comes next: {a}, {b}, {c}, {d}?",
                    "{a}, {b}, {c}, {d} and so on. what is the next number?",
                    "{name} saves {a}, {b}, {c} and {d} dollars in four weeks. what comes next?",
                    "the row {a}, {b}, {c}, {d} goes on. what is the fifth number?",
                ]
            ) { random in
                let (start, step) = (random.integer(in: 2...40), random.integer(in: 2...20))
                return (0..<4).map { start + $0 * step }
            },
            PocketSubskill(
                "sequence", "term", "a later number of a row with equal steps",
                steps: ["c-1", "#1*b", "#2+a"],
                wordings: [
                    "a row starts at {a} and grows by {b} each time. what is number {c} in the row?",
                    "the first row has {a} seats, each row has {b} more than the last. how many seats are in row {c}?",
                    "{name} has {a} {item} on day one and gets {b} more each day. how many {item} are there on day {c}?",
                    "the first number is {a} and the step is {b}. what is number {c}?",
                ]
            ) { [$0.integer(in: 2...40), $0.integer(in: 2...12), $0.integer(in: 4...20)] },
            PocketSubskill(
                "sequence", "chain", "a row in which each number is the sum of the last two",
                steps: ["a+b", "b+#1"],
                wordings: [
                    "each number is the sum of the last two. the row starts {a}, {b}. what is the fourth number?",
                    "a row starts {a}, {b} and each number is the sum of the last two. what is the fourth number?",
                    "{name} writes {a} and {b} and then adds the last two each time. what is the fourth number?",
                    "{a}, {b} and then always the sum of the last two. what is the fourth number?",
                ]
            ) { $0.numbers(2, in: 2...50) },
        ])

    private static let travel = PocketSkill(
        name: "travel", summary: "distance, time and speed",
        keywords: "speed distance time trip journey driving",
        subskills: [
            PocketSubskill(
                "travel", "distance", "how far at a speed in a time", steps: ["a*b"],
                wordings: [
                    "a {vehicle} goes {b} km per hour. how many km does it go in {a} hours?",
                    "{name} drives for {a} hours at {b} km per hour. how many km is that?",
                    "how far does a {vehicle} go in {a} hours at {b} km per hour?",
                    "{name} rides {b} km every day. how many km is that in {a} days?",
                    "a {vehicle} with {p} people goes {b} km per hour. how many km does it go in {a} hours?",
                ]
            ) { [$0.integer(in: 2...15), $0.integer(in: 5...99)] },
            PocketSubskill(
                "travel", "rest", "how long a way takes with a rest", steps: ["a/b", "#1+c"],
                wordings: [
                    "{name} drives {a} km at {b} km per hour and rests {c} hours. how many hours is the trip?",
                    "a {vehicle} stops for {c} hours on a trip of {a} km at {b} km per hour. how many hours is the trip?",
                    "at {b} km per hour a {vehicle} goes {a} km and then waits {c} hours. how many hours is that?",
                    "{name} waits {c} hours and then goes {a} km at {b} km per hour. how many hours is that?",
                ]
            ) { random in
                let speed = random.integer(in: 5...60)
                return [speed * random.integer(in: 2...12), speed, random.integer(in: 2...12)]
            },
            PocketSubskill(
                "travel", "speed", "the average speed of a way in two parts", .insidePairs,
                steps: ["a+b", "c+d", "#1/#2"],
                wordings: [
                    "a {vehicle} goes {a} km in {c} hours and then {b} km in {d} hours. what is its average speed?",
                    "{name} drives {a} km and {b} km in {c} hours and {d} hours. what is the average speed?",
                    "{name} rides {a} km in {c} hours on {day} and {b} km in {d} hours on {day2}. "
                        + "what is the average speed?",
                    "in {c} hours and then {d} hours a {vehicle} goes {a} km and {b} km. what is its average speed?",
                ]
            ) { random in
                let (c, d) = (random.integer(in: 2...7), random.integer(in: 2...7))
                let way = (c + d) * random.integer(in: 5...40)
                let first = random.integer(in: 5...(way - 5))
                return [first, way - first, c, d]
            },
        ])
}
