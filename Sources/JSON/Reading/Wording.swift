// The words of the readers' messages.

/// `between 1 and 10`, `at least 1`, `at most 10`, or `exactly 3`.
func describe(_ range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
    switch (range.lowerBound == Int.min, range.upperBound == Int.max) {
    case (false, false): return "between \(range.lowerBound) and \(range.upperBound)"
    case (false, true): return "at least \(range.lowerBound)"
    case (true, false): return "at most \(range.upperBound)"
    case (true, true): return "within 64 bits"
    }
}

/// As for whole numbers; whole bounds are written without a fraction.
func describe(_ range: ClosedRange<Double>) -> String {
    let least = -Double.greatestFiniteMagnitude
    let most = Double.greatestFiniteMagnitude
    switch (range.lowerBound <= least, range.upperBound >= most) {
    case (false, true): return "at least \(plain(range.lowerBound))"
    case (true, false): return "at most \(plain(range.upperBound))"
    default: return "between \(plain(range.lowerBound)) and \(plain(range.upperBound))"
    }
}

/// `1 to 64 characters`, `at least 1 item`, `at most 10 members`, `exactly 3 items`.
func describe(_ count: ClosedRange<Int>, unit: String) -> String {
    let units = count.upperBound == 1 ? unit : unit + "s"
    if count.lowerBound == count.upperBound { return "exactly \(count.lowerBound) \(units)" }
    if count.upperBound == Int.max {
        return "at least \(count.lowerBound) \(count.lowerBound == 1 ? unit : unit + "s")"
    }
    if count.lowerBound <= 0 { return "at most \(count.upperBound) \(units)" }
    return "\(count.lowerBound) to \(count.upperBound) \(units)"
}

private func plain(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
}

/// The known name that an unknown one was probably meant to be, if any is near.
///
/// Near means: differing by one edit, or by two in a name of five letters or more.
func nearestName(to name: String, among known: [String]) -> String? {
    // A hostile name may be a megabyte long; no field of an API is.
    guard name.utf8.count <= 64 else { return nil }
    let letters = Array(name.utf8)
    var best: (name: String, distance: Int)?
    for candidate in known {
        let distance = editDistance(letters, Array(candidate.utf8))
        let allowed = min(letters.count, candidate.utf8.count) >= 5 ? 2 : 1
        guard distance <= allowed, distance < min(letters.count, candidate.utf8.count) else { continue }
        if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one into the other
/// (optimal string alignment; Damerau, 1964).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for (row, a) in left.enumerated() {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for (column, b) in right.enumerated() {
            var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (a == b ? 0 : 1))
            if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
