// Images in prefix codes: literals, copies and colours of a cache.

import ImageryBase
import ImageryPlumbing

/// Reads the images of one lossless stream.
struct PixelDecoder {
    var bits: LosslessBits

    init(_ bytes: UnsafeRawBufferPointer) { bits = unsafe LosslessBits(bytes) }

    /// Pixels that were decoded.
    struct Coded {
        var memory: Scratch
        /// Whole rows that are good.
        var rows: Int
        var failure: WebPFailure?
    }

    private struct Group {
        /// Green, lengths and cache; red; blue; alpha; distance.
        var green: PrefixCodes.Code
        var red: PrefixCodes.Code
        var blue: PrefixCodes.Code
        var alpha: PrefixCodes.Code
        var distance: PrefixCodes.Code
    }

    /// Which group of codes pixels are in.
    private struct GroupMap {
        var memory: Scratch?
        var shift = 0
        var columns = 0
        var count = 1
    }

    private static let (literals, lengths, distances) = (256, 24, 40)

    /// Reads an image that serves a transform: all of it.
    mutating func readSmall(columns: Int, rows: Int) throws(LosslessStop) -> Scratch {
        let cacheBits = try readCacheBits()
        let coded = try readPixels(columns: columns, rows: rows, wanted: rows, cacheBits, GroupMap())
        if let failure = coded.failure { throw .damage(failure) }
        return coded.memory
    }

    /// Reads the first `wanted` rows of the image itself.
    mutating func readMain(columns: Int, rows: Int, wanted: Int) throws(LosslessStop) -> Coded {
        let cacheBits = try readCacheBits()
        var map = GroupMap()
        if bits.take(1) == 1 {
            map.shift = bits.take(3) + 2
            map.columns = (columns - 1) >> map.shift + 1
            let mapRows = (rows - 1) >> map.shift + 1
            let memory = try readSmall(columns: map.columns, rows: mapRows)
            map.memory = memory
            let pixels = unsafe memory.base.assumingMemoryBound(to: UInt32.self)
            for index in 0..<map.columns * mapRows {
                unsafe pixels[index] = pixels[index] >> 8 & 0xFFFF
                map.count = unsafe max(map.count, Int(pixels[index]) + 1)
            }
        }
        return try readPixels(columns: columns, rows: rows, wanted: wanted, cacheBits, map)
    }

    private mutating func readCacheBits() throws(LosslessStop) -> Int {
        guard bits.take(1) == 1 else { return 0 }
        let count = bits.take(4)
        guard 1...11 ~= count else { throw .damage(.badCode) }
        return count
    }

    private mutating func readGroups(_ count: Int, cacheBits: Int) throws(WebPFailure) -> (PrefixCodes, [Group]) {
        // The shortest description of five codes has 20 bits.
        guard count <= bits.remaining / 20 + 1 else { throw .truncated }
        var codes = PrefixCodes()
        var groups: [Group] = []
        groups.reserveCapacity(count)
        let greens = Self.literals + Self.lengths + (cacheBits > 0 ? 1 << cacheBits : 0)
        for _ in 0..<count {
            groups.append(
                Group(
                    green: try codes.read(&bits, count: greens), red: try codes.read(&bits, count: Self.literals),
                    blue: try codes.read(&bits, count: Self.literals), alpha: try codes.read(&bits, count: Self.literals),
                    distance: try codes.read(&bits, count: Self.distances)))
        }
        return (codes, groups)
    }

    private mutating func readPixels(
        columns: Int, rows: Int, wanted: Int, _ cacheBits: Int, _ map: GroupMap
    ) throws(LosslessStop) -> Coded {
        let codes: PrefixCodes
        let groups: [Group]
        do throws(WebPFailure) {
            (codes, groups) = try readGroups(map.count, cacheBits: cacheBits)
        } catch {
            throw .damage(error)
        }
        let memory: Scratch
        let cache: Scratch
        do throws(ImageryError) {
            memory = try Scratch(byteCount: 4 * columns * wanted)
            cache = try Scratch(byteCount: 4 << cacheBits)
        } catch {
            throw .memory(error)
        }
        let pixels = unsafe memory.base.bindMemory(to: UInt32.self, capacity: columns * wanted)
        let colours = unsafe cache.base.bindMemory(to: UInt32.self, capacity: 1 << cacheBits)
        unsafe colours.update(repeating: 0, count: 1 << cacheBits)
        let (done, failure) = unsafe codes.entries.withUnsafeBufferPointer { entries in
            unsafe groups.withUnsafeBufferPointer { groups in
                // In bounds: there is a group for each number in the map, and every code has a table.
                guard let entries = entries.baseAddress, let groups = groups.baseAddress else {
                    return (0, WebPFailure.badCode) as (Int, WebPFailure?)
                }
                let part = unsafe Part(
                    entries: entries, groups: groups, map: map, pixels: pixels, colours: colours, cacheBits: cacheBits,
                    columns: columns, end: columns * wanted, isWhole: wanted == rows)
                return unsafe decode(part)
            }
        }
        withExtendedLifetime((memory, cache)) {}
        return Coded(memory: memory, rows: done / columns, failure: failure)
    }

