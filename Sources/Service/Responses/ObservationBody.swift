import Gym
import JSON
import Store

/// What the environment shows the agent after an iteration. It depends on the iteration's results alone.
struct ObservationBody {
    let environment: EnvironmentKind
    let task: BenchmarkTask
    let iteration: Int
    let performance: Double?
    let results: [InstanceResult]

    func write(_ object: inout ObjectWriter) {
        object("environment", environment.rawValue)
        object("iteration", iteration)
        object("performance", performance)
        object.array("examples", results) { writer, result in
            writer.object { example in
                example.object("instance") { instance in
                    guard let found = task.instance(id: result.instanceID)?.instance else {
                        // The task's file has changed since; the session cannot go on, but its past stays readable.
                        instance("id", result.instanceID)
                        return
                    }
                    found.write(&instance)
                }
                example("response", result.response)
                example("correct", result.correct)
            }
        }
    }
}
