#!/usr/bin/env python3
"""webp_lzma.py TOOL: does the tool read the WebP and LZMA that other software writes into TIFF?

GDAL (rasterio), liblzma and libwebp write a matrix of types, layouts, qualities and filters; what the tool reads is compared with
what GDAL reads. Absent software is skipped, unless the environment variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import io
import itertools
import lzma
import sys
import warnings

from common import Checks, attempt, by_gdal, noise, packages, waves

with packages():
    import imagecodecs
    import numpy
    import PIL.Image
    import rasterio
    import rasterio.errors

LZMA_TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")


def by_tool(checks, path):
    """Samples as the tool reads them."""
    target = checks.path("read.npy")
    trouble = checks.convert(path, target)
    if trouble:
        raise RuntimeError(trouble)
    return numpy.load(target)


def write(path, array, **options):
    bands, rows, columns = array.shape
    with rasterio.open(path, "w", driver="GTiff", width=columns, height=rows, count=bands, dtype=array.dtype, **options) as dataset:
        dataset.write(array)


def check_lzma(checks):
    """GDAL's files: all types, predictors and layouts."""
    draw = numpy.random.default_rng(21)
    target = checks.path("gdal.tif")
    layouts = (dict(), dict(tiled=True, blockxsize=32, blockysize=32), dict(interleave="band"))
    for dtype, bands, make, layout, predictor in itertools.product(LZMA_TYPES, (1, 3), (waves, noise), layouts, (1, 2, 3)):
        if predictor == 3 and not dtype.startswith("float") or predictor == 2 and dtype.startswith("float"):
            continue
        array = make(draw, dtype, (bands, 61, 83))
        write(target, array, compress="lzma", predictor=predictor, lzma_preset=int(draw.integers(0, 10)), **layout)
        label = f"{bands} x {dtype} {make.__name__} {layout} predictor {predictor}"
        checks.note("LZMA of GDAL", label, attempt(lambda path: by_tool(checks, path), target, array))


def raw_tiff(path, streams, rows, columns, code, samples):
    """A TIFF of strips that are given as they are."""
    def entry(tag, kind, count, value):
        return tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + count.to_bytes(4, "little") + value.to_bytes(4, "little")
    places, data = [], b""
    for stream in streams:
        places.append(8 + len(data))
        data += stream + b"\0" * (len(stream) % 2)
    lists = 8 + len(data)
    numbers = b"".join(n.to_bytes(4, "little") for n in places + [len(stream) for stream in streams])
    directory = lists + len(numbers)
    one = len(streams) == 1
    count = len(streams)
    entries = [
        entry(256, 4, 1, columns), entry(257, 4, 1, rows * count), entry(258, 3, 1, 8), entry(259, 3, 1, code),
        entry(262, 3, 1, 2 if samples > 2 else 1), entry(273, 4, count, places[0] if one else lists), entry(277, 3, 1, samples),
        entry(278, 4, 1, rows), entry(279, 4, count, len(streams[0]) if one else lists + 4 * count)]
    if samples == 4:
        entries.append(entry(338, 3, 1, 2))
    with open(path, "wb") as file:
        file.write(b"II*\0" + directory.to_bytes(4, "little") + data + numbers)
        file.write(len(entries).to_bytes(2, "little") + b"".join(entries) + bytes(4))


def check_filters(checks):
    """Streams of liblzma with every check, preset and filter, which libtiff writes no file of but reads."""
    draw = numpy.random.default_rng(22)
    target = checks.path("raw.tif")
    kinds = (lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64, lzma.CHECK_SHA256)
    for check, preset, deltas in itertools.product(kinds, range(10), ((), (1,), (3,), (4, 256))):
        literal = int(draw.integers(0, 5))
        chain = [{"id": lzma.FILTER_DELTA, "dist": distance} for distance in deltas]
        chain.append({"id": lzma.FILTER_LZMA2, "preset": preset, "lc": literal, "lp": int(draw.integers(0, 5 - literal)),
                      "pb": int(draw.integers(0, 5)), "dict_size": 1 << int(draw.integers(12, 21))})
        array = waves(draw, "uint8", (1, 3 * 64, 300)) if preset % 2 else noise(draw, "uint8", (1, 3 * 64, 300))
        streams = [lzma.compress(array[:, top:top + 64].tobytes(), check=check, filters=chain) for top in range(0, 192, 64)]
        raw_tiff(target, streams, 64, 300, 34925, 1)
        label = f"check {check} preset {preset} delta {deltas}"
        checks.note("LZMA of liblzma, as GDAL reads it", label, attempt(by_gdal, target, array))
        checks.note("LZMA of liblzma", label, attempt(lambda path: by_tool(checks, path), target, array))


def check_webp(checks):
    """GDAL's files: lossless and lossy, with and without alpha."""
    draw = numpy.random.default_rng(23)
    target = checks.path("webp.tif")
    options = [dict(webp_lossless=True)] + [dict(webp_level=level) for level in (1, 30, 75, 95, 100)]
    layouts = (dict(), dict(tiled=True, blockxsize=32, blockysize=64), dict(blockysize=7))
    for bands, make, how, layout, size in itertools.product((3, 4), (waves, noise), options, layouts, ((61, 83), (130, 40))):
        array = make(draw, "uint8", (bands, *size))
        write(target, array, compress="webp", photometric="rgb", **how, **layout)
        wanted = by_gdal(target)
        label = f"{bands} bands {make.__name__} {how} {layout} {size}"
        checks.note("WebP of GDAL", label, attempt(lambda path: by_tool(checks, path), target, wanted))
        if "webp_lossless" in how and bands == 3:
            checks.note("WebP without loss", label, attempt(lambda path: by_tool(checks, path), target, array))


def check_streams(checks):
    """Streams of libwebp with every method and many qualities, read as libwebp reads them."""
    draw = numpy.random.default_rng(24)
    target = checks.path("stream.tif")
    for number, (samples, lossless, method) in enumerate(itertools.product((3, 4), (False, True), range(7))):
        for quality in (0, 20, 50, 80, 100):
            array = (waves if (number + quality) % 3 else noise)(draw, "uint8", (samples, 50, 77))
            pixels = numpy.ascontiguousarray(numpy.moveaxis(array, 0, -1))
            if lossless and quality < 50:
                pixels = numpy.ascontiguousarray(pixels // 64 * 64 if quality else pixels // 128 * 255)
            buffer = io.BytesIO()
            PIL.Image.fromarray(pixels).save(
                buffer, "WEBP", lossless=lossless, quality=quality, method=method, exact=True, alpha_quality=max(1, quality))
            wanted = imagecodecs.webp_decode(buffer.getvalue(), hasalpha=samples == 4)
            raw_tiff(target, [buffer.getvalue()], 50, 77, 50001, samples)
            label = f"{samples} bands {'without' if lossless else 'with'} loss, method {method}, quality {quality}"
            checks.note("WebP of libwebp", label, attempt(lambda path: by_tool(checks, path), target, numpy.moveaxis(wanted, -1, 0)))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    checks = Checks(f"imagecodecs {imagecodecs.__version__}, GDAL {rasterio.__gdal_version__}", sys.argv[1])
    check_lzma(checks)
    check_filters(checks)
    check_webp(checks)
    check_streams(checks)
    checks.finish()


main()
