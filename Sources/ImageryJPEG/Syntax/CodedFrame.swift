// A frame whose headers are read: where its data lies, and what is in force before the first scan (T.81 annex B).

import ImageryBase
import ImageryPlumbing

/// A frame at the bottom of everything that decodes it.
struct CodedFrame: Sendable {
    let source: any ByteSource
    let header: Header
    let layoutOfFrame: FrameLayout
    /// Tables that are in force before those of the stream.
    let sharedTables: DecodingTables
    private let restartIndex = Lazy<RestartIndex>()

    /// `colors` overrides what the markers of the stream say.
    init(_ source: any ByteSource, tables: DecodingTables, colors: JPEGColors) throws(ImageryError) {
        self.source = source
        sharedTables = tables
        var header = try Header(source)
        switch colors {
        case .asMarked: break
        case .asStored: header.transform = .none
        case .asToldElse(let isYCbCr): header.transform = header.colorMarkers.transform(header.frame, else: isYCbCr)
        case .yCbCr: header.transform = header.frame.components.count == 3 ? .rgb : .none
        }
        self.header = header
        layoutOfFrame = FrameLayout(header.frame)
    }

    /// True when the one scan holds all there is of every block.
    var isOneScan: Bool {
        header.frame.process != .progressive && header.scan.parts.count == header.frame.components.count
    }

    /// From the first scan's data to the end: where it ends is not known before it is decoded.
    var dataRanges: [Range<Int>] { [min(header.scan.dataOffset, source.byteCount)..<source.byteCount] }
    var dataByteCount: Int { max(0, source.byteCount - header.scan.dataOffset) }

    /// Where the restart intervals of the one scan begin; nil when there are none.
    func restarts(interval: Int) -> RestartIndex? {
        guard interval > 0, isOneScan else { return nil }
        let mcus = layoutOfFrame.mcusWide * layoutOfFrame.mcusHigh
        return restartIndex.value { RestartIndex(source, offset: header.scan.dataOffset, interval: interval, mcus: mcus) }
    }

    /// The tables that stand before the first scan, or are in force without standing there.
    func tables() throws(ImageryError) -> DecodingTables {
        try header.tables(source, before: sharedTables)
    }
}
