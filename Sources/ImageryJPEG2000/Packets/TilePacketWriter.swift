// The packets of a tile, and its tile-part (T.800 A.4.2, B.9, B.10, B.12).

import ImageryBase

/// Distributes the coding passes of a tile's blocks over layers, and writes them.
struct TilePacketWriter {
    /// The packet of a layer and a precinct.
    private struct Packet {
        var header: [UInt8] = []
        var body: [(block: Int, bytes: Range<Int>)] = []

        var byteCount: Int { body.reduce(header.count) { $0 + $1.bytes.count } }
    }

    private let plan: EncodingPlan
    private let layout: TileLayout
    private let blocks: TileBlocks
    private let encoded: [EncodedBlock]
    private var precincts: [PrecinctWriter]
    private var packets: [[Packet]] = []

    /// `weights` are what the squared errors of the blocks weigh, for plans that do not keep all.
    init(
        _ plan: EncodingPlan, _ layout: TileLayout, _ blocks: TileBlocks, _ encoded: [EncodedBlock], _ weights: [Double]
    ) {
        self.plan = plan
        self.layout = layout
        self.blocks = blocks
        self.encoded = encoded
        precincts = blocks.precincts.map { precinct in
            PrecinctWriter(
                layout.components[precinct.component].resolutions[precinct.resolution], precinct: precinct.number,
                firstBlock: precinct.firstBlock, encoded)
        }
        var reached = [BlockReach](repeating: BlockReach(), count: encoded.count)
        let control = RateControl(encoded, weights)
        var spent = Self.headerBytes(plan, layout)
        for (layer, rate) in plan.layerBytes.enumerated() {
            if let rate {
                let budget = Self.bytes(rate, layout) - spent
                reached = control.reach(after: reached, budget: budget) { trial in
                    var copy = precincts
                    return Self.write(layer, trial, &copy).reduce(0) { $0 + $1.header.count }
                }
            } else {
                reached = encoded.map { BlockReach(passes: $0.passCount, bytes: $0.bytes.count) }
            }
            packets.append(Self.write(layer, reached, &precincts))
            spent += packets[layer].reduce(0) { $0 + $1.byteCount }
        }
    }

    /// The bytes of a tile with so many for a pixel.
    private static func bytes(_ rate: Double, _ layout: TileLayout) -> Int {
        // A plan has no rate beyond the bytes of a pixel, and a tile is 2^32 pixels wide and high at most.
        Int(min(rate * Double(layout.area.width) * Double(layout.area.height), 0x1p62))
    }

    /// The bytes that a tile has for packets in all; nil when they have no bound.
    static func budget(_ plan: EncodingPlan, _ layout: TileLayout) -> Int? {
        guard let last = plan.layerBytes.last, let rate = last else { return nil }
        return bytes(rate, layout) - headerBytes(plan, layout)
    }

    /// The tile's share of what is no packet.
    private static func headerBytes(_ plan: EncodingPlan, _ layout: TileLayout) -> Int {
        var packets = 0
        for component in layout.components {
            for resolution in component.resolutions { packets += resolution.precinctCount }
        }
        let lengths = plan.writesPacketLengths ? 5 + 2 * packets * plan.layerBytes.count : 0
        let share = plan.header(nil).count / plan.size.tileCount
        return 14 + lengths + (plan.writesTilePartLengths ? 6 : 0) + share
    }

    private static func write(_ layer: Int, _ reached: [BlockReach], _ precincts: inout [PrecinctWriter]) -> [Packet] {
        var packets: [Packet] = []
        packets.reserveCapacity(precincts.count)
        for index in precincts.indices {
            var bits = HeaderBitWriter()
            var packet = Packet()
            precincts[index].write(layer: layer, reached: reached, into: &bits) { block, bytes in
                if !bytes.isEmpty { packet.body.append((block, bytes)) }
            }
            packet.header = bits.bytes
            packets.append(packet)
        }
        return packets
    }

    /// SOT, PLT if wanted, SOD and the packets.
    ///
    /// Throws kind unsupported when the tile has more bytes, or packets, than their fields can say.
    func tilePart() throws(ImageryError) -> [UInt8] {
        var sequence = PacketSequence(layout, plan.size)
        var order: [(layer: Int, precinct: Int)] = []
        while let place = sequence.next() {
            let precinct = blocks.firstPrecinct[place.component][place.resolution] + place.precinct
            order.append((place.layer, precinct))
        }
        var lengths = SegmentWriter()
        if plan.writesPacketLengths {
            let counts = order.map { packets[$0.layer][$0.precinct].byteCount }
            guard PacketTable.write(counts, &lengths) else {
                throw ImageryError(
                    unsupported: .size, EncodingPlan.context, "tile \(layout.index) has more packets than PLT segments can list")
            }
        }
        let body = order.reduce(0) { $0 + packets[$1.layer][$1.precinct].byteCount }
        let total = 14 + lengths.bytes.count + body
        guard total <= Int(UInt32.max) else {
            throw ImageryError(
                unsupported: .size, EncodingPlan.context, "tile \(layout.index) has \(total) bytes: more than Psot can say")
        }
        var writer = SegmentWriter()
        writer.segment(Marker.sot) { segment in
            segment.u16(layout.index)
            segment.u32(total)
            segment.u8(0)
            segment.u8(1)
        }
        var bytes = writer.bytes + lengths.bytes
        bytes.reserveCapacity(total)
        bytes += [0xff, 0x93]
        for place in order {
            let packet = packets[place.layer][place.precinct]
            bytes += packet.header
            for part in packet.body { bytes += encoded[part.block].bytes[part.bytes] }
        }
        return bytes
    }
}
