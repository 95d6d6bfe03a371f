/// What can go wrong in the pocket student. Each text says what to do, in one sentence, for the caller of
/// the API.
public enum PocketError: Error, Sendable, Equatable {
    /// Sizes that do not fit together or go past a limit.
    case invalidConfiguration(String)
    /// A word that the tokenizer cannot hold, or too many words.
    case invalidLexicon(String)
    /// Bytes that are no checkpoint of this student.
    case invalidCheckpoint(String)
    /// A training or decoding setting outside its range.
    case invalidSettings(String)
    /// No row was left to train on, after those that do not fit the context.
    case noTrainingRows
    /// The weights became infinite or not-a-number at this step.
    case diverged(step: Int)
    /// The job was cancelled through its token or its task.
    case cancelled
    /// The pool has as many jobs as it takes; try again later.
    case busy
}
