import Glibc

/// The line of jobs in front of the pool's threads: one item of each job in turn.
///
/// Unchecked, because the compiler cannot see that `jobs`, `closed` and the jobs' counters are only touched
/// between `lock` and `unlock`. The mutex and the condition live on the heap, where their addresses never
/// change.
final class WorkLine: @unchecked Sendable {
    /// Items handed in together. Everything but `body` is guarded by the line's mutex.
    ///
    /// Unchecked for that reason.
    final class Job: @unchecked Sendable {
        let body: @Sendable (Int, Int) -> ComputePool.Outcome
        fileprivate let continuation: CheckedContinuation<Void, Never>
        fileprivate let items: Int
        fileprivate var next = 0
        fileprivate var unfinished: Int
        /// Items that asked for another turn. They go before fresh ones, so that few are under way at a time.
        fileprivate var returned: [Int] = []
        fileprivate var isInLine = false

        init(
            items: Int, body: @escaping @Sendable (Int, Int) -> ComputePool.Outcome,
            continuation: CheckedContinuation<Void, Never>
        ) {
            self.items = items
            self.body = body
            self.continuation = continuation
            unfinished = items
        }

        fileprivate var hasItems: Bool { next < items || !returned.isEmpty }

        fileprivate func takeItem() -> Int {
            if let item = returned.popLast() { return item }
            next += 1
            return next - 1
        }
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [Job] = []
    private var closed = false

    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Puts a job at the end of the line.
    func append(_ job: Job) {
        pthread_mutex_lock(mutex)
        enqueue(job)
        pthread_mutex_unlock(mutex)
        pthread_cond_broadcast(condition)
    }

    /// Lets every thread go once it has finished its item.
    func close() {
        pthread_mutex_lock(mutex)
        closed = true
        pthread_mutex_unlock(mutex)
        pthread_cond_broadcast(condition)
    }

    /// Takes items until the line closes.
    func work(thread: Int) {
        pthread_mutex_lock(mutex)
        while true {
            while jobs.isEmpty && !closed { pthread_cond_wait(condition, mutex) }
            if jobs.isEmpty { break }
            let job = jobs.removeFirst()
            job.isInLine = false
            let item = job.takeItem()
            if job.hasItems { enqueue(job) }
            pthread_mutex_unlock(mutex)
            let outcome = job.body(item, thread)
            pthread_mutex_lock(mutex)
            finish(item, of: job, outcome)
        }
        pthread_mutex_unlock(mutex)
    }

    private func finish(_ item: Int, of job: Job, _ outcome: ComputePool.Outcome) {
        switch outcome {
        case .again:
            job.returned.append(item)
            enqueue(job)
            // This thread takes one itself; the signal is for another that sleeps.
            if jobs.count > 1 { pthread_cond_signal(condition) }
        case .done:
            job.unfinished -= 1
            // Only schedules the caller's task, so it may happen under the mutex.
            if job.unfinished == 0 { job.continuation.resume() }
        }
    }

    private func enqueue(_ job: Job) {
        guard !job.isInLine else { return }
        job.isInLine = true
        jobs.append(job)
    }
}
