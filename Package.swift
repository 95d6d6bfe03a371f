// swift-tools-version: 6.2
import PackageDescription

// Each target is a room with one purpose; imports point downwards only (docs/architecture.md).
// Nothing is imported with @testable: what tests need is `package`, so that one optimised build serves the
// binary and the tests.
let package = Package(
    name: "dataenvgym",
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "HTTPServer", dependencies: ["CLinux"]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "HTTPClient", dependencies: ["CCurl"]),
        .target(name: "CContract"),
        .target(name: "JSON"),
        .target(name: "Gym"),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "Store",
            dependencies: ["Gym", "COpenSSL", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(
            name: "Sessions",
            dependencies: ["Gym", "Store", .product(name: "Logging", package: "swift-log")]),
        .target(
            name: "Service",
            dependencies: [
                "CContract", "Gym", "HTTPServer", "JSON", "Sessions", "Store",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "GymTests", dependencies: ["Gym"]),
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestSupport"]),
        .testTarget(name: "SessionsTests", dependencies: ["Sessions", "TestSupport"]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "HTTPClient", "HTTPServer", "JSON", "Service", "TestSupport",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "TestSupport",
            dependencies: ["Gym", "Sessions", "Store", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport"),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
