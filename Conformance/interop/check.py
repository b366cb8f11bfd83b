#!/usr/bin/env python3
"""check.py TOOL [--corpus DIR]: does other software read what the tool writes, and does the tool read what other software writes?

Needs the packages of requirements.txt. Without them nothing is checked and the exit status is 0, unless the environment variable
IMAGERY_INTEROP is `required`. The corpus (default: IMAGERY_CORPUS) is optional. The last line counts the checks.
"""
import argparse
import itertools
import os

from common import Checks, difference, noise, packages, planar

with packages():
    import imagecodecs
    import numpy
    import rasterio
    import tifffile
    from PIL import Image

SHAPES = [(1, 1), (7, 5), (33, 64), (130, 97)]


def read_png(path, with_pillow):
    if with_pillow:
        with Image.open(path) as image:
            return planar(numpy.asarray(image))
    with open(path, "rb") as file:
        return planar(imagecodecs.png_decode(file.read()))


def scaled(array, path, source):
    """Samples as libpng hands them out: below 8 bits (PNG, IHDR) they fill the range of a byte; so do those of depths that PNG lacks (clause 12.4)."""
    with open(path, "rb") as file:
        depth = file.read(25)[24]
    if depth < 8:
        return array * numpy.uint8(255 // (2**depth - 1))
    bits = 8 * array.itemsize
    if source.endswith((".tif", ".tiff")):
        with tifffile.TiffFile(source) as file:
            bits = file.pages[0].bitspersample
    if not isinstance(bits, int) or bits >= 8:
        return array
    top = 2**bits - 1
    return ((array.astype(numpy.uint32) * 255 + top // 2) // top).astype(numpy.uint8)


def check_png_writing(checks):
    """Every shape of PNG that the tool can write, read by libpng (imagecodecs) and by Pillow."""
    draw = numpy.random.default_rng(2083)
    for dtype, bands, (rows, columns) in itertools.product(("uint8", "uint16"), (1, 2, 3, 4), SHAPES):
        name = f"{dtype} {bands}x{rows}x{columns}"
        array = noise(draw, dtype, (bands, rows, columns))
        source, target = checks.path("in.tif"), checks.path("out.png")
        photometric = "rgb" if bands >= 3 else "minisblack"
        opacity = ["unassalpha"] if bands in (2, 4) else None
        tifffile.imwrite(source, array, photometric=photometric, planarconfig="separate" if bands > 1 else None, extrasamples=opacity, metadata=None)
        if problem := checks.convert(source, target):
            checks.note("PNG written, read by imagecodecs", name, problem)
            continue
        checks.note("PNG written, read by imagecodecs", name, difference(read_png(target, False), array))
        # Pillow narrows 16-bit samples of more than one band to 8 bits.
        if dtype == "uint8":
            checks.note("PNG written, read by Pillow", name, difference(read_png(target, True), array))


def check_png_refusing(checks):
    """Types that PNG does not have: a typed refusal and no file."""
    draw = numpy.random.default_rng(3)
    for dtype, bands in (("float32", 1), ("int16", 1), ("uint32", 3), ("complex64", 1), ("uint8", 5)):
        source, target = checks.path("in.tif"), checks.path("refused.png")
        tifffile.imwrite(source, noise(draw, dtype, (bands, 9, 8)), photometric="minisblack", planarconfig="separate" if bands > 1 else None, metadata=None)
        said = checks.convert(source, target)
        problem = "" if said.startswith(("exit 1:", "exit 2:", "exit 3:")) and not os.path.exists(target) else f"file left: {os.path.exists(target)}, {said}"
        checks.note("types that PNG lacks are refused", f"{dtype} x {bands}", problem)


TIFF_CODECS = {"none": {}, "deflate": {"compression": "adobe_deflate"}, "lzw": {"compression": "lzw"}, "packbits": {"compression": "packbits"}}
TIFF_TYPES = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128")


def check_tiff_reading(checks):
    """TIFF as tifffile writes it, exported as .npy and read by NumPy."""
    draw = numpy.random.default_rng(6)
    for dtype, codec, order, tiled in itertools.product(TIFF_TYPES, TIFF_CODECS, "<>", (False, True)):
        bands, separate = (3, True) if tiled else (1, False)
        if dtype in ("uint8", "uint16") and order == "<":
            separate = False
        array = noise(draw, dtype, (bands, 45, 70))
        name = f"{dtype} {codec} {order} {'tiles' if tiled else 'strips'} {'planar' if separate else 'chunky'}"
        source, target = checks.path("in.tif"), checks.path("out.npy")
        options = dict(TIFF_CODECS[codec], byteorder=order, bigtiff=dtype == "int32", photometric="minisblack", metadata=None)
        options.update({"tile": (32, 48)} if tiled else {"rowsperstrip": 7})
        if codec in ("deflate", "lzw") and numpy.dtype(dtype).kind in "ui" and dtype not in ("uint64", "int64"):
            options["predictor"] = 2
        if codec in ("deflate", "lzw") and dtype in ("float32", "float64"):
            options["predictor"] = 3
        if bands > 1:
            options["planarconfig"] = "separate" if separate else "contig"
        tifffile.imwrite(source, array if separate or bands == 1 else numpy.ascontiguousarray(numpy.moveaxis(array, 0, 2)), **options)
        problem = checks.convert(source, target) or difference(numpy.load(target), array)
        checks.note("TIFF by tifffile, exported to NumPy", name, problem)


def check_png_reading(checks):
    """PNG as libpng (imagecodecs) writes it, exported as .npy and read by NumPy."""
    draw = numpy.random.default_rng(9)
    for dtype, bands, (rows, columns) in itertools.product(("uint8", "uint16"), (1, 2, 3, 4), SHAPES):
        array = noise(draw, dtype, (bands, rows, columns))
        source, target = checks.path("in.png"), checks.path("out.npy")
        with open(source, "wb") as file:
            file.write(imagecodecs.png_encode(numpy.moveaxis(array, 0, 2).copy("C")))
        problem = checks.convert(source, target) or difference(numpy.load(target), array)
        checks.note("PNG by imagecodecs, exported to NumPy", f"{dtype} {bands}x{rows}x{columns}", problem)


def check_dted_writing(checks):
    """Cells of the zones and levels of MIL-PRF-89020B, and parts of cells, from GeoTIFF; west and south may be negative. Rows are odd in
    number: of even ones GDAL leaves the two in the middle exchanged."""
    draw = numpy.random.default_rng(3)
    cells = [(121, 121, 30, 30), (121, 61, 30, 60), (1201, 401, 3, 9), (41, 33, 1, 1), (1, 1, 3, 3)]
    for (rows, columns, down, across), (west, south) in itertools.product(cells, [(-80, 43), (6, -1), (178, -60)]):
        heights = draw.integers(-12000, 9000, (rows, columns)).astype("int16")
        heights[draw.random((rows, columns)) < 0.02] = -9999
        source, target = checks.path("in.tif"), checks.path("out.dt1")
        grid = rasterio.transform.from_origin(
            west - across / 7200, south + (rows - 0.5) * down / 3600, across / 3600, down / 3600)
        with rasterio.open(source, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="int16", crs="EPSG:4326",
                           transform=grid, nodata=-9999) as dataset:
            dataset.write(heights, 1)
        problem = checks.convert(source, target)
        if not problem:
            with rasterio.open(target) as dataset:
                want = numpy.where(heights == -9999, numpy.int16(-32767), heights)
                problem = difference(dataset.read(1), want) or ("" if dataset.transform.almost_equals(grid, 1e-9) else "another ground")
        checks.note("DTED written, read by GDAL", f"{rows}x{columns} at {west}, {south}", problem)


def is_plain(source):
    """True for a TIFF of gray or RGB without opacity, mask and no-data value."""
    try:
        with tifffile.TiffFile(source) as file:
            page = file.pages[0]
            others = []
            for number in range(4):  # A mask stands near its image, and chains of directories may be long.
                try:
                    others.append(file.pages[number].subfiletype)
                except IndexError:
                    break
            return page.photometric in (1, 2) and page.samplesperpixel in (1, 3) and 42113 not in page.tags and not any(kind & 4 for kind in others)
    except Exception:
        return False


def check_corpus(checks, corpus):
    """Every fourth PNG of the corpus, and every eighth TIFF whose samples mean the same in PNG: written again as PNG, they stay."""
    for folder, ending, step in (("png", ".png", 4), ("tiff", (".tif", ".tiff"), 8)):
        names = sorted(os.path.join(path, name) for path, _, files in os.walk(os.path.join(corpus, folder)) for name in files if name.endswith(ending))
        for source in names[::step]:
            array, target = checks.path("out.npy"), checks.path("out.png")
            if folder == "tiff" and not is_plain(source):
                continue  # colour.py judges what is converted.
            if checks.convert(source, array):
                continue  # The conformance run judges what can be read.
            want = numpy.load(array)
            if want.dtype not in (numpy.uint8, numpy.uint16) or want.shape[0] > 4:
                continue
            problem = checks.convert(source, target)
            if not problem:
                # A palette and tRNS are kept, and libpng applies them: it has to see the same picture in both files.
                want = read_png(source, False) if folder == "png" else scaled(want, target, source)
            problem = problem or difference(read_png(target, False), want)
            checks.note("files of the corpus, written as PNG", os.path.relpath(source, corpus), problem)


def check_tables(checks, corpus):
    """Palettes and look-up tables of the corpus, applied, as other software applies them."""
    for folder, _, names in os.walk(corpus):
        for name in sorted(names):
            source, target = os.path.join(folder, name), checks.path("out.npy")
            kind = os.path.relpath(source, corpus).split(os.sep)[0]
            if kind not in ("png", "tiff", "nitf") or checks.convert(source, target, "--apply-table"):
                continue
            try:
                if name == "LUinBand2.ntf":
                    # Two bands of three tables each; GDAL has those of one.
                    continue
                if kind == "png":
                    with Image.open(source) as image:
                        want = planar(numpy.asarray(image.convert("RGB")))
                elif kind == "tiff":
                    with tifffile.TiffFile(source) as file:
                        numbers = file.pages[0].asarray()
                        want = file.pages[0].colormap[:, numbers if numbers.ndim == 2 else numbers[..., 0]]
                else:
                    with rasterio.open(source) as dataset:
                        table = dataset.colormap(1)
                        want = numpy.array([table.get(index, (0, 0, 0))[:3] for index in range(256)], "uint8")[dataset.read(1)].transpose(2, 0, 1)
            except Exception:
                # Not every software reads every file.
                continue
            checks.note(f"tables applied, {kind}", os.path.relpath(source, corpus), difference(numpy.load(target), want))


def check_faults(checks):
    """What a person gets wrong: one line on standard error, the exit status of its kind, and no file."""
    scene, odd = checks.path("scene.png"), checks.path("scene.ntf")
    rows, columns = numpy.indices((40, 30))
    Image.fromarray((rows * 5 + columns * 3).astype("uint8")).save(scene)
    whole = open(scene, "rb").read()
    for name, content in (("scene.ntf", whole), ("empty.png", b""), ("cut.png", whole[: len(whole) // 2]), ("text.tif", b"hello, world\n")):
        with open(checks.path(name), "wb") as file:
            file.write(content)
    out = checks.path("fault.npy")
    cases = [
        ("a wrong extension is read by its content", ["convert", odd, out], None, 0),
        ("standard input", ["convert", "-", out], whole, 0),
        ("standard input of no known format", ["info", "-"], b"hello", 3),
        ("a path that does not exist", ["info", checks.path("nothing.tif")], None, 1),
        ("a directory", ["info", checks.folder], None, 1),
        ("an empty file", ["convert", checks.path("empty.png"), out], None, 1),
        ("a truncated file", ["convert", checks.path("cut.png"), out], None, 1),
        ("a truncated file, salvaged", ["convert", checks.path("cut.png"), out, "--salvage"], None, 0),
        ("a file without a fault, validated", ["validate", scene], None, 0),
        ("a truncated file, validated", ["validate", checks.path("cut.png")], None, 1),
        ("an unknown format", ["info", checks.path("text.tif")], None, 3),
        ("a band that does not exist", ["convert", scene, out, "--bands", "9"], None, 2),
        ("a band that is no number", ["convert", scene, out, "--bands", "x"], None, 2),
        ("a window outside", ["convert", scene, out, "--window", "100,100,5,5"], None, 2),
        ("a level that does not exist", ["convert", scene, out, "--resolution-level", "1"], None, 2),
        ("an asset that does not exist", ["convert", scene, out, "--asset", "image:1"], None, 2),
        ("a file that exists", ["convert", scene, odd.replace(".ntf", ".png")], None, 2),
        ("a format that cannot be written", ["convert", scene, checks.path("out.ntf"), "--to", "nitf20"], None, 3),
        ("a folder that does not exist", ["convert", scene, checks.path("no/where.npy")], None, 1),
        ("an unknown option", ["convert", scene, out, "--colour"], None, 2),
        ("no arguments", ["convert"], None, 2),
        ("help", ["--help"], None, 0),
    ]
    for name, arguments, given, status in cases:
        if os.path.exists(out):
            os.unlink(out)
        before = set(os.listdir(checks.folder))
        done = checks.imagery(*arguments, input=given or b"", text=False)
        said = [line for line in done.stderr.decode().splitlines() if ": note: " not in line]
        problem = ""
        if done.returncode != status:
            problem = f"exit {done.returncode}, expected {status}: {said}"
        elif status and (len(said) != 1 or not said[0].startswith("imagery: ")):
            problem = f"{len(said)} lines on standard error: {said}"
        elif status and set(os.listdir(checks.folder)) != before:
            problem = "left a file behind"
        checks.note("faults of a person", name, problem)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS", ""))
    options = parser.parse_args()
    checks = Checks("what is read and written", options.tool)
    check_png_writing(checks)
    check_png_refusing(checks)
    check_png_reading(checks)
    check_tiff_reading(checks)
    check_dted_writing(checks)
    check_faults(checks)
    if options.corpus and os.path.isdir(options.corpus):
        check_corpus(checks, options.corpus)
        check_tables(checks, options.corpus)
    checks.finish()


if __name__ == "__main__":
    main()
