#!/usr/bin/env python3
"""zstd_lerc.py TOOL: does other software read the Zstandard and LERC that the tool writes into TIFF, and does the tool read theirs?

tifffile (imagecodecs) and GDAL (rasterio) read a matrix of types, layouts and errors. Absent software is skipped, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import itertools
import sys
import warnings

from common import Checks, attempt, by_gdal, by_tifffile, noise, packages, waves, write_source

with packages():
    import imagecodecs
    import numpy
    import rasterio
    import rasterio.errors

LERC_TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")
LAYOUTS = {"tiles": ("--block-size", "32"), "strips": ("--block-size", "x7"), "planar": ("--interleave", "band"), "cloud": ("--cog",)}


def by_tool(checks, path):
    """Samples as the tool reads them."""
    target = checks.path("read.npy")
    trouble = checks.convert(path, target)
    if trouble:
        raise RuntimeError(trouble)
    return numpy.load(target)


def check_zstandard(checks):
    draw = numpy.random.default_rng(11)
    source, target = checks.path("in.tif"), checks.path("out.tif")
    for dtype, bands, make, (name, layout) in itertools.product(("uint8", "int32", "float32"), (1, 3), (waves, noise), LAYOUTS.items()):
        array = make(draw, dtype, (bands, 61, 83))
        write_source(source, array)
        for level in ("1", "3", "9"):
            problem = checks.convert(source, target, "--compression", "zstd", "--level", level, "--no-metadata", *layout)
            label = f"{bands} x {dtype} {make.__name__} {name} level {level}"
            checks.note("Zstandard, read by GDAL", label, problem or attempt(by_gdal, target, array))
            checks.note("Zstandard, read by tifffile", label, problem or attempt(by_tifffile, target, array))


def check_lerc(checks):
    draw = numpy.random.default_rng(12)
    source, target = checks.path("in.tif"), checks.path("out.tif")
    for dtype, bands, (name, layout), wrap in itertools.product(LERC_TYPES, (1, 3), LAYOUTS.items(), ("lerc", "lerc-deflate", "lerc-zstd")):
        array = waves(draw, dtype, (bands, 61, 83))
        write_source(source, array)
        problem = checks.convert(source, target, "--compression", wrap, "--no-metadata", *layout)
        label = f"{bands} x {dtype} {wrap} {name}"
        checks.note("LERC without loss, read by GDAL", label, problem or attempt(by_gdal, target, array))
        if wrap == "lerc" and name != "cloud":
            checks.note("LERC without loss, read by tifffile", label, problem or attempt(by_tifffile, target, array))
    for dtype, bands, error in itertools.product(("float32", "float64", "int16", "uint16"), (1, 3), (0.01, 0.5, 3)):
        array = waves(draw, dtype, (bands, 61, 83))
        if array.dtype.kind == "f":
            array = (100 * array).astype(dtype)
        write_source(source, array)
        problem = checks.convert(source, target, "--compression", f"lerc:{error}", "--no-metadata")
        if not problem:
            got = by_gdal(target)
            worst = numpy.abs(got.astype("float64") - array.astype("float64")).max()
            bound = error if array.dtype.kind == "f" else int(error)
            problem = "" if worst <= bound else f"an error of {worst}"
            problem = problem or attempt(lambda path: by_tool(checks, path), target, got)
        checks.note("LERC with an error, read by GDAL", f"{bands} x {dtype} {error}", problem)


def check_masks(checks):
    """Samples that are no numbers: of all bands at a pixel, and of some."""
    draw = numpy.random.default_rng(13)
    source, target = checks.path("in.tif"), checks.path("out.tif")
    for dtype, bands, isMixed in itertools.product(("float32", "float64"), (1, 3), (False, True)):
        array = waves(draw, dtype, (bands, 61, 83))
        array[:, 5:30, 11:40] = numpy.nan
        if isMixed:
            array[0, 40:50, 3:9] = numpy.nan
        write_source(source, array)
        problem = checks.convert(source, target, "--compression", "lerc", "--no-metadata")
        checks.note("LERC with masks, read by GDAL", f"{bands} x {dtype} {isMixed}", problem or attempt(by_gdal, target, array))
        checks.note("LERC with masks, read back", f"{bands} x {dtype} {isMixed}",
                    problem or attempt(lambda path: by_tool(checks, path), target, array))


def check_reading(checks):
    """Files of GDAL's."""
    draw = numpy.random.default_rng(14)
    target = checks.path("gdal.tif")
    compressions = [dict(compress="zstd", predictor=p) for p in (1, 2)] + [
        dict(compress=name, max_z_error=error) for name in ("lerc", "lerc_deflate", "lerc_zstd") for error in (0, 0.5)]
    for dtype, bands, options, tiled in itertools.product(LERC_TYPES, (1, 3), compressions, (False, True)):
        if dtype == "int8" and rasterio.__gdal_version__ < "3.7":
            continue
        array = waves(draw, dtype, (bands, 61, 83))
        layout = dict(tiled=True, blockxsize=32, blockysize=32) if tiled else {}
        with rasterio.open(target, "w", driver="GTiff", width=83, height=61, count=bands, dtype=dtype, **options, **layout) as dataset:
            dataset.write(array)
        label = f"{bands} x {dtype} {options}"
        checks.note("GDAL's files, read by the tool", label, attempt(lambda path: by_tool(checks, path), target, by_gdal(target)))


def check_sparse(checks):
    """Blocks of nothing but no-data or zeros are left out, and read as such."""
    array = numpy.zeros((2, 300, 300), "int16")
    array[:, 40:50, 40:50] = 7
    source, target = checks.path("in.tif"), checks.path("out.tif")
    for pad, layout in itertools.product((0, -5), LAYOUTS.values()):
        write_source(source, array + numpy.int16(pad))
        options = (f"--pad-value={pad}",) if pad else ()
        problem = checks.convert(source, target, "--sparse", "--no-metadata", *options, *layout)
        for reader, read in (("GDAL", by_gdal), ("the tool", lambda path: by_tool(checks, path))):
            checks.note(f"sparse files, read by {reader}", f"{pad} {layout}", problem or attempt(read, target, array + numpy.int16(pad)))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    checks = Checks(f"imagecodecs {imagecodecs.__version__}, GDAL {rasterio.__gdal_version__}", sys.argv[1])
    check_zstandard(checks)
    check_lerc(checks)
    check_masks(checks)
    check_reading(checks)
    check_sparse(checks)
    checks.finish()


main()
