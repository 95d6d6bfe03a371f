import Gym

extension SeededGenerator {
    /// `count` numbers of a range.
    mutating func numbers(_ count: Int, in range: ClosedRange<Int>) -> [Int] {
        (0..<count).map { _ in integer(in: range) }
    }

    /// Two different numbers of a range, the bigger one first.
    mutating func descendingPair(in range: ClosedRange<Int>) -> [Int] {
        let first = integer(in: range)
        var second = integer(in: range)
        while second == first { second = integer(in: range) }
        return [max(first, second), min(first, second)]
    }

    /// A percentage and a base of which it is a whole number divided by `parts` (1: a whole number, 10: one decimal).
    mutating func percentage(of range: ClosedRange<Int>, parts: Int = 1) -> (percent: Int, base: Int) {
        let percent = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90][integer(below: 13)]
        let step = 100 / Self.greatestCommonDivisor(100, percent * parts)
        let low = (range.lowerBound + step - 1) / step
        return (percent, step * integer(in: low...(range.upperBound / step)))
    }

    static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        var (a, b) = (first, second)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
