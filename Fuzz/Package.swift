// swift-tools-version:6.2
import PackageDescription

/// One libFuzzer target a parser. Build and run with Scripts/fuzz: without `--sanitize fuzzer` these targets have no main function.
let fuzzers = [
    "inflate", "deflate", "zstandard", "lzma", "webp", "png", "tiff", "jpeg", "jpegwrite", "containerwrite", "jpeg2000",
    "jpeg2000write",
    "nitf", "dted", "invariants", "api", "rewrite", "options", "strips", "text", "layouts",
    "products", "index",
]

/// The rooms that a target imports besides `Imagery`.
let rooms = [
    "zstandard": ["ImageryZstandard"], "lzma": ["ImageryLZMA"], "webp": ["ImageryWebP"], "jpegwrite": ["ImageryJPEG"],
    "jpeg2000write": ["ImageryJPEG2000"], "api": ["ImageryIndex"],
    "index": ["ImageryIndex"], "text": ["ImageryNITF", "ImageryTags"], "layouts": ["ImageryNITF"], "products": ["ImageryNITF"],
]

let package = Package(
    name: "imagery-fuzz",
    platforms: [.macOS(.v26)],
    products: fuzzers.map { .executable(name: "fuzz-" + $0, targets: ["fuzz-" + $0]) },
    dependencies: [.package(name: "swift-imagery", path: "..")],
    targets: [
        .systemLibrary(name: "CZlibReference", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "FuzzSupport",
            dependencies: [
                .product(name: "Imagery", package: "swift-imagery"), .product(name: "ImageryIndex", package: "swift-imagery"),
            ]),
    ]
        + fuzzers.map { name in
            .executableTarget(
                name: "fuzz-" + name,
                dependencies: name.hasSuffix("flate")
                    ? ["CZlibReference", .product(name: "ImageryDeflate", package: "swift-imagery")]
                    : ["FuzzSupport", .product(name: "Imagery", package: "swift-imagery")]
                        + (rooms[name] ?? []).map { .product(name: $0, package: "swift-imagery") })
        }
)
