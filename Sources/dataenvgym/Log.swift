import Logging

/// The program's log: on standard error, so that standard output holds nothing but results.
enum Log {
    static func make(level: Logger.Level = .info) -> Logger {
        var logger = Logger(label: "dataenvgym") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
