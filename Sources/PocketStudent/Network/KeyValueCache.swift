/// The keys and values of the tokens decoded so far, for some rows: [layer, slot, position, 2 * width].
final class KeyValueCache {
    private let storage: AlignedFloats
    private let slots: Int
    private let capacity: Int
    private let stride: Int

    /// Room for `slots` rows of up to `capacity` tokens.
    init(configuration: PocketConfiguration, slots: Int, capacity: Int) {
        self.slots = slots
        self.capacity = capacity
        stride = 2 * configuration.width
        storage = AlignedFloats(count: configuration.layers * slots * capacity * stride)
    }

    /// The keys and values of a row, from position 0.
    func row(layer: Int, slot: Int) -> MutableFloats {
        storage.pointer + (layer * slots + slot) * capacity * stride
    }

    /// Copies a chunk's new keys and values in.
    func store(_ keysValues: Floats, layer: Int, rows: [Chunk.Row]) {
        for row in rows {
            precondition(row.position + row.count <= capacity, "a row outgrew its cache")
            let target = self.row(layer: layer, slot: row.slot) + row.position * stride
            target.update(from: keysValues + row.start * stride, count: row.count * stride)
        }
    }
}
