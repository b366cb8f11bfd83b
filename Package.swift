// swift-tools-version:6.2
import PackageDescription

/// The library's rooms and what each may import: arrows only go down (Documentation/decisions/0001-the-house.md).
let rooms: [(name: String, imports: [Target.Dependency])] = [
    ("ImageryKernels", []),
    ("ImageryBase", ["ImageryKernels"]),
    ("ImageryDeflate", ["ImageryBase", "ImageryKernels"]),
    ("ImageryZstandard", ["ImageryBase"]),
    ("ImageryTags", ["ImageryBase"]),
    ("ImageryPNG", ["ImageryBase", "ImageryKernels", "ImageryDeflate", "ImageryTags"]),
    ("ImageryJPEG", ["ImageryBase", "ImageryKernels", "ImageryTags"]),
    ("ImageryFax", ["ImageryBase"]),
    ("ImageryJPEG2000", ["ImageryBase", "ImageryKernels", "ImageryTags"]),
    (
        "ImageryTIFF",
        [
            "ImageryBase", "ImageryKernels", "ImageryDeflate", "ImageryZstandard", "ImageryTags", "ImageryJPEG", "ImageryJPEG2000",
            "ImageryFax",
        ]
    ),
    ("ImageryNITF", ["ImageryBase", "ImageryKernels", "ImageryJPEG", "ImageryJPEG2000", "ImageryFax"]),
    ("ImageryDTED", ["ImageryBase", "ImageryKernels"]),
    ("ImageryIndex", ["ImageryBase"]),
    (
        "Imagery",
        [
            "ImageryBase", "ImageryKernels", "ImageryPNG", "ImageryJPEG", "ImageryJPEG2000", "ImageryTIFF", "ImageryNITF",
            "ImageryDTED", "ImageryIndex",
        ]
    ),
]
/// Rooms whose tests have the system's zlib as their judge.
let judgedByZlib: Set<String> = ["ImageryDeflate"]
/// Rooms with a page of their own beside the code.
let withPage: Set<String> = [
    "ImageryDeflate", "ImageryZstandard", "ImageryPNG", "ImageryJPEG", "ImageryJPEG2000", "ImageryFax", "ImageryTIFF",
    "ImageryNITF", "ImageryDTED",
    "ImageryIndex",
]

let package = Package(
    name: "swift-imagery",
    platforms: [.macOS(.v26)],
    products: rooms.map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .executableTarget(
            name: "imagery-tool",
            dependencies: [
                "Imagery", "ImageryIndex", "ImageryKernels", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "conformance",
            dependencies: ["Imagery", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Conformance/Sources"),
        .testTarget(name: "ConformanceTests", dependencies: ["conformance"]),
        .testTarget(name: "Regressions", dependencies: ["Imagery", "ImageryIndex"]),
        .target(name: "TestSupport", dependencies: ["ImageryBase", "ImageryKernels"], path: "Tests/TestSupport"),
    ]
        + rooms.map {
            .target(
                name: $0.name, dependencies: $0.imports,
                exclude: withPage.contains($0.name) ? ["README.md"] : [])
        }
        + rooms.map { room in
            .testTarget(
                name: room.name + "Tests",
                dependencies: [.init(stringLiteral: room.name), "TestSupport"] + room.imports
                    + (judgedByZlib.contains(room.name) ? ["CZlib"] : []))
        }
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6), .enableExperimentalFeature("Lifetimes"), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    // Tests compare with plain pointers at will; what ships marks every unsafe step.
    if target.type != .test { target.swiftSettings?.append(.strictMemorySafety()) }
}