    /// What the loop over pixels works with.
    @unsafe
    private struct Part {
        var entries: UnsafePointer<UInt32>
        var groups: UnsafePointer<Group>
        var map: GroupMap
        var pixels: UnsafeMutablePointer<UInt32>
        var colours: UnsafeMutablePointer<UInt32>
        var cacheBits: Int
        var columns: Int
        /// Pixels that are wanted.
        var end: Int
        /// True when the image ends there.
        var isWhole: Bool
    }

    /// Decodes pixels until all are there; returns how many, and why they are fewer.
    private mutating func decode(_ part: Part) -> (Int, WebPFailure?) {
        var bits = bits
        defer { self.bits = bits }
        let entries = unsafe part.entries
        let pixels = unsafe part.pixels
        let columns = unsafe part.columns
        let end = unsafe part.end
        let hasMap = unsafe part.map.memory != nil
        let map = unsafe part.map.memory?.base.assumingMemoryBound(to: UInt32.self)
        let (shift, mapColumns) = unsafe (part.map.shift, part.map.columns)
        let hash = unsafe UInt32(32 - part.cacheBits)
        let cached = unsafe part.cacheBits > 0 ? 1 << part.cacheBits : 0
        let blockMask = 1 << shift - 1
        var group = unsafe part.groups
        var (position, row, column) = (0, 0, 0)
        var isNewBlock = true
        while position < end {
            if hasMap, isNewBlock || column & blockMask == 0, let map = unsafe map {
                unsafe group = unsafe part.groups + Int(map[row &>> shift &* mapColumns &+ column &>> shift])
            }
            isNewBlock = false
            bits.fill()
            let symbol = unsafe PrefixCodes.symbol(group.pointee.green, entries, &bits)
            var count = 1
            if symbol < Self.literals {
                let red = unsafe PrefixCodes.symbol(group.pointee.red, entries, &bits)
                bits.fill()
                let blue = unsafe PrefixCodes.symbol(group.pointee.blue, entries, &bits)
                let alpha = unsafe PrefixCodes.symbol(group.pointee.alpha, entries, &bits)
                let pixel = UInt32(truncatingIfNeeded: alpha &<< 24 | red &<< 16 | symbol &<< 8 | blue)
                unsafe pixels[position] = pixel
                if cached > 0 { unsafe part.colours[Int((0x1E35_A7BD &* pixel) &>> hash)] = pixel }
            } else if symbol < Self.literals + Self.lengths {
                count = Self.number(symbol - Self.literals, &bits)
                bits.fill()
                let code = unsafe Self.number(PrefixCodes.symbol(group.pointee.distance, entries, &bits), &bits)
                let distance = Self.distance(code, columns)
                guard !bits.isOverrun else { return (position, .truncated) }
                guard distance <= position, unsafe count <= end - position || !part.isWhole else { return (position, .badCopy) }
                count = min(count, end - position)
                for place in position..<position &+ count {
                    let pixel = unsafe pixels[place &- distance]
                    unsafe pixels[place] = pixel
                    if cached > 0 { unsafe part.colours[Int((0x1E35_A7BD &* pixel) &>> hash)] = pixel }
                }
                isNewBlock = true
            } else {
                // In bounds: the code of greens has as many symbols as the cache has colours.
                let pixel = unsafe part.colours[symbol - Self.literals - Self.lengths]
                unsafe pixels[position] = pixel
                unsafe part.colours[Int((0x1E35_A7BD &* pixel) &>> hash)] = pixel
            }
            position &+= count
            column &+= count
            while column >= columns {
                column &-= columns
                row &+= 1
                guard !bits.isOverrun else { return ((row - 1) * columns, .truncated) }
            }
        }
        return (position, nil)
    }

    /// A length or distance whose first bits are its prefix.
    @inline(__always)
    private static func number(_ prefix: Int, _ bits: inout LosslessBits) -> Int {
        guard prefix >= 4 else { return prefix + 1 }
        let extra = (prefix - 2) >> 1
        return (2 + prefix & 1) << extra + bits.take(extra) + 1
    }

    /// How many pixels a copy reaches back.
    private static func distance(_ code: Int, _ columns: Int) -> Int {
        guard code <= 120 else { return code - 120 }
        return max(1, Int(NearDistance.left[code - 1]) + Int(NearDistance.up[code - 1]) * columns)
    }
}
