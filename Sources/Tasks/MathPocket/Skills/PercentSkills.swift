import Gym

extension MathPocket {
    static let percentSkills = [percent, discount]

    private static let percent = PocketSkill(
        name: "percent", summary: "percentages",
        keywords: "percentage percentages ratio",
        subskills: [
            PocketSubskill(
                "percent", "of", "a percentage of an amount", steps: ["a*b", "#1/100"],
                wordings: [
                    "what is {a}% of {b}?",
                    "{a}% of the {b} {item} in a {box} are {color}. how many {item} are {color}?",
                    "{name} has {b} {item} and sells {a}% of them. how many {item} does {name} sell?",
                    "a school has {b} pupils. {a} percent of them play ball. how many pupils play ball?",
                    "find {a} percent of {b}.",
                    "{name} has {p} {item2} and {b} {item} and sells {a}% of the {item}. how many {item} does {name} sell?",
                ]
            ) { random in
                let (percent, base) = random.percentage(of: 4...400)
                return [percent, base]
            },
            PocketSubskill(
                "percent", "part", "what percentage one amount is of another", steps: ["a*100", "#1/b"],
                wordings: [
                    "what percent of {b} is {a}?",
                    "{a} of {b} {item} are {color}. what percent of the {item} is {color}?",
                    "{name} has {b} {item} and sells {a}. what percent does {name} sell?",
                    "{name} has {a} right answers to {b} questions. what percent is right?",
                    "{a} is what percent of {b}?",
                ]
            ) { random in
                // b shares a factor with 100, so that some whole percentages of it are whole numbers.
                var b = random.integer(in: 4...200)
                while SeededGenerator.greatestCommonDivisor(b, 100) < 4 { b = random.integer(in: 4...200) }
                let unit = b / SeededGenerator.greatestCommonDivisor(b, 100)
                return [unit * random.integer(in: (unit == 1 ? 2 : 1)...(b / unit - 1)), b]
            },
            PocketSubskill(
                "percent", "rise", "an amount that grows by a percentage", steps: ["a*b", "#1/100", "b+#2"],
                wordings: [
                    "{name} has {b} {item} and gets {a}% more. how many {item} does {name} have now?",
                    "the price of a {good} is {b} dollars. it goes up by {a}%. what is the new price?",
                    "a town of {b} people grows by {a} percent. how many people live there now?",
                    "what is {b} plus {a}% of it?",
                ]
            ) { random in
                let (percent, base) = random.percentage(of: 4...300)
                return [percent, base]
            },
        ])

    private static let discount = PocketSkill(
        name: "discount", summary: "prices with a discount",
        keywords: "sale prices reduction shopping",
        subskills: [
            PocketSubskill(
                "discount", "price", "the price after a discount", steps: ["a*b", "#1/100", "b-#2"],
                wordings: [
                    "a {good} costs {b} dollars. it is {a}% off. what is the new price?",
                    "{name} buys a {good} of {b} dollars with {a}% off. what does {name} pay?",
                    "with a discount of {a}%, what does a {good} of {b} dollars cost?",
                    "the price of a {good} is {b} dollars. the sale takes {a} percent off. what is the new price?",
                ]
            ) { random in
                let (percent, base) = random.percentage(of: 10...150, parts: 10)
                return [percent, base]
            },
            PocketSubskill(
                "discount", "coupon", "the price after a discount and a coupon",
                steps: ["a*b", "#1/100", "b-#2", "#3-c"],
                wordings: [
                    "a {good} costs {b} dollars. it is {a}% off and then a coupon takes {c} dollars off. "
                        + "what is the new price?",
                    "{name} buys a {good} of {b} dollars with {a}% off and then a coupon for {c} dollars. "
                        + "what does {name} pay?",
                    "{name} has a coupon for {c} dollars. a {good} of {b} dollars is first {a}% off. "
                        + "what does {name} pay with the coupon?",
                    "after {a} percent off, a coupon takes {c} dollars off a {good} of {b} dollars. "
                        + "what does {name} pay?",
                ]
            ) { random in
                let (percent, base) = random.percentage(of: 40...99)
                let price = base - percent * base / 100
                return [percent, base, random.integer(in: 2...(price - 1))]
            },
            PocketSubskill(
                "discount", "several", "the price of several things with a discount", .within([1, 2]),
                steps: ["b*c", "a*#1", "#2/100", "#1-#3"],
                wordings: [
                    "{name} buys {b} {item} for {c} dollars each with {a}% off. what does {name} pay?",
                    "{b} {item} cost {c} dollars each. the sale takes {a} percent off. what does {name} pay for all?",
                    "with a discount of {a}%, what do {b} {item} at {c} dollars each cost?",
                    "{name} gets {a}% off and buys {b} {item} at {c} dollars each. what does {name} pay?",
                ]
            ) { random in
                while true {
                    let (percent, _) = random.percentage(of: 40...99)
                    let (count, price) = (random.integer(in: 2...12), random.integer(in: 2...40))
                    if percent * count * price % 100 == 0 { return [percent, count, price] }
                }
            },
        ])
}
