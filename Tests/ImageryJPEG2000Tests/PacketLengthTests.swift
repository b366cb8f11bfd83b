import ImageryBase
import ImageryPlumbing
import Synchronization
import TestSupport
import Testing

@testable import ImageryJPEG2000

@Suite("TLM and PLT serve to seek (A.7.1, A.7.3)") struct PacketLengthTests {
    private let vector = codestreamVectors.first { $0.name == "packetLengths" }!

    private func codestream(_ source: any ByteSource) throws -> Codestream { try Codestream(source, 0..<source.byteCount) }

    /// What packets said of each wanted code-block.
    private func contributions(_ tile: Tile, _ wanted: [PrecinctSelection]) -> [[Int]] {
        var found: [[Int]] = []
        for selection in wanted {
            selection.forEach(in: tile.layout) { place in
                let own = tile.packets.precinct(
                    component: place.component, resolution: place.resolution, number: place.precinct)
                guard let own else { return found.append([]) }
                let resolution = tile.layout.components[place.component].resolutions[place.resolution]
                let (column, row) = (place.precinct % resolution.precinctsWide, place.precinct / resolution.precinctsWide)
                let count = resolution.bands.reduce(0) {
                    $0 + $1.blocks(column: resolution.precinctX + column, row: resolution.precinctY + row).count
                }
                for block in tile.packets.blocks[Int(own.firstBlock)..<Int(own.firstBlock) + count] {
                    var numbers = [Int(block.zeroBitPlanes), Int(block.passes)]
                    var next = block.firstChunk
                    while next > 0 {
                        let chunk = tile.packets.chunks[Int(next) - 1]
                        numbers += [chunk.offset, Int(chunk.byteCount), chunk.passes]
                        next = chunk.next
                    }
                    found.append(numbers)
                }
            }
        }
        return found
    }

    /// Corners and the middle, at all levels.
    private let areas = [
        (Area(x0: 0, y0: 0, x1: 3, y1: 4), 0), (Area(x0: 33, y0: 25, x1: 37, y1: 29), 0), (Area(x0: 17, y0: 17, x1: 20, y1: 18), 0),
        (Area(x0: 0, y0: 9, x1: 3, y1: 12), 1), (Area(x0: 0, y0: 0, x1: 10, y1: 8), 2),
    ]

    @Test("Of few wanted precincts only their packets are read, one read after the other")
    func fewPackets() throws {
        let source = CountingSource(vector.bytes)
        let image = try codestream(source)
        let tile = try Tile(image.index, 0, layerLimit: nil, passesOverFrom: 0)
        let part = try #require(image.tileParts.all.parts.first)
        for (area, level) in areas {
            let wanted = tile.layout.precincts(under: [0: area], level: level)
            let ordered = try Tile(codestream(MemorySource(vector.bytes)).index, 0, layerLimit: nil)
            #expect(try ordered.packets.read(wanted))
            source.reset()
            #expect(try tile.packets.read(wanted))
            #expect(contributions(tile, wanted) == contributions(ordered, wanted))
            // The lengths, too, the first time.
            let ranges = coalesced(try tile.packets.ranges(wanted) + [part.start..<part.dataStart])
            #expect(
                source.touched.allSatisfy { touched in
                    ranges.contains { $0.lowerBound <= touched.lowerBound && touched.upperBound <= $0.upperBound }
                })
            #expect(ranges.reduce(0) { $0 + $1.count } < part.end - part.start)
            source.reset()
            #expect(try tile.packets.read(wanted))
            #expect(source.readCount == 0)
        }
    }

    @Test("A session that passed over packets gives every window, and the whole, of all layers and of the first")
    func windows() throws {
        for layers in [nil, 1] {
            let image = try codestream(MemorySource(vector.bytes))
            let ordered = try Tile(image.index, 0, layerLimit: layers)
            let tile = try Tile(image.index, 0, layerLimit: layers, passesOverFrom: 0)
            let whole = tile.layout.precincts(under: [0: Area(x0: 0, y0: 0, x1: 37, y1: 29)], level: 0)
            #expect(try tile.packets.read(tile.layout.precincts(under: [0: Area(x0: 4, y0: 4, x1: 5, y1: 5)], level: 0)))
            #expect(try tile.packets.read(whole))
            #expect(try ordered.packets.read(whole))
            let found = contributions(tile, whole)
            // Chunks of layers beyond the limit stay in the list of what was read in order, with nothing in them.
            let wanted = contributions(ordered, whole).map { numbers in layers == nil ? numbers : Array(numbers.prefix(5)) }
            #expect(layers == nil ? found == wanted : found.map { Array($0.dropFirst(2)) } == wanted.map { Array($0.dropFirst(2)) })
        }
    }

    @Test("Lengths that are right in their sum alone are found out") func wrongLengths() throws {
        var refused = 0
        for turn in 1..<26 {
            let bytes = MarkerEditor(bytes: vector.bytes).rewritten { marker, segment in
                guard marker == Marker.plt else { return segment }
                var lengths: [[UInt8]] = [[]]
                for byte in segment[5...] {
                    lengths[lengths.count - 1].append(byte)
                    if byte < 0x80 { lengths.append([]) }
                }
                lengths.removeLast()
                #expect(lengths.count == 27)
                return segment[..<5] + Array((lengths[turn...] + lengths[..<turn]).joined())
            }
            for (area, level) in areas {
                let tile = try Tile(codestream(MemorySource(bytes)).index, 0, layerLimit: nil, passesOverFrom: 0)
                let ordered = try Tile(codestream(MemorySource(bytes)).index, 0, layerLimit: nil)
                let wanted = tile.layout.precincts(under: [0: area], level: level)
                #expect(try ordered.packets.read(wanted))
                refused += try tile.packets.read(wanted) ? 0 : 1
                #expect(contributions(tile, wanted) == contributions(ordered, wanted), "lengths turned by \(turn), \(area)")
            }
        }
        #expect(refused > 50)
    }

    @Test("A source that fails once does no harm to the next read") func interruptedRead() throws {
        let calls = Atomic(0)
        let failsAt = Atomic(-1)
        struct Interrupted: ByteSource {
            let bytes: MemorySource
            let body: @Sendable () throws -> Void
            var byteCount: Int { bytes.byteCount }
            func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
                try self.body()
                try bytes.withBytes(range, body)
            }
        }
        let source = Interrupted(bytes: MemorySource(vector.bytes)) {
            if calls.add(1, ordering: .relaxed).newValue == failsAt.load(ordering: .relaxed) {
                throw ImageryError(.io, "test", "interrupted")
            }
        }
        let image = try codestream(source)
        let (area, level) = areas[0]
        let ordered = try Tile(codestream(MemorySource(vector.bytes)).index, 0, layerLimit: nil)
        let wanted = ordered.layout.precincts(under: [0: area], level: level)
        #expect(try ordered.packets.read(wanted))
        var interrupted = 0
        for call in 1..<30 {
            let tile = try Tile(image.index, 0, layerLimit: nil, passesOverFrom: 0)
            failsAt.store(calls.load(ordering: .relaxed) + call, ordering: .relaxed)
            if (try? tile.packets.read(wanted)) == nil { interrupted += 1 }
            failsAt.store(-1, ordering: .relaxed)
            #expect(try tile.packets.read(wanted))
            #expect(contributions(tile, wanted) == contributions(ordered, wanted), "interrupted at call \(call)")
        }
        #expect(interrupted > 1)
    }

    @Test("With TLM opening reads the main header, a tile its own parts") func tileParts() throws {
        let tiled = try #require(codestreamVectors.first { $0.name == "tileParts" })
        let source = CountingSource(tiled.bytes)
        let image = try codestream(source)
        let first = image.header.firstTilePart
        #expect(source.touched.allSatisfy { $0.upperBound <= first + 4 })
        let all = try codestream(MemorySource(tiled.bytes)).tileParts.all.parts
        #expect(all.count == 12)
        for tile in [3, 0, 2] {
            source.reset()
            let own = all.filter { Int($0.tile) == tile }
            #expect(try image.tileParts.parts(of: tile).map(\.part.start) == own.map(\.start))
            // SOT, the heads of marker segments, and SOD; when TLM is read, EOC at its end.
            for range in source.touched where range.lowerBound >= first && range.upperBound < source.byteCount {
                #expect(own.contains { $0.start <= range.lowerBound && range.upperBound <= $0.dataStart + 2 })
            }
        }
        source.reset()
        let window = Window(x: 0, y: 0, width: 9, height: 9)
        let request = ReadRequest(region: window, level: 0, bands: [0, 1, 2])
        #expect(try image.read(window) == image.read().crop(window))
        #expect(try image.byteRanges(request) == coalesced(all.filter { $0.tile == 0 }.map { $0.start..<$0.end }))
    }

    @Test("A wrong TLM is found out at the first tile that it misplaces") func wrongTileParts() throws {
        let tiled = try #require(codestreamVectors.first { $0.name == "tileParts" })
        let all = try codestream(MemorySource(tiled.bytes)).tileParts.all
        // Ttlm of one byte and Ptlm of four, twelve times: tiles exchanged, lengths exchanged, a part counted to its neighbour.
        let edits: [(inout [UInt8]) -> Void] = [
            { $0.swapAt(6, 21) }, { for index in 7..<11 { $0.swapAt(index, index + 5) } }, { $0[6] = 3 },
            { $0 = [0xff, 0x55, 0, UInt8($0.count - 7)] + $0[4..<6] + $0[11...] }, { $0[5] = 0x40 }, { $0[5] = 0x70 },
        ]
        for (number, edit) in edits.enumerated() {
            let bytes = MarkerEditor(bytes: tiled.bytes).rewritten { marker, segment in
                guard marker == Marker.tlm else { return segment }
                #expect(segment.count == 6 + 12 * (segment[5] >> 4 & 3 == 1 ? 5 : 6))
                var changed = segment
                edit(&changed)
                return changed
            }
            let moved = bytes.count - tiled.bytes.count
            let image = try codestream(MemorySource(bytes))
            for tile in 0..<4 {
                let own = all.numbers(of: tile).map { all.parts[Int($0)].start + moved }
                #expect(try image.tileParts.parts(of: tile).map(\.part.start) == own, "edit \(number), tile \(tile)")
            }
        }
    }
}
