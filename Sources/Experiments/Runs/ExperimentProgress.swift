/// What an `ExperimentRunner` tells while it runs.
public struct ExperimentProgress: Sendable {
    /// What happened to the cell.
    public enum Event: Sendable {
        /// Its run begins.
        case started
        /// Its run ended and its record is in the log.
        case finished(RunRecord)
        /// Its run failed, with the reason; the others go on.
        case failed(String)
        /// The log has its record already.
        case skipped
    }

    /// What happened.
    public let event: Event
    /// To which cell.
    public let cell: ExperimentCell
    /// How many cells are done by now: finished, failed or skipped.
    public let done: Int
    /// How many cells there are.
    public let total: Int
}

/// How the cells of an experiment ended.
public struct ExperimentOutcome: Sendable {
    /// A cell without a record, and why.
    public struct Failure: Sendable, Equatable {
        /// The cell.
        public let cell: ExperimentCell
        /// The reason.
        public let reason: String

        /// A failure.
        public init(cell: ExperimentCell, reason: String) {
            self.cell = cell
            self.reason = reason
        }
    }

    /// The records, in the order of the cells, those found in the log included.
    public let records: [RunRecord]
    /// The runs that failed, in the order of the cells.
    public let failures: [Failure]
    /// The cells that were not run to their end, as the task was cancelled; in order.
    public let unfinished: [ExperimentCell]

    /// An outcome from its parts.
    public init(records: [RunRecord], failures: [Failure], unfinished: [ExperimentCell]) {
        self.records = records
        self.failures = failures
        self.unfinished = unfinished
    }
}
