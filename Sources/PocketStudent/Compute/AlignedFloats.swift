/// A fixed block of floats on a 64-byte boundary, freed with its owner.
///
/// Unsafe memory, because the matrix products and the C kernels take pointers; the pointer is valid as long
/// as the owner of this value lives, and nobody keeps it longer than a call.
struct AlignedFloats: ~Copyable {
    let count: Int
    let pointer: UnsafeMutablePointer<Float>

    init(count: Int) {
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 16) * 4, alignment: 64)
        pointer = raw.bindMemory(to: Float.self, capacity: max(count, 16))
        pointer.initialize(repeating: 0, count: max(count, 16))
    }

    /// A block that holds these numbers.
    init(copying numbers: [Float]) {
        self.init(count: numbers.count)
        for index in numbers.indices { pointer[index] = numbers[index] }
    }

    deinit {
        pointer.deallocate()
    }
}

typealias Floats = UnsafePointer<Float>
typealias MutableFloats = UnsafeMutablePointer<Float>
