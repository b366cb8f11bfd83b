// swift-tools-version:6.2
import PackageDescription

/// A package that uses the library as any other does: the code of README.md and of the articles, run. Scripts/examples builds it and runs it.
let package = Package(
    name: "imagery-examples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "swift-imagery", path: "..")],
    targets: [
        .executableTarget(
            name: "examples",
            dependencies: ["Imagery", "ImageryFoundation", "ImageryIndex", "ImageryNITF"].map {
                .product(name: $0, package: "swift-imagery")
            })
    ],
    swiftLanguageModes: [.v6]
)
