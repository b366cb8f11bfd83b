/// Chunky samples (pixel by pixel) to planar ones (band by band) and back.
///
/// There is at least one sample a pixel, of 1, 2, 3, 4, 8 or 16 bytes. `swapUnit` is 1 for a plain move; 2, 4 or 8 reverses
/// each unit of that many bytes within a sample (a complex sample of two 4-byte floats has 8 bytes and unit 4). Source and
/// destination must not overlap; no alignment is asked for; nothing beyond the named bytes is read or written.
public enum SampleInterleaving {
    /// Separates `count` chunky pixels of `samples` samples: band `k` goes to `base + k * bandStride` (bytes), contiguous.
    public static func deinterleave(
        _ source: UnsafeRawPointer, samples: Int, sampleBytes: Int, swapUnit: Int, count: Int,
        into base: UnsafeMutableRawPointer, bandStride: Int
    ) {
        var done = 0
        #if arch(x86_64)
            if samples > 1 && (swapUnit == 1 || swapUnit == sampleBytes) {
                done = unsafe deinterleaveBlocks(
                    source, samples: samples, sampleBytes: sampleBytes, swap: swapUnit > 1, count: count, into: base,
                    bandStride: bandStride)
            }
        #endif
        // Band after band, over so few pixels that they stay in the nearest cache.
        let pixelBytes = samples &* sampleBytes
        let step = 16384 / pixelBytes &+ 1
        while done < count {
            let pixels = step < count &- done ? step : count &- done
            for band in 0..<samples {
                unsafe extract(
                    source + (done &* pixelBytes &+ band &* sampleBytes), step: samples, sampleBytes: sampleBytes,
                    swapUnit: swapUnit, count: pixels, into: base + (band &* bandStride &+ done &* sampleBytes))
            }
            done &+= pixels
        }
    }

    /// Joins `samples` bands of `count` samples into chunky pixels: band `k` lies at `base + k * bandStride` (bytes).
    public static func interleave(
        _ base: UnsafeRawPointer, bandStride: Int, samples: Int, sampleBytes: Int, swapUnit: Int, count: Int,
        into destination: UnsafeMutableRawPointer
    ) {
        var done = 0
        #if arch(x86_64)
            if samples > 1 && (swapUnit == 1 || swapUnit == sampleBytes) {
                done = unsafe interleaveBlocks(
                    base, bandStride: bandStride, samples: samples, sampleBytes: sampleBytes, swap: swapUnit > 1, count: count,
                    into: destination)
            }
        #endif
        let pixelBytes = samples &* sampleBytes
        let step = 16384 / pixelBytes &+ 1
        while done < count {
            let pixels = step < count &- done ? step : count &- done
            for band in 0..<samples {
                unsafe insert(
                    base + (band &* bandStride &+ done &* sampleBytes), sampleBytes: sampleBytes, swapUnit: swapUnit,
                    count: pixels, into: destination + (done &* pixelBytes &+ band &* sampleBytes), step: samples)
            }
            done &+= pixels
        }
    }

    /// Takes one band out of chunky pixels of `step` samples; `source` points at the band's first sample.
    public static func extract(
        _ source: UnsafeRawPointer, step: Int, sampleBytes: Int, swapUnit: Int, count: Int,
        into destination: UnsafeMutableRawPointer
    ) {
        if step == 1 {
            return unsafe ByteOrder.copy(source, into: destination, byteCount: count &* sampleBytes, swapUnit: swapUnit)
        }
        unsafe move(
            source, sourceStep: step &* sampleBytes, into: destination, destinationStep: sampleBytes, sampleBytes: sampleBytes,
            count: count)
        if swapUnit > 1 {
            unsafe ByteOrder.copy(destination, into: destination, byteCount: count &* sampleBytes, swapUnit: swapUnit)
        }
    }

    /// Puts one band into chunky pixels of `step` samples; `destination` points at the band's first sample.
    public static func insert(
        _ source: UnsafeRawPointer, sampleBytes: Int, swapUnit: Int, count: Int,
        into destination: UnsafeMutableRawPointer, step: Int
    ) {
        if step == 1 {
            return unsafe ByteOrder.copy(source, into: destination, byteCount: count &* sampleBytes, swapUnit: swapUnit)
        }
        switch (sampleBytes, swapUnit) {
        case (2, 2):
            unsafe moveSwapped(source, into: destination, destinationStep: step &* 2, as: UInt16.self, count: count)
        case (4, 4):
            unsafe moveSwapped(source, into: destination, destinationStep: step &* 4, as: UInt32.self, count: count)
        case (8, 8):
            unsafe moveSwapped(source, into: destination, destinationStep: step &* 8, as: UInt64.self, count: count)
        default:
            unsafe move(
                source, sourceStep: sampleBytes, into: destination, destinationStep: step &* sampleBytes,
                sampleBytes: sampleBytes, count: count)
            if swapUnit > 1 {
                // Units inside a larger sample (complex): reversed where they lie.
                for i in 0..<count {
                    let sample = unsafe destination + i &* step &* sampleBytes
                    unsafe ByteOrder.copy(sample, into: sample, byteCount: sampleBytes, swapUnit: swapUnit)
                }
            }
        }
    }

    private static func move(
        _ source: UnsafeRawPointer, sourceStep: Int, into destination: UnsafeMutableRawPointer, destinationStep: Int,
        sampleBytes: Int, count: Int
    ) {
        switch sampleBytes {
        case 1: unsafe move(source, sourceStep, destination, destinationStep, as: UInt8.self, count)
        case 2: unsafe move(source, sourceStep, destination, destinationStep, as: UInt16.self, count)
        case 4: unsafe move(source, sourceStep, destination, destinationStep, as: UInt32.self, count)
        case 8: unsafe move(source, sourceStep, destination, destinationStep, as: UInt64.self, count)
        case 16: unsafe move(source, sourceStep, destination, destinationStep, as: SIMD2<UInt64>.self, count)
        default:
            for i in 0..<count {
                for byte in 0..<sampleBytes {
                    let value = unsafe source.load(fromByteOffset: i &* sourceStep &+ byte, as: UInt8.self)
                    unsafe destination.storeBytes(of: value, toByteOffset: i &* destinationStep &+ byte, as: UInt8.self)
                }
            }
        }
    }

    @inline(__always) private static func move<Sample: BitwiseCopyable>(
        _ source: UnsafeRawPointer, _ sourceStep: Int, _ destination: UnsafeMutableRawPointer, _ destinationStep: Int,
        as type: Sample.Type, _ count: Int
    ) {
        var from = unsafe source
        var to = unsafe destination
        for _ in 0..<count {
            unsafe to.storeBytes(of: from.loadUnaligned(as: Sample.self), as: Sample.self)
            unsafe from += sourceStep
            unsafe to += destinationStep
        }
    }

    @inline(__always) private static func moveSwapped<Sample: FixedWidthInteger & BitwiseCopyable>(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, destinationStep: Int,
        as type: Sample.Type, count: Int
    ) {
        var from = unsafe source
        var to = unsafe destination
        for _ in 0..<count {
            unsafe to.storeBytes(of: from.loadUnaligned(as: Sample.self).byteSwapped, as: Sample.self)
            unsafe from += MemoryLayout<Sample>.size
            unsafe to += destinationStep
        }
    }
}
