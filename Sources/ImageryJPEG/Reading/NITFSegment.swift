// The application segment of JPEG blocks in NITF files (MIL-STD-188-198A, APP6).

import ImageryBase

/// What an APP6 segment says of the image that a block belongs to; the rest follows from how the block is written.
public struct NITFSegment: Hashable, Sendable {
    /// What the samples show.
    public enum ImageClass: UInt8, Hashable, Sendable {
        /// Any other picture.
        case general
        /// Visible light.
        case visible
        /// Infrared.
        case infrared
        /// Synthetic aperture radar.
        case radar
    }

    /// Interleaving of the image, as the subheader has it.
    public enum Interleaving: String, Hashable, Sendable {
        /// IMODE B: the bands of a block one after the other.
        case block = "B"
        /// IMODE P: the bands of a pixel together.
        case pixel = "P"
        /// IMODE S: whole bands one after the other.
        case sequential = "S"
    }

    /// IMODE of the image.
    public var interleaving: Interleaving
    /// NBPR of the image, 1 to 9999.
    public var blocksPerRow: Int
    /// NBPC of the image, 1 to 9999.
    public var blocksPerColumn: Int
    /// The image is red, green and blue, however its blocks are stored.
    public var isColor: Bool
    /// Bits of a sample of the image: ABPP.
    public var originalPrecision: Int
    /// By what sensor.
    public var imageClass: ImageClass

    /// A segment of an image of these properties.
    public init(
        interleaving: Interleaving, blocksPerRow: Int, blocksPerColumn: Int, isColor: Bool, originalPrecision: Int,
        imageClass: ImageClass = .general
    ) {
        self.interleaving = interleaving
        self.blocksPerRow = blocksPerRow
        self.blocksPerColumn = blocksPerColumn
        self.isColor = isColor
        self.originalPrecision = originalPrecision
        self.imageClass = imageClass
    }

    /// Version 02.00. The quality level is 0: the tables are in the stream.
    func serialised(_ frame: Frame, isColorConverted: Bool) throws(ImageryError) -> [UInt8] {
        guard (1...65535).contains(blocksPerRow), (1...65535).contains(blocksPerColumn), (1...255).contains(originalPrecision)
        else {
            throw ImageryError(
                .misuse, "JPEG APP6",
                "\(blocksPerRow) × \(blocksPerColumn) blocks of \(originalPrecision) bits do not fit the segment")
        }
        // Numbers of the processes in T.81 clause 4.11: 1 baseline, 4 extended with 8 or 12 bits, 14 lossless.
        let process: UInt8 =
            switch frame.process {
            case .baseline: 1
            case .extended, .progressive: 4
            case .lossless: 14
            }
        let streamColor: UInt8 = isColorConverted ? 2 : frame.components.count == 3 ? 1 : 0
        var data: [UInt8] = Array("NITF\0".utf8) + [2, 0] + Array(interleaving.rawValue.utf8)
        data += bigEndian16(blocksPerRow) + bigEndian16(blocksPerColumn)
        data += [isColor ? 1 : 0, UInt8(originalPrecision), imageClass.rawValue, process, 0, streamColor, UInt8(frame.precision)]
        // Filtered both ways: what the JPEG processes presume; then reserved.
        return Marker.segment(0xe6, data + [1, 1, 0, 0])
    }
}
