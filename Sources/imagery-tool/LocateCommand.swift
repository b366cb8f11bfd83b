public import ArgumentParser
public import Imagery
import ImageryPlumbing

/// `locate`: from pixels to the ground and back.
struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate", abstract: "The longitude and latitude of a pixel, or the pixel of a longitude and latitude.",
        discussion: """
            A position x,y counts from the top left corner of the top left pixel, whose centre is 0.5,0.5. Prints two numbers.
            Examples: imagery locate scene.ntf 512,512
                      imagery locate scene.ntf --at 11.5761,48.1372 --height 520
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Argument(help: "A position in the full resolution image: x,y.")
    var position: PixelPosition?
    @Option(parsing: .unconditional, help: "A place on the ground: longitude,latitude in degrees.")
    var at: GroundPosition?
    @Option(parsing: .unconditional, help: "Metres above the ellipsoid, for camera models.")
    var height = 0.0
    @Option(help: "The key of the image.")
    var asset: String?
    @Flag(help: "One JSON object instead of text.")
    var json = false
    @OptionGroup var input: InputOptions

    func validate() throws {
        if (position == nil) == (at == nil) {
            throw ValidationError("locate needs either a position x,y or a place --at longitude,latitude")
        }
    }

    func run() throws {
        let image = try input.open(file).image(asset.map { AssetKey($0) })
        let ground: GroundPosition
        let pixel: PixelPosition
        if let position {
            pixel = position
            ground = try image.ground(x: position.x, y: position.y, height: height)
        } else {
            ground = at ?? GroundPosition(longitude: 0, latitude: 0)
            pixel = try image.pixel(longitude: ground.longitude, latitude: ground.latitude, height: height)
        }
        guard json else {
            return print(
                position == nil
                    ? "\(decimal(pixel.x, 4)) \(decimal(pixel.y, 4))"
                    : "\(decimal(ground.longitude, 9)) \(decimal(ground.latitude, 9))")
        }
        var writer = JSONWriter()
        writer.object { json in
            for (name, value) in [
                ("x", pixel.x), ("y", pixel.y), ("longitude", ground.longitude), ("latitude", ground.latitude), ("height", height),
            ] {
                json.key(name)
                json.number(value)
            }
        }
        print(writer.text)
    }
}

/// A number with that many digits behind its point at most.
func decimal(_ number: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (number * scale).rounded() / scale
    guard rounded.isFinite else { return "\(number)" }
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
}

extension PixelPosition: ExpressibleByArgument {
    public init?(argument: String) {
        guard let numbers = NumberList(argument: argument)?.numbers, numbers.count == 2, numbers.allSatisfy(\.isFinite) else {
            return nil
        }
        self.init(x: numbers[0], y: numbers[1])
    }
}
