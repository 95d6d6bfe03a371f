import Experiments
import Testing

@Suite("Statistics")
struct StatisticsTests {
    /// Two-sided 95 % and 99 % quantiles as every printed table of Student's t has them (for example NIST/SEMATECH
    /// e-Handbook of Statistical Methods, 1.3.6.7.2).
    @Test(
        "Quantiles of Student's t agree with printed tables",
        arguments: [
            (1, 12.706, 63.657), (2, 4.303, 9.925), (3, 3.182, 5.841), (4, 2.776, 4.604), (5, 2.571, 4.032),
            (6, 2.447, 3.707), (7, 2.365, 3.499), (8, 2.306, 3.355), (9, 2.262, 3.250), (10, 2.228, 3.169),
            (15, 2.131, 2.947), (20, 2.086, 2.845), (30, 2.042, 2.750), (60, 2.000, 2.660),
            (100, 1.984, 2.626), (199, 1.972, 2.601), (1_000_000, 1.960, 2.576),
        ])
    func quantiles(degrees: Int, ninetyFive: Double, ninetyNine: Double) {
        #expect(abs(StudentT.twoSidedQuantile(0.95, degrees: degrees) - ninetyFive) < 1e-3)
        #expect(abs(StudentT.twoSidedQuantile(0.99, degrees: degrees) - ninetyNine) < 1e-3)
    }

    @Test("The quantile inverts the distribution, which grows with t")
    func inverse() {
        for degrees in [1, 2, 3, 4, 7, 50, 99, 4_999] {
            var last = 0.0
            for probability in stride(from: 0.05, to: 1, by: 0.05) {
                let t = StudentT.twoSidedQuantile(probability, degrees: degrees)
                #expect(t > last)
                #expect(abs(StudentT.probability(within: t, degrees: degrees) - probability) < 1e-10)
                last = t
            }
        }
    }

    @Test("Mean, sample standard deviation and interval")
    func estimate() throws {
        let estimate = try #require(Estimate(of: [2, 4, 4, 4, 5, 5, 7, 9]))
        #expect(estimate.mean == 5)
        #expect(abs((estimate.standardDeviation ?? 0) - 2.13809) < 1e-5)
        // 2.364624 * 2.13809 / sqrt(8)
        #expect(abs((estimate.halfWidth ?? 0) - 1.78749) < 1e-4)
        #expect(estimate.excludesZero == true)
    }

    @Test("One value has a mean but no interval; none has nothing")
    func fewValues() throws {
        let one = try #require(Estimate(of: [0.5]))
        #expect(one.mean == 0.5 && one.interval == nil && one.standardDeviation == nil)
        #expect(one.excludesZero == nil)
        #expect(Estimate(of: []) == nil)
    }

    @Test("Equal values do not differ, whatever rounding leaves of them")
    func rounding() {
        let sums = [1: 0.1 + 0.2, 2: 0.1 + 0.2], same = [1: 0.3, 2: 0.3]
        #expect(PairedDifference(sums, minus: same)?.estimate.excludesZero == false)
    }

    @Test("Differences are paired by seed; seeds without a partner do not count")
    func paired() throws {
        let difference = try #require(
            PairedDifference([1: 0.5, 2: 0.6, 3: 0.7, 9: 1], minus: [1: 0.4, 2: 0.65, 3: 0.5, 8: 0]))
        #expect(difference.estimate.count == 3)
        #expect(difference.positive == 2)
        #expect(abs(difference.estimate.mean - 0.25 / 3) < 1e-12)
        #expect(PairedDifference([1: 0.5], minus: [2: 0.5]) == nil)
    }

    @Test("Pairing shows what two separate means hide")
    func pairingHelps() throws {
        let weak = [1: 0.30, 2: 0.40, 3: 0.50, 4: 0.60]
        let strong = weak.mapValues { $0 + 0.02 }
        let separate = try #require(Estimate(of: Array(strong.values))).halfWidth ?? 0
        #expect(separate > 0.1)
        #expect(PairedDifference(strong, minus: weak)?.estimate.excludesZero == true)
    }

    private static func curve(_ tests: [Double?]) -> [RunRecord.CurvePoint] {
        tests.enumerated().map { iteration, test in
            RunRecord.CurvePoint(
                iteration: iteration, trainingData: iteration, validation: nil, test: test, reward: nil)
        }
    }

    @Test("The best iteration is that of the mean curve, the earliest of several")
    func best() {
        let curve = MeanCurve(of: [Self.curve([0.1, 0.5, 0.9, 0.6]), Self.curve([0.1, 0.9, 0.5, 0.6])])
        #expect(curve.best?.iteration == 1)
        #expect(abs((curve.best?.test.mean ?? 0) - 0.7) < 1e-12)
    }

    @Test("An iteration that only some runs reached is never the best")
    func bestOfAll() {
        let curve = MeanCurve(of: [Self.curve([0.1, 0.5, 0.9]), Self.curve([0.1, 0.4, nil])])
        #expect(curve.best?.iteration == 1)
        #expect(MeanCurve(of: []).best == nil)
    }

    @Test(
        "Numbers are written with fixed decimals and without negative zero",
        arguments: [
            (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (12.345, 2, "12.35"), (-1.5, 0, "-2"), (100, 1, "100.0"),
            (-0.004, 2, "0.00"), (0.007, 2, "0.01"), (.nan, 1, "-"), (.infinity, 1, "-"),
        ])
    func decimals(value: Double, decimals: Int, text: String) {
        #expect(Decimal.text(value, decimals: decimals) == text)
    }

    @Test("Differences carry their sign")
    func points() {
        #expect([0.0123, -0.004, 0.0001, -0.0001].map(Decimal.points) == ["+1.2", "-0.4", "0.0", "0.0"])
    }
}
