import COneDNN
import CPocketKernels
import Glibc
import Synchronization

/// A few threads for computing, apart from Swift's own, shared fairly by the jobs that use them.
///
/// Swift's cooperative threads must not be kept busy for long, as the API's handlers run there; so training
/// and decoding run here, at a lower priority, and async callers wait on continuations. Each call of
/// `perform` puts its items in line; the threads take one item of each caller in turn. Threads start with
/// the first item.
public final class ComputePool: Sendable {
    /// The number of threads.
    public let threads: Int
    /// Jobs admitted at a time; more are refused with `PocketError.busy`.
    public let maximumJobs: Int

    private let line: WorkLine
    private let niceness: Int32
    private let started = Atomic<Bool>(false)
    private let admitted = Atomic<Int>(0)

    /// The processors that the system has online.
    public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// A pool whose threads start when first needed.
    ///
    /// - Parameters:
    ///   - threads: 1 to 256; the number of processors by default.
    ///   - niceness: 0 to 19; 10 keeps the service's other threads responsive.
    ///   - maximumJobs: jobs that may run or wait at the same time.
    public init(threads: Int = ComputePool.processorCount, niceness: Int = 10, maximumJobs: Int = 64) {
        self.threads = min(max(threads, 1), 256)
        self.niceness = Int32(min(max(niceness, 0), 19))
        self.maximumJobs = max(maximumJobs, 1)
        line = WorkLine()
    }

    deinit {
        // Every caller of `perform` holds the pool until its items are done, so the line is empty here.
        line.close()
    }

    /// Whether an item is done, or wants another turn after the other jobs had theirs.
    package enum Outcome: Sendable {
        case done
        case again
    }

    /// Runs `items` items of work on the pool's threads and returns when all are done.
    ///
    /// - Parameters:
    ///   - items: how many.
    ///   - body: gets the item's number and the thread's number, `0 ..< threads`; no two calls with the
    ///     same thread's number overlap.
    package func perform(items: Int, _ body: @escaping @Sendable (_ item: Int, _ thread: Int) -> Outcome)
        async
    {
        guard items > 0 else { return }
        startOnce()
        await withCheckedContinuation { continuation in
            line.append(WorkLine.Job(items: items, body: body, continuation: continuation))
        }
    }

    /// Runs one piece of work on the pool and returns what it made.
    func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        let box = ResultBox<T>()
        await perform(items: 1) { _, _ in
            box.value.withLock { $0 = body() }
            return .done
        }
        guard let result = box.value.withLock({ $0 }) else { preconditionFailure("perform ran no item") }
        return result
    }

    /// Counts a job in; balance it with `leave`.
    func enter() throws(PocketError) {
        if admitted.wrappingAdd(1, ordering: .relaxed).newValue > maximumJobs {
            leave()
            throw .busy
        }
    }

    func leave() {
        admitted.wrappingSubtract(1, ordering: .relaxed)
    }

    private func startOnce() {
        guard
            started.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
                .exchanged
        else { return }
        for number in 0..<threads {
            let boot = Boot(line: line, number: number, niceness: niceness)
            if !boot.start() && number == 0 {
                // Not even one thread: nothing could ever finish, and a service without threads is past
                // saving.
                preconditionFailure("the system gives no thread to the compute pool")
            }
        }
    }
}

/// Carries a result from a pool thread to its caller.
private final class ResultBox<T: Sendable>: Sendable {
    let value = Mutex<T?>(nil)
}

/// What a new thread needs to know.
private final class Boot: Sendable {
    let line: WorkLine
    let number: Int
    let niceness: Int32

    init(line: WorkLine, number: Int, niceness: Int32) {
        self.line = line
        self.number = number
        self.niceness = niceness
    }

    /// Starts a detached thread, which owns this object from then on.
    func start() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let owned = Unmanaged.passRetained(self)
        let status = pthread_create(&thread, &attributes, poolThread, owned.toOpaque())
        if status != 0 { owned.release() }
        return status == 0
    }
}

/// A thread's life: prepare, then take items until the pool closes.
private func poolThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let boot = Unmanaged<Boot>.fromOpaque(argument).takeRetainedValue()
    pk_prepare_thread("pocket-\(boot.number)", boot.niceness)
    pocket_use_one_thread()
    boot.line.work(thread: boot.number)
    return nil
}
