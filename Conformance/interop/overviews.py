#!/usr/bin/env python3
"""overviews.py TOOL: does GDAL take the overviews that the tool adds to a file, and does the file read when the adding is cut short?

Checked are the sizes that GDAL lists, checksums of the image before and after, pixels of overviews against means made here, masks, pages, BigTIFF, cloud-optimized files
(which may not claim their layout any more), and side files that GDAL makes. Absent software is skipped, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import itertools
import json
import os
import shutil
import sys
import warnings

from common import Checks, attempt, has_tools, packages, waves

with packages():
    import numpy
    import rasterio
    import rasterio.errors
    import rasterio.shutil


def write(path, array, mask=None, **options):
    bands, rows, columns = array.shape
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        with rasterio.open(path, "w", driver="GTiff", width=columns, height=rows, count=bands, dtype=array.dtype, **options) as dataset:
            dataset.write(array)
            if mask is not None:
                dataset.write_mask(mask)


def read(path, level=None):
    how = {} if level is None else dict(overview_level=level)
    with rasterio.open(path, **how) as dataset:
        return dataset.read()


def halved(array):
    """Every second sample of every second row."""
    return array[:, ::2, ::2]


def check_gdal(checks, path, before, label, levels, image=None):
    """What GDAL says of the file at `path`, which held `before`."""
    with rasterio.open(path) as dataset:
        listed = dataset.overviews(1)
        wanted = [2 ** n for n in range(1, levels + 1)]
        checks.note("overviews that GDAL lists", label, "" if listed == wanted else f"{listed}, not {wanted}")
    checks.note("the image is what it was", label, attempt(read, path, before))
    if image is None:
        return
    reduced = image
    for level in range(levels):
        reduced = halved(reduced)
        checks.note("pixels of overviews", f"{label} {level + 1}", attempt(lambda path: read(path, level), path, reduced))


def check_kinds(checks):
    draw = numpy.random.default_rng(31)
    target = checks.path("a.tif")
    layouts = (dict(), dict(tiled=True, blockxsize=64, blockysize=64), dict(interleave="band"), dict(bigtiff="yes"), dict(blockysize=9))
    packings = (dict(), dict(compress="deflate", predictor=2), dict(compress="lzw"), dict(compress="packbits"), dict(compress="zstd"),
                dict(compress="lerc"), dict(compress="lzma"))
    for dtype, bands, layout, packing in itertools.product(("uint8", "int16", "float32"), (1, 3), layouts, packings):
        if dtype == "float32" and packing.get("predictor"):
            packing = dict(packing, predictor=3)
        array = waves(draw, dtype, (bands, 300, 421))
        write(target, array, **layout, **packing)
        label = f"{bands} x {dtype} {layout} {packing}"
        with open(target, "rb") as file:
            old = file.read()
        problem = checks.trouble(checks.tool, "overviews", target, "--overviews", "2", "--resampling", "nearest", "--quiet")
        checks.note("the tool adds", label, problem)
        if problem:
            continue
        check_gdal(checks, target, array, label, 2, array)
        with open(target, "rb") as file:
            new = file.read()
        changed = sum(a != b for a, b in zip(old, new[:len(old)]))
        checks.note("bytes that are changed", label, "" if changed <= 8 else f"{changed} bytes")


def check_lossy(checks):
    """JPEG stays JPEG; WebP, which is not written, becomes Deflate."""
    draw = numpy.random.default_rng(32)
    target = checks.path("lossy.tif")
    for packing in (dict(compress="jpeg", photometric="ycbcr"), dict(compress="jpeg"), dict(compress="webp")):
        write(target, waves(draw, "uint8", (3, 600, 700)), tiled=True, blockxsize=128, blockysize=128, **packing)
        before = read(target)
        problem = checks.trouble(checks.tool, "overviews", target, "--quiet")
        checks.note("the tool adds", str(packing), problem)
        if not problem:
            check_gdal(checks, target, before, str(packing), 3)


def check_masks(checks):
    draw = numpy.random.default_rng(33)
    target = checks.path("masked.tif")
    array = waves(draw, "uint8", (3, 300, 400))
    mask = numpy.zeros((300, 400), "uint8")
    mask[40:200, 32:352] = 255
    write(target, array, mask)
    problem = checks.trouble(checks.tool, "overviews", target, "--overviews", "2", "--resampling", "nearest", "--quiet")
    checks.note("the tool adds", "mask", problem)
    check_gdal(checks, target, array, "mask", 2, array)
    for level in (None, 0, 1):
        how = {} if level is None else dict(overview_level=level)
        step = 1 if level is None else 2 ** (level + 1)
        with rasterio.open(target, **how) as dataset:
            got = dataset.dataset_mask()
        checks.note("masks", f"level {level}", "" if numpy.array_equal(got, mask[::step, ::step]) else "other pixels")


def check_pages(checks):
    """The first page has overviews, for which GDAL would take those of others too; it sees the pages behind them."""
    if not has_tools("gdal_translate"):
        return
    draw = numpy.random.default_rng(34)
    arrays = [waves(draw, "uint8", (1, 200, 300)), waves(draw, "uint8", (1, 260, 140))]
    target = checks.path("pages.tif")
    write(target, arrays[0])
    write(checks.path("second.tif"), arrays[1])
    checks.run("gdal_translate", "-q", "-co", "APPEND_SUBDATASET=YES", checks.path("second.tif"), target)
    problem = checks.trouble(checks.tool, "overviews", target, "--overviews", "1", "--resampling", "nearest", "--quiet")
    checks.note("the tool adds", "pages", problem)
    check_gdal(checks, target, arrays[0], "pages", 1, arrays[0])
    listed = json.loads(checks.imagery("info", "--json", target).stdout)
    keys = [asset["key"] for asset in listed["assets"]]
    wanted = {"image:0", "image:0:overview:1", "image:1"}
    checks.note("pages", "keys", "" if set(keys) == wanted else f"{keys}")
    with rasterio.open(f"GTIFF_DIR:3:{target}") as dataset:
        checks.note("pages", "second", "" if numpy.array_equal(dataset.read(), arrays[1]) else "other pixels")


def check_cloud(checks):
    """A file that claimed the cloud-optimized layout does so no more."""
    draw = numpy.random.default_rng(35)
    array = waves(draw, "uint8", (3, 700, 900))
    source, target = checks.path("source.tif"), checks.path("cloud.tif")
    write(source, array)
    rasterio.shutil.copy(source, target, driver="COG", overviews="NONE", blocksize=256)
    problem = checks.trouble(checks.tool, "overviews", target, "--resampling", "nearest", "--quiet")
    checks.note("the tool adds", "cloud-optimized", problem)
    check_gdal(checks, target, array, "cloud-optimized", 2, array)
    with open(target, "rb") as file:
        head = file.read(400)
    checks.note("claim of the layout", "cloud-optimized", "" if b"KNOWN_INCOMPATIBLE_EDITION=YES" in head else "it is still there")


def check_cuts(checks):
    """The file as it is at every moment: what was appended up to any place, without the link."""
    draw = numpy.random.default_rng(36)
    array = waves(draw, "uint8", (1, 300, 300))
    target, cut = checks.path("whole.tif"), checks.path("cut.tif")
    write(target, array, compress="deflate")
    with open(target, "rb") as file:
        old = file.read()
    checks.note("the tool adds", "cuts", checks.trouble(checks.tool, "overviews", target, "--overviews", "1", "--quiet"))
    with open(target, "rb") as file:
        new = file.read()
    for end in range(len(old), len(new) + 1, max(1, (len(new) - len(old)) // 40)):
        with open(cut, "wb") as file:
            file.write(old + new[len(old):end])
        checks.note("files that were cut", f"{end}", attempt(read, cut, array))


def check_failures(checks):
    """A file that gets no overviews is byte for byte what it was."""
    draw = numpy.random.default_rng(37)
    target = checks.path("big-endian.tif")
    write(target, waves(draw, "uint16", (1, 300, 300)), endianness="big")
    with open(target, "rb") as file:
        old = file.read()
    done = checks.imagery("overviews", target, "--overviews", "2")
    checks.note("refused by name", "big-endian", "" if done.returncode == 3 else f"exit {done.returncode}")
    with open(target, "rb") as file:
        checks.note("refused by name", "unchanged", "" if file.read() == old else "other bytes")


def check_disk(checks):
    """What a file system has no room for leaves the file as it was."""
    limit = shutil.which("prlimit")
    if not limit:
        return
    draw = numpy.random.default_rng(38)
    target = checks.path("full.tif")
    array = draw.integers(0, 256, (1, 2000, 2000)).astype("uint8")
    write(target, array)
    size = os.path.getsize(target)
    done = checks.run(limit, f"--fsize={size + 200000}", checks.tool, "overviews", target, "--overviews", "1", "--quiet")
    checks.note("no room", "exit", "" if done.returncode else "no failure")
    checks.note("no room", "pixels", attempt(read, target, array))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    checks = Checks(f"GDAL {rasterio.__gdal_version__}", sys.argv[1])
    check_kinds(checks)
    check_lossy(checks)
    check_masks(checks)
    check_pages(checks)
    check_cloud(checks)
    check_cuts(checks)
    check_failures(checks)
    check_disk(checks)
    checks.finish()


main()
