import Glibc

/// A failed system call's errno.
struct SystemError: Error, Equatable, CustomStringConvertible {
    let code: Int32

    static var current: SystemError { SystemError(code: errno) }
    static let wouldBlock = SystemError(code: EAGAIN)

    var description: String { String(cString: strerror(code)) }

    /// Whether it is one of the two ways of running out of descriptors, or a lack of memory: waiting may
    /// help.
    var isExhaustion: Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) }
}

/// Runs a call that returns -1 on failure, again when a signal interrupted it.
@inline(__always)
func valueOrError<Value: FixedWidthInteger>(_ call: () -> Value) -> Result<Value, SystemError> {
    while true {
        let value = call()
        if value != -1 { return .success(value) }
        if errno != EINTR { return .failure(.current) }
    }
}
