// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "imagery-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "swift-imagery", path: ".."),
        // No traits: no interposer for malloc or the runtime, so the counts of allocations and retains read 0.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Reading",
            dependencies: [
                .product(name: "Imagery", package: "swift-imagery"), .product(name: "ImageryDeflate", package: "swift-imagery"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Reading",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ]
)
