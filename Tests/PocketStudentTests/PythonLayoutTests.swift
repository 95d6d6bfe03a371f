import Glibc
import PocketStudent
import Testing

/// The checkpoint read by a reader that shares no code with ours: Python with nothing but its standard
/// library.
@Suite struct PythonLayoutTests {
    static let script = """
        import json, struct, sys
        data = open(sys.argv[1], 'rb').read()
        size, = struct.unpack('<Q', data[:8])
        assert size % 8 == 0 and data[8:9] == b'{'
        header = json.loads(data[8:8 + size])
        meta = header.pop('__metadata__')
        assert all(isinstance(v, str) for v in meta.values()) and meta['width'] == '16'
        end = 0
        for name, t in sorted(header.items(), key=lambda item: item[1]['data_offsets']):
            assert t['dtype'] == 'F32' and t['data_offsets'][0] == end
            count = 1
            for side in t['shape']: count *= side
            end = t['data_offsets'][1]
            assert end - t['data_offsets'][0] == 4 * count
        assert 8 + size + end == len(data)
        gain = header['norm.gain']['data_offsets']
        assert struct.unpack('<16f', data[8 + size + gain[0]:8 + size + gain[1]]) == (1.0,) * 16
        """

    private func run(_ arguments: [String]) -> Int32? {
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var process = pid_t()
        guard posix_spawnp(&process, arguments[0], nil, nil, &argv, environ) == 0 else { return nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status
    }

    @Test func pythonReadsTheLayout() throws {
        guard run(["python3", "-c", ""]) == 0 else {
            print("no python3 here: the layout is checked by our own reader only")
            return
        }
        let path = "/tmp/pocket-layout-\(getpid()).safetensors"
        let file = try #require(fopen(path, "wb"))
        defer { unlink(path) }
        let bytes = try Fixtures.model(width: 16, layers: 1, heads: 1).checkpoint()
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        #expect(run(["python3", "-c", Self.script, path]) == 0)
    }
}
