/// An evaluator of calculator steps that shares nothing with the generator: integers in thousandths.
enum StepOracle {
    /// The steps of a response of the form `<<e=v>><<e=v>>`; `nil` if there is anything else in it.
    static func steps(of response: String) -> [(expression: String, value: String)]? {
        var steps: [(String, String)] = []
        for chunk in response.split(separator: ">>", omittingEmptySubsequences: false).dropLast() {
            let parts = chunk.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasPrefix("<<") else { return nil }
            steps.append((String(parts[0].dropFirst(2)), String(parts[1])))
        }
        return response.hasSuffix(">>") && !steps.isEmpty ? steps : nil
    }

    /// A decimal of up to three places in thousandths; `nil` if it is written in any but the shortest way.
    static func scaled(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), "\(whole)" == parts[0], parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else { return whole * 1000 }
        let places = parts[1]
        guard (1...3).contains(places.count), places.last != "0", let part = Int(places) else { return nil }
        return whole * 1000 + part * [100, 10, 1][places.count - 1]
    }

    /// The value in thousandths of two numbers with an operator; `nil` if it has more places.
    static func value(of expression: String) -> Int? {
        guard let position = expression.firstIndex(where: { "+-*/>".contains($0) }),
            let left = scaled(String(expression[..<position])),
            let right = scaled(String(expression[expression.index(after: position)...]))
        else { return nil }
        switch expression[position] {
        case "+": return left + right
        case "-": return left - right
        case "*": return (left * right).isMultiple(of: 1000) ? left * right / 1000 : nil
        case "/": return right != 0 && (left * 1000).isMultiple(of: right) ? left * 1000 / right : nil
        default: return max(left, right)
        }
    }
}

/// What the answer to each kind of problem is, said a second time and in another way, in thousandths.
enum AnswerOracle {
    static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }

    /// The only positive number up to 1,000 that an equation holds for; -1 if there is none.
    private static func solution(_ holds: (Int) -> Bool) -> Int { (1...1000).first(where: holds) ?? -1 }

    static let answers: [String: @Sendable ([Int]) -> Int] = [
        "total/two": { $0.reduce(0, +) * 1000 },
        "total/three": { $0.reduce(0, +) * 1000 },
        "total/extras": { $0.reduce(0, +) * 1000 },
        "left/once": { n in solution { n[1] + $0 == n[0] } * 1000 },
        "left/twice": { n in solution { n[1] + n[2] + $0 == n[0] } * 1000 },
        "left/swap": { n in (n[0] + n[2] - n[1]) * 1000 },
        "groups/each": { n in (0..<n[0]).reduce(0) { sum, _ in sum + n[1] } * 1000 },
        "groups/loose": { n in (n[2] + n[0] * n[1]) * 1000 },
        "groups/kinds": { n in (n[3] * n[2] + n[1] * n[0]) * 1000 },
        "share/equal": { n in solution { $0 * n[1] == n[0] } * 1000 },
        "share/pool": { n in solution { $0 * n[2] == n[0] + n[1] } * 1000 },
        "share/rest": { n in solution { $0 * n[2] + n[1] == n[0] } * 1000 },
        "remain/over": { n in solution { $0 + n[1] * n[2] == n[0] } * 1000 },
        "remain/change": { n in solution { $0 + n[1] * n[2] == n[0] } * 1000 },
        "remain/both": { n in solution { $0 + n[1] * n[2] + n[3] == n[0] } * 1000 },
        "percent/of": { n in n[1] * n[0] * 10 },
        "percent/part": { n in n[0] * 100_000 / n[1] },
        "percent/rise": { n in n[1] * (100 + n[0]) * 10 },
        "discount/price": { n in n[1] * (100 - n[0]) * 10 },
        "discount/coupon": { n in n[1] * (100 - n[0]) * 10 - n[2] * 1000 },
        "discount/several": { n in n[1] * n[2] * (100 - n[0]) * 10 },
        "linear/plus": { n in solution { n[0] * $0 + n[1] == n[2] } * 1000 },
        "linear/minus": { n in solution { n[0] * $0 - n[1] == n[2] } * 1000 },
        "linear/both": { n in solution { n[0] * $0 + n[1] == n[2] * $0 + n[3] } * 1000 },
        "rect/area": { n in n[0] * n[1] * 1000 },
        "rect/border": { n in (n[0] + n[1] + n[0] + n[1]) * 1000 },
        "rect/hole": { n in (n[0] * n[1] - n[2] * n[3]) * 1000 },
        "average/two": { n in (n[0] + n[1]) * 500 },
        "average/three": { n in solution { $0 * 3 == n[0] + n[1] + n[2] } * 1000 },
        "average/missing": { n in solution { $0 + n[1] + n[2] == 3 * n[0] } * 1000 },
        "sequence/next": { n in (n[3] + n[3] - n[2]) * 1000 },
        "sequence/term": { n in (1..<n[2]).reduce(n[0]) { sum, _ in sum + n[1] } * 1000 },
        "sequence/chain": { n in (n[0] + 2 * n[1]) * 1000 },
        "travel/distance": { n in n[0] * n[1] * 1000 },
        "travel/rest": { n in solution { ($0 - n[2]) * n[1] == n[0] } * 1000 },
        "travel/speed": { n in solution { $0 * (n[2] + n[3]) == n[0] + n[1] } * 1000 },
        "compare/sums": { n in max(n[0] + n[1], n[2] + n[3]) * 1000 },
        "compare/products": { n in max(n[0] * n[1], n[2] * n[3]) * 1000 },
        "compare/winner": { n in (max(n[0], n[1]) + n[2]) * 1000 },
        "gcd/bundles": { n in n[1] / gcd(n[0], n[1]) * 1000 },
        "gcd/euclid": { n in gcd(n[0], n[1]) * 1000 },
        "gcd/squares": { n in n[0] * n[1] / (gcd(n[0], n[1]) * gcd(n[0], n[1])) * 1000 },
    ]
}
