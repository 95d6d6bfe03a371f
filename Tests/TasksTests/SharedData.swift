import Glibc

/// Real data sets, which lie beside the package where they were set up: `../shared/data/files`.
enum SharedData {
    /// The path of a file there, or `nil` if it is not to be had.
    static func path(_ name: String) -> String? {
        var folder = #filePath.split(separator: "/").dropLast()
        while !folder.isEmpty {
            let path = "/" + folder.joined(separator: "/") + "/shared/data/files/" + name
            if access(path, R_OK) == 0 { return path }
            folder = folder.dropLast()
        }
        return nil
    }
}
