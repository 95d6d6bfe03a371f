import Glibc

/// Text for people on standard error, unbuffered.
///
/// Glibc's `stderr` is a mutable global, which Swift 6 rightly refuses; the descriptor does as well.
enum StandardError {
    /// Whether somebody looks at it.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes text; what cannot be written is lost, as there is nowhere to say so.
    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
