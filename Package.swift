// swift-tools-version:6.2
import PackageDescription

/// The library's rooms and what each may import: arrows only go down (Documentation/decisions/0001-the-house.md).
let rooms: [(name: String, imports: [Target.Dependency])] = [
    ("ImageryKernels", []),
    ("ImageryPrimitives", []),
    ("ImageryBase", ["ImageryPrimitives", "ImageryKernels"]),
    ("ImageryPlumbing", ["ImageryBase", "ImageryPrimitives", "ImageryKernels"]),
    ("ImageryDeflate", ["ImageryBase", "ImageryPlumbing", "ImageryKernels"]),
    ("ImageryZstandard", ["ImageryBase", "ImageryPlumbing"]),
    ("ImageryLERC", ["ImageryBase", "ImageryPlumbing"]),
    ("ImageryLZMA", ["ImageryBase", "ImageryPlumbing", "ImageryKernels"]),
    ("ImageryWebP", ["ImageryBase", "ImageryPlumbing"]),
    ("ImageryGeodesy", ["ImageryBase"]),
    ("ImageryTags", ["ImageryBase", "ImageryPlumbing"]),
    ("ImageryPNG", ["ImageryBase", "ImageryPlumbing", "ImageryKernels", "ImageryDeflate", "ImageryTags"]),
    ("ImageryJPEG", ["ImageryBase", "ImageryPlumbing", "ImageryKernels", "ImageryTags"]),
    ("ImageryFax", ["ImageryBase", "ImageryPlumbing"]),
    ("ImageryJPEG2000", ["ImageryBase", "ImageryPlumbing", "ImageryKernels", "ImageryTags"]),
    (
        "ImageryTIFF",
        [
            "ImageryBase", "ImageryPlumbing", "ImageryKernels", "ImageryDeflate", "ImageryZstandard", "ImageryLERC", "ImageryLZMA",
            "ImageryWebP", "ImageryTags", "ImageryJPEG", "ImageryJPEG2000", "ImageryFax",
        ]
    ),
    (
        "ImageryNITF",
        [
            "ImageryBase", "ImageryPlumbing", "ImageryKernels", "ImageryGeodesy", "ImageryTags", "ImageryJPEG", "ImageryJPEG2000",
            "ImageryFax",
        ]
    ),
    ("ImageryDTED", ["ImageryBase", "ImageryPlumbing", "ImageryKernels"]),
    ("ImageryIndex", ["ImageryBase", "ImageryPlumbing"]),
    (
        "Imagery",
        [
            "ImageryBase", "ImageryPlumbing", "ImageryPrimitives", "ImageryKernels", "ImageryTags", "ImageryGeodesy", "ImageryPNG",
            "ImageryJPEG", "ImageryJPEG2000", "ImageryTIFF", "ImageryNITF", "ImageryDTED", "ImageryIndex",
        ]
    ),
    // A room with Foundation, on the roof: nothing of the house imports it.
    ("ImageryFoundation", ["Imagery"]),
]
/// Rooms that are no one's business but the other rooms': what they hold may change with every release (Documentation/public-api.md).
let withoutProduct: Set<String> = ["ImageryPrimitives", "ImageryPlumbing"]
/// Rooms whose tests have the system's zlib as their judge.
let judgedByZlib: Set<String> = ["ImageryDeflate"]
/// Rooms with a page of their own beside the code.
let withPage: Set<String> = [
    "ImageryDeflate", "ImageryZstandard", "ImageryLERC", "ImageryLZMA", "ImageryWebP", "ImageryGeodesy", "ImageryPNG",
    "ImageryJPEG",
    "ImageryJPEG2000", "ImageryFax", "ImageryTIFF", "ImageryNITF", "ImageryDTED", "ImageryIndex",
]

let package = Package(
    name: "swift-imagery",
    platforms: [.macOS(.v26)],
    products: rooms.filter { !withoutProduct.contains($0.name) }.map { .library(name: $0.name, targets: [$0.name]) }
        + [.library(name: "ImageryHTTP", targets: ["ImageryHTTP"])],
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // With Foundation's network: no room, and nothing but the second of the two programs needs it.
        .target(name: "ImageryHTTP", dependencies: ["ImageryBase", "ImageryPrimitives"], exclude: ["README.md"]),
        .testTarget(name: "ImageryHTTPTests", dependencies: ["ImageryHTTP", "ImageryBase"]),
        .target(
            name: "ImageryCommands",
            dependencies: [
                "Imagery", "ImageryIndex", "ImageryPlumbing", "ImageryKernels", "ImageryNITF",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Sources/imagery-tool", exclude: ["Local", "Remote"]),
        .executableTarget(name: "imagery-tool", dependencies: ["ImageryCommands"], path: "Sources/imagery-tool/Local"),
        // What imagery-tool becomes when it is given an address: with the network it starts later (decision 1).
        .executableTarget(
            name: "imagery-remote", dependencies: ["ImageryCommands", "ImageryHTTP"], path: "Sources/imagery-tool/Remote"),
        .executableTarget(
            name: "conformance",
            dependencies: ["Imagery", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Conformance/Sources"),
        .testTarget(name: "ConformanceTests", dependencies: ["conformance"]),
        .testTarget(name: "Regressions", dependencies: ["Imagery", "ImageryIndex", "ImageryPlumbing"]),
        .target(
            name: "TestSupport", dependencies: ["ImageryBase", "ImageryPlumbing", "ImageryKernels"], path: "Tests/TestSupport"),
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
