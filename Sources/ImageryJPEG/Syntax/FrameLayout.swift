// The geometry that follows from the frame header (T.81 A.1.1, A.2).

import ImageryBase
import ImageryPlumbing

/// One component's blocks and samples.
struct ComponentLayout: Sendable {
    /// Blocks of an MCU of all components.
    var horizontal: Int
    var vertical: Int
    /// Its own samples: the rest of its blocks is padding.
    var width: Int
    var height: Int
    /// Blocks that hold own samples: those of a scan of this component alone.
    var ownBlocksWide: Int
    var ownBlocksHigh: Int
    /// Samples on a side of its blocks: on lower levels more than the frame's, as long as that saves enlarging them.
    var blockSize: Int
}

/// MCUs and components of a frame.
struct FrameLayout: Sendable {
    var components: [ComponentLayout]
    var maxHorizontal: Int
    var maxVertical: Int
    /// Samples on a side of a block: 8, less on lower resolution levels, and 1 in lossless processes.
    var blockSize: Int
    var mcusWide: Int
    var mcusHigh: Int
    /// The pixels of all MCUs that are the image's.
    var width: Int
    var height: Int
    /// Chrominance of half the size is interpolated: not in lossless processes.
    var interpolates: Bool

    /// Pixels of an MCU.
    var mcuWidth: Int { blockSize * maxHorizontal }
    var mcuHeight: Int { blockSize * maxVertical }

    /// The geometry on the raster of resolution level `level`, whose blocks have 8 / 2^level samples on a side (S40).
    init(_ frame: Frame, level: Int = 0) {
        let isAlone = frame.components.count == 1
        let (width, height) = (frame.width, frame.height)
        let maxHorizontal = isAlone ? 1 : frame.components.reduce(1) { max($0, $1.horizontal) }
        let maxVertical = isAlone ? 1 : frame.components.reduce(1) { max($0, $1.vertical) }
        let size = frame.process == .lossless ? 1 : 8
        let levelSize = size >> level
        components = frame.components.map { component in
            // A component that is alone has full size and MCUs of one block, whatever its factors are (T.81 A.2.2).
            let horizontal = isAlone ? 1 : component.horizontal
            let vertical = isAlone ? 1 : component.vertical
            var own = levelSize
            while own < size, maxHorizontal * levelSize % (2 * own * horizontal) == 0,
                maxVertical * levelSize % (2 * own * vertical) == 0
            {
                own *= 2
            }
            let ownWidth = ceilDivide(width * horizontal, maxHorizontal)
            let ownHeight = ceilDivide(height * vertical, maxVertical)
            return ComponentLayout(
                horizontal: horizontal, vertical: vertical,
                width: ceilDivide(width * horizontal * own, maxHorizontal * size),
                height: ceilDivide(height * vertical * own, maxVertical * size),
                ownBlocksWide: ceilDivide(ownWidth, size), ownBlocksHigh: ceilDivide(ownHeight, size), blockSize: own)
        }
        self.maxHorizontal = maxHorizontal
        self.maxVertical = maxVertical
        blockSize = levelSize
        interpolates = frame.process != .lossless
        self.width = ceilShift(width, level)
        self.height = ceilShift(height, level)
        mcusWide = ceilDivide(width, size * maxHorizontal)
        mcusHigh = ceilDivide(height, size * maxVertical)
    }

    /// Blocks of all components, padding included.
    var blockCount: Int {
        components.reduce(0) { $0 + mcusWide * $1.horizontal * mcusHigh * $1.vertical }
    }
}

extension Frame {
    /// One block, samples of 8 bits in bytes (S54, S58).
    var imageLayout: ImageLayout {
        ImageLayout(
            shape: Shape(bands: components.count, rows: height, columns: width), pixelType: precision > 8 ? .uint16 : .uint8,
            bitsPerPixel: precision, blockWidth: width, blockHeight: height)
    }

    /// Full resolution, and 1/2, 1/4 and 1/8 where there is a DCT (S40).
    var resolutionLevels: Int { process == .lossless ? 1 : 4 }
}
