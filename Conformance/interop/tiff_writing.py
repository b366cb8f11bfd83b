#!/usr/bin/env python3
"""tiff_writing.py TOOL [--corpus DIR]: does other software read the TIFF that the tool writes?

tifffile, GDAL (rasterio), Pillow and libtiff's tools (tiffinfo, tiffcmp) read a matrix of types and options, and files of the corpus written
again. Absent software is skipped, unless the environment variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import hashlib
import itertools
import json
import logging
import os
import re
import resource
import signal
import subprocess
import sys
import warnings

from common import Checks, attempt, by_gdal, by_tifffile, has_tools, noise, packages, waves, write_source

with packages():
    import numpy
    import rasterio
    import rasterio.errors
    import tifffile
    from PIL import Image

TYPES = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128")
COMPRESSIONS = ("none", "deflate", "lzw", "packbits")
PIXELS = (61, 83)
MANIFEST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "manifest.jsonl")
# Their samples are those of one decoder among several: the conformance run judges them with a tolerance.
OLD_JPEG = re.compile("ojpeg|smallliz")
# Rewritten or chosen anew: sizes, places, layout (the documentation lists them).
STRUCTURAL = {254, 255, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 288, 289, 292, 293, 317, 322, 323, 324, 325, 326, 327, 328, 330, 338, 339, 347,
              400, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 32996, 32997, 32998, 34665, 34853, 40965, 50674}


def libtiff_problem(checks, path, reference=None):
    """Errors of tiffinfo, which decodes every block, and differences that tiffcmp finds to a file of other compression."""
    done = checks.run("tiffinfo", "-D", path)
    said = [line for line in done.stderr.splitlines() if "Unknown field with tag" not in line]
    if done.returncode or said:
        return f"tiffinfo: exit {done.returncode}: {said[:2]}"
    if reference:
        done = checks.run("tiffcmp", "-t", reference, path)
        lines = [line for line in done.stdout.splitlines() if not line.startswith(("Compression", "PlanarConfig", "Predictor", "RowsPerStrip"))]
        if lines:
            return f"tiffcmp: {lines[:2]}"
    return ""


def check_matrix(checks):
    """Every type under every compression and predictor, in tiles and strips, chunky and planar."""
    draw = numpy.random.default_rng(1992)
    libtiff = has_tools("tiffinfo", "tiffcmp")
    for dtype, bands in itertools.product(TYPES, (1, 3)):
        array = waves(draw, dtype, (bands, *PIXELS))
        source, plain = checks.path("in.tif"), checks.path("plain.tif")
        write_source(source, array, "rgb" if (dtype, bands) == ("uint8", 3) else "minisblack")
        checks.convert(source, plain, "--compression", "none", "--no-metadata", "--block-size", "x5")
        predictors = ["none"] if array.dtype.kind == "c" else ["none", "horizontal"] + (["float"] if array.dtype.kind == "f" else [])
        for compression, layout, interleave in itertools.product(COMPRESSIONS, (["32x48"], ["x7"], None), ("pixel", "band")):
            if bands == 1 and interleave == "band":
                continue
            for predictor in predictors if compression in ("deflate", "lzw") else ["none"]:
                arguments = ["--no-metadata", "--compression", compression, "--interleave", interleave, "--predictor", predictor]
                arguments += ["--block-size", *layout] if layout else []
                name = f"{bands} x {dtype} {' '.join(arguments[2:])}"
                target = checks.path("out.tif")
                if problem := checks.convert(source, target, *arguments):
                    checks.note("read by tifffile", name, problem)
                    continue
                checks.note("read by tifffile", name, attempt(by_tifffile, target, array))
                # GDAL has no half floats of its own before 3.11: it widens them.
                want = array.astype("float32") if dtype == "float16" else array
                checks.note("read by GDAL", name, attempt(by_gdal, target, want))
                # tiffcmp compares strips row by row, whatever their compression.
                if libtiff:
                    same = layout == ["x7"] and interleave == "pixel"
                    checks.note("read by libtiff's tools", name, libtiff_problem(checks, target, plain if same else None))
                if dtype == "uint8" and interleave == "pixel" or bands == 1 and dtype in ("uint16", "int32", "float32") and predictor != "float":
                    def by_pillow(path):
                        with Image.open(path) as image:
                            got = numpy.asarray(image)
                            return got[None] if got.ndim == 2 else numpy.moveaxis(got, 2, 0)
                    checks.note("read by Pillow", name, attempt(by_pillow, target, array))


def check_jpeg(checks):
    """JPEG inside: the same samples from libtiff in GDAL, tifffile's libjpeg and libtiff's tools, close to the source."""
    rows, columns = numpy.indices((150, 203))
    colour = numpy.stack([(128 + 90 * numpy.sin(rows / 19 + band) * numpy.cos(columns / 23)).astype("uint8") for band in range(4)])
    cases = [(bands, layout, interleave, sampling) for bands in (1, 3, 4, 5) for layout in ("64", "x32", "x200") for interleave in ("pixel", "band")
             for sampling in ([None, "4:4:4", "4:2:2"] if bands == 3 and interleave == "pixel" else [None])]
    for bands, layout, interleave, sampling in cases:
        array = colour[numpy.arange(bands) % 4]
        source, target = checks.path("in.tif"), checks.path("out.tif")
        write_source(source, array, "rgb" if bands == 3 else "minisblack")
        arguments = ["--compression", "jpeg", "--quality", "92", "--block-size", layout, "--interleave", interleave, "--no-metadata"]
        arguments += ["--subsampling", sampling] if sampling else []
        name = " ".join([str(bands), *arguments[4:]])
        problem = checks.convert(source, target, *arguments)
        if bands == 5 and interleave == "pixel":
            checks.note("JPEG in TIFF", name, "" if problem.startswith("exit 2:") else problem or "written")
            continue
        if problem:
            checks.note("JPEG in TIFF", name, problem)
            continue
        # tifffile asks libjpeg for RGB also of blocks of one band.
        readers = [("GDAL", by_gdal)] + ([("tifffile", by_tifffile)] if (bands, interleave) != (3, "band") else [])
        for reader, read in readers:
            try:
                got = read(target).astype(int)
                worst = numpy.abs(got - array.astype(int)).max() if got.shape == array.shape else f"shape {got.shape}"
                problem = "" if not isinstance(worst, str) and worst <= 24 else f"{reader}: off by {worst}"
            except Exception as error:
                problem = f"{reader}: {type(error).__name__}: {str(error)[:100]}"
            checks.note("JPEG in TIFF", name + ", " + reader, problem)
        # tiffinfo cannot show tiles of subsampled YCbCr.
        if has_tools("tiffinfo", "tiffcmp") and (bands, interleave, layout) != (3, "pixel", "64"):
            checks.note("JPEG in TIFF", name + ", tiffinfo", libtiff_problem(checks, target))


def check_jpeg_of_12_bits(checks):
    """JPEG of 12 bits, which tifffile reads through libjpeg-turbo; GDAL only where its libtiff was built for it."""
    rows, columns = numpy.indices((150, 203))
    colour = numpy.stack([(2048 + 1500 * numpy.sin(rows / 19 + band) * numpy.cos(columns / 23)).astype("uint16") for band in range(4)])
    for bands, layout, interleave in itertools.product((1, 3, 4), ("64", "x32"), ("pixel", "band")):
        if (bands, interleave) == (3, "band"):
            # tifffile asks libjpeg for RGB also of blocks of one band.
            continue
        array, source, target = colour[:bands], checks.path("in.tif"), checks.path("out.tif")
        write_source(source, array, "rgb" if bands == 3 else "minisblack")
        problem = checks.convert(source, target, "--compression", "jpeg", "--quality", "95", "--bits", "12", "--block-size", layout, "--interleave", interleave, "--no-metadata")
        if not problem:
            got = by_tifffile(target).astype(int)
            worst = numpy.abs(got - array).max() if got.shape == array.shape else f"shape {got.shape}"
            problem = "" if not isinstance(worst, str) and worst <= 40 else f"off by {worst}"
            with tifffile.TiffFile(target) as file:
                problem = problem or ("" if file.pages[0].bitspersample == 12 else f"{file.pages[0].bitspersample} bits")
        checks.note("JPEG of 12 bits in TIFF", f"{bands} {layout} {interleave}", problem)


def check_bits(checks):
    """Samples of fewer bits than their type, and one that does not fit."""
    draw = numpy.random.default_rng(8)
    for bits, (rows, columns) in itertools.product((1, 2, 4, 7, 9, 10, 11, 12, 14, 15), ((13, 21), (64, 48))):
        dtype = "uint8" if bits <= 8 else "uint16"
        array = draw.integers(0, 2**bits, (1, rows, columns)).astype(dtype)
        source, target = checks.path("in.tif"), checks.path("out.tif")
        write_source(source, array)
        for layout in ("x5", "16"):
            refusal = checks.convert(source, target, "--bits", str(bits), "--block-size", layout, "--no-metadata")
            problem = refusal or attempt(by_tifffile, target, array)
            checks.note("packed samples, read by tifffile", f"{bits} bits {layout}", problem)
            if not refusal and bits in (1, 2, 4, 12):
                checks.note("packed samples, read by GDAL", f"{bits} bits {layout}", attempt(by_gdal, target, array))
        refusal = checks.convert(source, target, "--bits", str(max(1, bits - 1)), "--no-metadata")
        fits = int(array.max()) < 2 ** max(1, bits - 1)
        checks.note("samples that do not fit are refused", f"{bits} bits", "" if (refusal == "") == fits else refusal or "written")


def check_pyramids(checks):
    """Overviews: GDAL finds them, and they are the means of squares, halves up."""
    draw = numpy.random.default_rng(4)
    for dtype, bands, (rows, columns) in itertools.product(("uint8", "int16", "uint32", "float32"), (1, 3), ((100, 131), (64, 64))):
        array = waves(draw, dtype, (bands, rows, columns))
        source, target = checks.path("in.tif"), checks.path("out.tif")
        write_source(source, array)
        problem = checks.convert(source, target, "--overviews", "3", "--block-size", "32", "--no-metadata")
        name = f"{bands} x {dtype} {rows} x {columns}"
        if problem:
            checks.note("overviews, read by GDAL", name, problem)
            continue
        with rasterio.open(target) as dataset:
            found = dataset.overviews(1)
        problem = "" if found == [2, 4, 8] else f"overviews {found}"
        for level, factor in enumerate((2, 4, 8)):
            high, wide = -(-rows // factor), -(-columns // factor)
            want = numpy.empty((bands, high, wide), dtype)
            for y, x in numpy.ndindex(high, wide):
                box = array[:, y * factor:(y + 1) * factor, x * factor:(x + 1) * factor].reshape(bands, -1)
                if array.dtype.kind == "f":
                    want[:, y, x] = box.astype("float64").mean(1)
                else:
                    total, count = box.astype("int64").sum(1), box.shape[1]
                    want[:, y, x] = (2 * total + count) // (2 * count)
            with rasterio.open(target, overview_level=level) as dataset:
                got = dataset.read()
            if got.shape != want.shape or not numpy.allclose(got, want, rtol=1e-6, atol=0 if array.dtype.kind != "f" else 1e-6):
                problem = problem or f"level {level}: means differ"
        checks.note("overviews, read by GDAL", name, problem)


VALIDATOR = """
import json, sys
from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate
gdal.UseExceptions()
for path in sys.argv[1:]:
    warnings, errors, _ = validate(path, full_check=True)
    print(json.dumps(warnings + errors + ([] if gdal.Open(path).GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG" else ["GDAL does not see the layout"])))
"""


def validator():
    """A Python that has GDAL's validator of cloud-optimized files (python3-gdal), or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import osgeo_utils.samples.validate_cloud_optimized_geotiff"], capture_output=True).returncode == 0:
            return python
    if os.environ.get("IMAGERY_INTEROP") == "required":
        sys.exit("interop: there is no osgeo_utils; install python3-gdal")
    return None


def halved(array, mask):
    """Means of the pixels that show in squares of two by two, halves up; where none does, of all. And where any shows."""
    high, wide = -(-array.shape[1] // 2), -(-array.shape[2] // 2)
    shown = numpy.zeros((high, wide), bool)
    for y, x in itertools.product((0, 1), (0, 1)):
        part = mask[y::2, x::2] > 0
        shown[: part.shape[0], : part.shape[1]] |= part
    total = numpy.zeros((array.shape[0], high, wide), "int64" if array.dtype.kind in "ui" else "float64")
    count = numpy.zeros((high, wide), "int64")
    for y, x in itertools.product((0, 1), (0, 1)):
        part, place = array[:, y::2, x::2], (slice(0, array[0, y::2, x::2].shape[0]), slice(0, array[0, y::2, x::2].shape[1]))
        counts = (mask[y::2, x::2] > 0) | ~shown[place]
        total[(slice(None), *place)] += part.astype(total.dtype) * counts
        count[place] += counts
    return ((2 * total + count) // (2 * count) if array.dtype.kind in "ui" else total / count).astype(array.dtype), shown


def check_cog(checks):
    """Cloud-optimized files: GDAL's validator accepts them, GDAL reads the image, its overviews (each the mean of the one before) and masks."""
    draw = numpy.random.default_rng(21026)
    python, written = validator(), []
    cases = [(dtype, bands, size, [], False) for dtype in ("uint8", "int16", "uint32", "float32", "float64") for bands, size in ((1, (300, 211)), (3, (129, 400)))]
    cases += [("uint8", 3, (257, 259), ["--compression", word], False) for word in ("none", "lzw", "packbits")]
    cases += [("float32", 2, (100, 70), ["--predictor", word], False) for word in ("none", "horizontal", "float")]
    cases += [("uint8", bands, (200, 333), arguments, masked) for bands in (1, 3) for masked in (False, True)
              for arguments in (["--compression", "jpeg", "--quality", "95"], ["--compression", "deflate"])]
    cases += [("uint16", 5, (64, 64), [], False), ("uint8", 1, (1, 1), [], True), ("uint16", 1, (65, 1), [], False), ("uint8", 1, (200, 200), ["--overviews", "2"], True)]
    for number, (dtype, bands, (rows, columns), arguments, masked) in enumerate(cases):
        array = waves(draw, dtype, (bands, rows, columns))
        mask = (numpy.add.outer(numpy.arange(rows) // 7, numpy.arange(columns) // 5) % 3 > 0).astype("uint8")
        source, target = checks.path("in.tif"), checks.path(f"cog{number}.tif")
        with tifffile.TiffWriter(source) as file:
            file.write(array, photometric="minisblack", planarconfig="separate" if bands > 1 else None, metadata=None)
            if masked:
                file.write(mask.astype(bool), photometric="mask", subfiletype=4, metadata=None)
        name = f"{bands} x {dtype} {rows} x {columns} {' '.join(arguments)}{' with a mask' if masked else ''}"
        if problem := checks.convert(source, target, "--cog", "--block-size", "64", "--no-metadata", *arguments):
            checks.note("cloud-optimized, read by GDAL", name, problem)
            continue
        written.append((name, target))
        lossy = "jpeg" in arguments
        levels, problem = [(array, mask if masked else numpy.ones_like(mask))], ""
        while (len(levels) < 3) if "--overviews" in arguments else max(levels[-1][0].shape[1:]) > 64:
            levels.append(halved(*levels[-1]))
        with rasterio.open(target) as dataset:
            found = dataset.overviews(1)
        if len(found) != len(levels) - 1:
            problem = f"overviews {found}"
        for level, (want, shown) in enumerate(levels[: len(found) + 1]):
            with rasterio.open(target, **({"overview_level": level - 1} if level else {})) as dataset:
                got, seen = dataset.read(), dataset.read_masks(1)
            # What a mask hides is nobody's business.
            got, want = (got * (shown > 0), want * (shown > 0)) if masked and got.shape == want.shape else (got, want)
            close = got.shape == want.shape and (numpy.abs(got.astype(float) - want).max() <= 24 if lossy else numpy.allclose(got, want, rtol=1e-6, atol=1e-6 if want.dtype.kind == "f" else 0))
            problem = problem or ("" if close else f"level {level}: samples differ")
            if masked and not numpy.array_equal(seen > 0, shown > 0):
                problem = problem or f"level {level}: masks differ"
        checks.note("cloud-optimized, read by GDAL", name, problem)
        again = checks.path("again.tif")
        checks.convert(source, again, "--cog", "--block-size", "64", "--no-metadata", "--threads", "1", *arguments)
        with open(target, "rb") as one, open(again, "rb") as two:
            checks.note("cloud-optimized, the same bytes with one thread", name, "" if one.read() == two.read() else "bytes differ")
    if python:
        done = checks.run(python, "-c", VALIDATOR, *(path for _, path in written))
        lines = done.stdout.splitlines()
        for (name, _), line in itertools.zip_longest(written, lines, fillvalue=(None, None)):
            checks.note("cloud-optimized, accepted by GDAL's validator", name, "; ".join(json.loads(line)) if isinstance(line, str) else done.stderr.strip()[-300:])
    for arguments in (["--cog", "--interleave", "row"], ["--cog", "--block-size", "x16"], ["--cog", "--to", "png"], ["--cog", "--to", "nitf"]):
        problem = checks.convert(source, checks.path("refused"), *(arguments if "--to" in arguments else ["--to", "tiff", *arguments]))
        checks.note("cloud-optimized, what cannot be is refused", " ".join(arguments), "" if problem.startswith("exit 2:") else problem or "written")


def comparable(value):
    if isinstance(value, str):
        return value.rstrip("\0 ")
    if isinstance(value, bytes):
        return value.rstrip(b"\0 ")
    if isinstance(value, (tuple, list)):
        return tuple(comparable(item) for item in value)
    return value


def tag_differences(source, target):
    """Tags of the first directory that did not pass with their type and value."""
    with tifffile.TiffFile(source) as ours, tifffile.TiffFile(target) as theirs:
        before, after = ours.pages[0].tags, theirs.pages[0].tags
        problems = []
        for tag in before.values():
            if tag.code in STRUCTURAL or tag.count == 0:
                continue
            found = after.get(tag.code)
            if found is None:
                problems.append(f"{tag.code} {tag.name} is lost")
            elif comparable(found.value) != comparable(tag.value) and repr(comparable(found.value)) != repr(comparable(tag.value)):
                problems.append(f"{tag.code} {tag.name}: {str(found.value)[:40]} instead of {str(tag.value)[:40]}")
            elif found.dtype != tag.dtype and not {int(found.dtype), int(tag.dtype)} <= {4, 13, 16, 18}:
                problems.append(f"{tag.code} {tag.name}: type {found.dtype!r} instead of {tag.dtype!r}")
        return problems


def is_made_rgb_by_gdal(path):
    """CMYK and CIELab: GDAL gives red, green, blue and alpha instead of what is stored."""
    with tifffile.TiffFile(path) as file:
        return int(file.pages[0].photometric) in (5, 8, 9, 10)


def recorded(entry):
    return entry["format"] in ("tiff", "png", "dted", "nitf") and entry.get("expect", {}).get("decodable") == "yes" and "pixels" in entry["expect"] and not OLD_JPEG.search(entry["path"])


def placed(dataset):
    return [(point.row, point.col, point.x, point.y, point.z) for point in dataset.gcps[0]]


def check_corpus(checks, corpus):
    """Files of the corpus written as TIFF: tifffile reads the recorded samples, GDAL the same; tags of TIFFs pass; so does the place on the ground."""
    entries = [json.loads(line) for line in open(MANIFEST)]
    entries = [entry for entry in entries if recorded(entry) and entry["bytes"] < 4_000_000 and os.path.exists(os.path.join(corpus, entry["path"]))]
    chosen = [entry for entry in entries if entry["format"] != "tiff"][::7] + [entry for entry in entries if entry["format"] == "tiff"][::3]
    for entry in chosen:
        source, target, again = os.path.join(corpus, entry["path"]), checks.path("out.tif"), checks.path("out2.tif")
        problem = checks.convert(source, target, "--threads", "1")
        if problem.startswith("exit 3:") or "raise limits" in problem:
            continue  # Not every compression is read yet; the conformance run judges that. All pages go along, whatever their size.
        if problem:
            checks.note("corpus, samples read by tifffile", entry["path"], problem)
            continue
        try:
            array = by_tifffile(target)
            little = numpy.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
            problem = "" if hashlib.sha256(little.tobytes()).hexdigest() == entry["expect"]["pixels"] else f"samples are not those recorded ({array.dtype} {array.shape})"
        except Exception as error:
            array, problem = None, f"{type(error).__name__}: {str(error)[:120]}"
        if problem and "YCbCr changed" in checks.imagery("convert", source, target, "--overwrite", "--threads", "1").stderr:
            continue  # The record is of the samples as stored; colour.py judges what is converted.
        checks.note("corpus, samples read by tifffile", entry["path"], problem)
        if array is not None and not problem and not is_made_rgb_by_gdal(target) and array.dtype != "float16" and "complex_int32" not in entry["path"]:
            checks.note("corpus, samples read by GDAL", entry["path"], attempt(by_gdal, target, array))
        checks.convert(source, again, "--threads", "2")
        with open(target, "rb") as one, open(again, "rb") as two:
            checks.note("corpus, the same bytes with two threads", entry["path"], "" if one.read() == two.read() else "bytes differ")
        if entry["format"] != "tiff":
            continue
        try:
            problems = tag_differences(source, target)
        except Exception:
            continue  # tifffile does not like the source
        checks.note("corpus, tags pass", entry["path"], "; ".join(problems[:3]))
        try:
            with rasterio.open(source) as before, rasterio.open(target) as after:
                same = before.transform.almost_equals(after.transform, 1e-9) and before.crs == after.crs and placed(before) == placed(after)
                problem = "" if same else f"{after.transform} {after.crs} instead of {before.transform} {before.crs}"
                window = (before.width // 4, before.height // 4, max(1, before.width // 3), max(1, before.height // 3))
                moved = before.window_transform(rasterio.windows.Window(*window))
                isPlaced = not before.transform.is_identity
        except rasterio.errors.RasterioIOError:
            continue
        checks.note("corpus, place on the ground as GDAL reads it", entry["path"], problem)
        if isPlaced and not checks.convert(source, again, "--window", ",".join(map(str, window))):
            with rasterio.open(again) as part:
                checks.note("corpus, place of a window", entry["path"], "" if part.transform.almost_equals(moved, 1e-6) else f"{part.transform} instead of {moved}")


def check_corners(checks):
    """corners and crs as GDAL reads them: a map when they are a parallelogram, control points otherwise."""
    source, target = checks.path("in.tif"), checks.path("out.tif")
    write_source(source, waves(numpy.random.default_rng(2), "uint8", (3, 41, 81)))
    cases = [
        ("straight", "10,50,18,50,18,46,10,46", "EPSG:4326", rasterio.Affine(0.1, 0, 9.95, 0, -0.1, 50.05)),
        ("projected", "500000,5000000,500800,5000000,500800,4999600,500000,4999600", "EPSG:32632", rasterio.Affine(10, 0, 499995, 0, -10, 5000005)),
        ("turned", "0,0,80,80,120,40,40,-40", "EPSG:3857", None), ("crooked", "0,0,80,0,100,-40,0,-40", "EPSG:4326", None),
    ]
    for name, corners, crs, transform in cases:
        if problem := checks.convert(source, target, "--corners=" + corners, "--crs", crs, "--no-metadata"):
            checks.note("corners and crs, read by GDAL", name, problem)
            continue
        with rasterio.open(target) as dataset:
            points, gcp_crs = dataset.gcps
            problem = ""
            if name == "crooked":
                problem = "" if len(points) == 4 and gcp_crs.to_string() == crs else f"{points} {gcp_crs}"
            else:
                numbers = list(map(float, corners.split(",")))
                want = list(zip(numbers[::2], numbers[1::2]))
                got = [dataset.transform * (x + 0.5, y + 0.5) for x, y in ((0, 0), (80, 0), (80, 40), (0, 40))]
                if not numpy.allclose(got, want) or dataset.crs.to_string() != crs:
                    problem = f"{got} {dataset.crs}"
            if transform and not dataset.transform.almost_equals(transform, 1e-9):
                problem = f"{dataset.transform}"
        checks.note("corners and crs, read by GDAL", name, problem)


def check_faults(checks):
    """What cannot be written ends in one line and leaves the target as it was."""
    source, good = checks.path("in.tif"), checks.path("good.tif")
    write_source(source, waves(numpy.random.default_rng(5), "uint16", (3, 400, 400)))
    target = checks.path("target.tif")

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    cases = [
        ("a full device", [source, "/dev/full", "--to", "tiff"], 1, {}),
        ("a full disk", [source, target], 1, {"preexec_fn": small_files}),
        ("a folder where nothing can be made", [source, "/proc/imagery.tif"], 1, {}),
        ("a folder as target", [source, checks.folder, "--to", "tiff"], 1, {}),
        ("tiles of 100", [source, target, "--block-size", "100"], 2, {}),
        ("predictor 3 on integers", [source, target, "--predictor", "float"], 2, {}),
        ("a predictor without compression", [source, target, "--predictor", "2", "--compression", "packbits"], 2, {}),
        ("interleave by rows", [source, target, "--interleave", "row"], 2, {}),
        ("a pad value out of range", [source, target, "--pad-value", "70000"], 2, {}),
        ("a reference system that is no EPSG code", [source, target, "--crs", "WGS84"], 2, {}),
        ("a text", [source, target, "--text", os.path.abspath(__file__)], 3, {}),
        ("too few bits", [source, target, "--bits", "4"], 2, {}),
    ]
    for name, arguments, status, how in cases:
        with open(target, "wb") as file:
            file.write(b"as it was")
        before = set(os.listdir(checks.folder))
        done = checks.imagery("convert", *arguments, "--overwrite", **how)
        lines = [line for line in done.stderr.strip().splitlines() if ": note: " not in line]
        problem = ""
        if done.returncode != status or len(lines) != 1 or not lines[0].startswith("imagery: "):
            problem = f"exit {done.returncode}, expected {status}: {lines}"
        elif open(target, "rb").read() != b"as it was":
            problem = "the target has changed"
        elif set(os.listdir(checks.folder)) != before:
            problem = f"left {set(os.listdir(checks.folder)) - before}"
        checks.note("what cannot be written leaves nothing", name, problem)
    # Through a pipe there is no patching: the spool goes there.
    done = checks.imagery("convert", source, "-", "--to", "tiff", text=False)
    with open(good, "wb") as file:
        file.write(done.stdout)
    checks.note("standard output", "through a spool", attempt(by_tifffile, good, by_tifffile(source)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS", ""))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    checks = Checks("TIFF written", options.tool)
    check_matrix(checks)
    check_jpeg(checks)
    check_jpeg_of_12_bits(checks)
    check_bits(checks)
    check_pyramids(checks)
    check_cog(checks)
    check_corners(checks)
    check_faults(checks)
    if options.corpus and os.path.isdir(options.corpus):
        check_corpus(checks, options.corpus)
    checks.finish()


main()
