/// The schema of the first release, word for word: what `Migrations` must be able to take up.
enum FormerSchema {
    static let migration = "1 sessions and iterations"

    static let sql = """
        CREATE TABLE session (
            id TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            configuration TEXT NOT NULL,
            task_fingerprint TEXT NOT NULL,
            status TEXT NOT NULL,
            iteration INTEGER NOT NULL,
            phase TEXT NOT NULL,
            completed_iterations INTEGER NOT NULL,
            training_data INTEGER NOT NULL,
            performance REAL,
            pending_data INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX session_by_owner ON session (owner, id);
        CREATE INDEX session_busy ON session (updated_at) WHERE status = 'busy';
        CREATE TABLE iteration (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            phase TEXT NOT NULL,
            action_type TEXT,
            plan TEXT,
            idempotency_key TEXT,
            action_fingerprint TEXT,
            submitted_at INTEGER NOT NULL,
            received INTEGER,
            accepted INTEGER,
            accumulated INTEGER,
            skipped INTEGER,
            loss REAL,
            checkpoint TEXT,
            validation_report TEXT,
            test_report TEXT,
            reward REAL,
            error TEXT,
            queued_s REAL,
            generating_s REAL,
            checking_s REAL,
            training_s REAL,
            evaluating_s REAL,
            PRIMARY KEY (session_id, number)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX iteration_by_key ON iteration (session_id, idempotency_key)
            WHERE idempotency_key IS NOT NULL;
        CREATE INDEX iteration_by_checkpoint ON iteration (checkpoint) WHERE checkpoint IS NOT NULL;
        CREATE TABLE datum (
            session_id TEXT NOT NULL,
            iteration INTEGER NOT NULL,
            position INTEGER NOT NULL,
            instruction TEXT NOT NULL,
            response TEXT NOT NULL,
            skill TEXT,
            subskill TEXT,
            rejected TEXT,
            PRIMARY KEY (session_id, iteration, position),
            FOREIGN KEY (session_id, iteration) REFERENCES iteration (session_id, number) ON DELETE CASCADE
        ) WITHOUT ROWID;
        CREATE TABLE result (
            session_id TEXT NOT NULL,
            iteration INTEGER NOT NULL,
            split TEXT NOT NULL,
            position INTEGER NOT NULL,
            instance_id TEXT NOT NULL,
            response TEXT NOT NULL,
            correct INTEGER NOT NULL,
            PRIMARY KEY (session_id, iteration, split, position),
            FOREIGN KEY (session_id, iteration) REFERENCES iteration (session_id, number) ON DELETE CASCADE
        ) WITHOUT ROWID;
        """

    /// A configuration as the first release stored it: no skills, schedule, quality or proposals, and limits without tokens.
    static let configuration = """
        {"environment":"open_ended","labels":{"a":"b"},"limits":{"iterations":3,"trainingData":100},\
        "name":"old","seed":7,"student":"counting","task":"task","teacher":"numbering",\
        "training":{"context":32,"start":"continue","steps":1}}
        """

    /// The same without a teacher or fixed steps: optional members are left out.
    static let plainConfiguration = """
        {"environment":"open_ended","labels":{},"limits":{"iterations":3,"trainingData":100},\
        "name":"","seed":18446744073709551615,"student":"counting","task":"task",\
        "training":{"context":32,"start":"base"}}
        """

    static let plan = #"[{"count":4,"kind":{"instruction":{"_0":"anything"}}}]"#

    /// A report on the 20 instances of a split, of which the first `correct` are right.
    static func report(_ split: String, correct: Int) -> String {
        let rare = (0..<correct).count { $0.isMultiple(of: 4) }
        return """
            {"correct":\(correct),"count":20,"metric":"accuracy","slices":[\
            {"count":5,"name":"skill","value":\(Double(rare) / 5),"valueOf":"rare"},\
            {"count":15,"name":"skill","value":\(Double(correct - rare) / 15),"valueOf":"common"}],\
            "split":"\(split)","value":\(Double(correct) / 20)}
            """
    }
}
