#!/usr/bin/env python3
"""nitf_writing.py TOOL CONFORMANCE [--corpus DIR]: does other software read the NITF files that the tool and the library write?

jbpy checks the fields of every header and, from its own reading of them, the place of every block and mask; GDAL (rasterio) and
osml-imagery-io read pixels; imagecodecs decodes the JPEG streams. What is written: every sample type in every mode and blocking, with and
without masks; JPEG of 8 and 12 bits; a file of every kind of segment; and all files of the corpus (default: IMAGERY_CORPUS) that can
be read, whose texts, graphics, extensions and fields have to be the same afterwards. Prints each difference; the last line counts the
checks. Without the packages of requirements.txt nothing is checked, unless the environment variable IMAGERY_INTEROP is `required`.
"""
import argparse
import glob
import itertools
import logging
import os
import shutil
import warnings

from common import Checks, difference, noise, packages, write_source

with packages():
    import imagecodecs
    import jbpy
    import jbpy.image_data
    import numpy
    import rasterio
    import tifffile
    from aws.osml import io as osml

    import nitf_headers

# An image that nothing is said of becomes JPEG 2000 where that holds its samples.
UNCOMPRESSED = ("--compression", "none")
TYPES = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64", "complex64")
MODES = {"block": "B", "pixel": "P", "row": "R", "band": "S"}

# Fields that a writer makes anew; what they say is checked by reading the file.
COMPUTED = {
    "FHDR", "FVER", "CLEVEL", "FDT", "FL", "HL", "NUMI", "NUMDES", "LISH", "LI", "LDSH", "LD", "UDHOFL", "XHDLOFL", "UDOFL", "IXSOFL",
    "SXSOFL", "TXSOFL", "IC", "COMRAT", "IMODE", "NBPR", "NBPC", "NPPBH", "NPPBV", "NBPP", "STYPE", "J2KLRA",
}


# Fields of files of the corpus that are not copied because they are not valid: two images of one level, and MONO with two bands.
CORRECTED = {("nitf/codice/two_images_jpeg.ntf", "IDLVL")} | {("nitf/sarpy/iq.nitf", name) for name in ("IREP", "IREPBAND00001", "IREPBAND00002")}


# PVTYPE SI with NBPP 4, which GDAL takes for unsigned bytes.
FOUR_BITS = {"nitf/codice/p0_03a.ntf", "nitf/codice/p0_15a.ntf"}


class Messages(logging.Handler):
    """What jbpy says of fields that are not valid."""

    def __init__(self):
        super().__init__()
        self.found = []

    def emit(self, record):
        text = record.getMessage()
        # jbpy follows JBP-2025.1, whose NSIF is 01.01; 01.00 is that of STANAG 4545.
        if "nvalid" in text and not text.startswith("FVER"):
            self.found.append(text)


MESSAGES = Messages()
logging.getLogger("jbpy").addHandler(MESSAGES)
logging.getLogger("jbpy").propagate = False


def smooth(bands, rows, columns, dtype="uint8", top=255):
    y, x = numpy.mgrid[0:rows, 0:columns]
    waves = [(numpy.sin(x / 9 + k) + numpy.cos(y / (11 + k)) + 2) / 4 for k in range(bands)]
    return (numpy.stack(waves) * top).astype(dtype)


def write_tiff(path, array, photometric="minisblack"):
    write_source(path, array, photometric, tile=(32, 48))


def jbpy_load(path):
    """The file as jbpy reads it, and what is wrong with its fields and lengths."""
    MESSAGES.found = []
    with open(path, "rb") as file:
        loaded = jbpy.Jbp().load(file)
    problems = list(MESSAGES.found)
    header = loaded["FileHeader"]
    if header["FL"].value != os.path.getsize(path):
        problems.append(f"FL is {header['FL'].value}, the file has {os.path.getsize(path)} bytes")
    return loaded, "; ".join(problems)


def jbpy_pixels(path, pad=0):
    """Bands x rows x columns of the first image, put together from the blocks that jbpy finds; pad pixels where it finds none."""
    loaded, problem = jbpy_load(path)
    segment = loaded["ImageSegments"][0]
    with open(path, "rb") as file:
        shape, axis, kind = jbpy.image_data.image_array_description(segment)
        image = numpy.full(shape, pad, dtype=kind)
        start = segment["Data"].get_offset()
        marks = []
        for block in jbpy.image_data.block_info_uncompressed(segment, file):
            marks.append((block["offset"] is not None, block["has_pad"]))
            if block["offset"] is None:
                continue
            file.seek(start + block["offset"])
            stored = numpy.frombuffer(file.read(block["nbytes"]), dtype=block["typestr"]).reshape(block["shape"])
            image[block["image_slicing"]] = stored[block["block_slicing"]]
    return numpy.moveaxis(image, axis, 0).astype(numpy.dtype(kind).newbyteorder("=")), marks, problem


def gdal_pixels(path, number=0):
    with rasterio.open(nitf_headers.gdal_datasets(path)[number]) as dataset:
        return dataset.read(), dataset.nodata


def check_matrix(checks):
    """Every type x mode x blocking: jbpy for all, GDAL and osml-imagery-io where they know the type."""
    draw = numpy.random.default_rng(2500)
    for dtype, (word, mode), size, bands in itertools.product(TYPES, MODES.items(), (None, 32, 16), (1, 3, 12)):
        array = noise(draw, dtype, (bands, 45, 70))
        name = f"{dtype} {bands} bands IMODE {mode} blocks {size}"
        source, target = checks.path("in.tif"), checks.path("out.ntf")
        write_tiff(source, array)
        problem = checks.convert(source, target, *UNCOMPRESSED, "--interleave", word, *(["--block-size", str(size)] if size else []))
        if problem:
            checks.note("types x modes x blocks, read by jbpy", name, problem)
            continue
        got, _, problem = jbpy_pixels(target)
        checks.note("types x modes x blocks, read by jbpy", name, problem or difference(got, array))
        # GDAL 3.10 has no 64-bit integers in NITF, and takes signed bytes for unsigned ones.
        if dtype not in ("uint64", "int64"):
            pixels = gdal_pixels(target)[0]
            checks.note("types x modes x blocks, read by GDAL", name, difference(pixels.view("int8") if dtype == "int8" else pixels, array))
        if dtype in ("uint8", "uint16", "int16", "float32") and bands != 12:
            checks.note("types x modes x blocks, read by osml-imagery-io", name, difference(numpy.asarray(osml.imread(target)), array))


def check_masks(checks):
    """Pad values and blocks of nothing else: what jbpy finds in the tables, and the pixels."""
    draw = numpy.random.default_rng(5432)
    for dtype, (word, mode), bands in itertools.product(("uint8", "uint16", "int16", "float32"), MODES.items(), (1, 3)):
        pad = {"uint8": 7, "uint16": 65535, "int16": -32768, "float32": -9999.0}[dtype]
        array = noise(draw, dtype, (bands, 40, 70))
        array[array == pad] = 1
        array[:, 16:32, 16:48] = pad
        array[0, 0:16, 32:48] = pad
        array[:, 3, 5] = pad
        name = f"{dtype} {bands} bands IMODE {mode}"
        source, target = checks.path("in.tif"), checks.path("masked.ntf")
        write_tiff(source, array)
        problem = checks.convert(source, target, *UNCOMPRESSED, "--interleave", word, "--block-size", "16", f"--pad-value={pad}")
        if problem:
            checks.note("masks, read by jbpy", name, problem)
            continue
        got, marks, problem = jbpy_pixels(target, pad)
        checks.note("masks, read by jbpy", name, problem or difference(got, array))
        blocks = numpy.full((bands, 48, 80), pad, dtype)
        blocks[:, :40, :70] = array
        blocks = (blocks == pad).reshape(bands, 3, 16, 5, 16)
        counts, whole = blocks.sum((2, 4)), numpy.array([16, 16, 8])[:, None] * numpy.array([16, 16, 16, 16, 6])
        inside = (array == pad)
        inner = numpy.array([[[inside[b, r * 16:(r + 1) * 16, c * 16:(c + 1) * 16].sum() for c in range(5)] for r in range(3)] for b in range(bands)])
        if bands > 1 and mode != "S":
            counts, inner, whole = counts.sum(0)[None], inner.sum(0)[None], whole * bands
        want = [(int(i) < int(w), int(i) < int(w) and int(n) > 0) for n, i, w in zip(counts.ravel(), inner.ravel(), numpy.broadcast_to(whole, inner.shape).ravel())]
        checks.note("masks, their tables as jbpy reads them", name, "" if marks == want else f"{marks}, expected {want}")
        # GDAL wants an offset for each band in IMODE B and R too.
        if bands == 1 or mode in "PS":
            pixels, nodata = gdal_pixels(target)
            if dtype != "uint8":
                # GDAL knows pad values of 8 bits only: in blocks that are not recorded it gives 0.
                pixels, nodata = numpy.where(array == pad, array, pixels), pad
            checks.note("masks, read by GDAL", name, difference(pixels, array) or ("" if nodata == pad else f"pad value {nodata}"))


def check_translate(checks):
    """gdal_translate, where it is installed, makes TIFF of our files, which tifffile reads."""
    if not shutil.which("gdal_translate"):
        return
    draw = numpy.random.default_rng(7)
    for dtype, (word, mode), pad in itertools.product(("uint8", "int16", "float32"), MODES.items(), (False, True)):
        if pad and (mode in "BR" or dtype != "uint8"):
            continue  # What GDAL knows of masks: check_masks.
        array = noise(draw, dtype, (3, 50, 40))
        if pad:
            array[:, 16:32, 0:16] = 0
        source, target, again = checks.path("in.tif"), checks.path("translated.ntf"), checks.path("translated.tif")
        write_tiff(source, array)
        problem = checks.convert(source, target, *UNCOMPRESSED, "--interleave", word, "--block-size", "16", *(["--pad-value=0"] if pad else []))
        problem = problem or checks.trouble("gdal_translate", "-q", "-of", "GTiff", "-co", "INTERLEAVE=BAND", target, again)
        name = f"{dtype} IMODE {mode} {'NM' if pad else 'NC'}"
        checks.note("gdal_translate to TIFF, read by tifffile", name, problem or difference(tifffile.imread(again).reshape(array.shape), array))


def check_packed(checks):
    """1 bit, read by GDAL; 12 bits and other depths, unpacked by NumPy from a single block."""
    draw = numpy.random.default_rng(12)
    for rows, columns in ((33, 61), (8, 16), (70, 100)):
        array = draw.integers(0, 2, (1, rows, columns), "uint8")
        source, target = checks.path("in.tif"), checks.path("bits.ntf")
        write_tiff(source, array)
        problem = checks.convert(source, target, *UNCOMPRESSED, "--bits", "1")
        checks.note("1 bit, read by GDAL", f"{rows} x {columns}", problem or jbpy_load(target)[1] or difference(gdal_pixels(target)[0], array))
    for bits, dtype in ((12, "uint16"), (12, "int16"), (7, "uint8"), (24, "uint32"), (33, "uint64")):
        low = 0 if dtype[0] == "u" else -(2 ** (bits - 1))
        array = draw.integers(low, low + 2**bits, (1, 21, 35), dtype)
        source, target = checks.path("in.tif"), checks.path("packed.ntf")
        write_tiff(source, array)
        problem = checks.convert(source, target, *UNCOMPRESSED, "--bits", str(bits))
        if not problem:
            data = jbpy_load(target)[0]["ImageSegments"][0]["Data"]
            with open(target, "rb") as file:
                file.seek(data.get_offset())
                stream = numpy.unpackbits(numpy.frombuffer(file.read(data.get_size()), "uint8"))[: 21 * 35 * bits]
            values = [int("".join(map(str, sample)), 2) for sample in stream.reshape(-1, bits)]
            values = [value - 2**bits if low and value >= 2 ** (bits - 1) else value for value in values]
            problem = difference(numpy.array(values, dtype).reshape(array.shape), array)
        checks.note("packed bits, unpacked by NumPy", f"{bits} bits of {dtype}", problem)


def jpeg_streams(path):
    with open(path, "rb") as file:
        data = jbpy_load(path)[0]["ImageSegments"][0]["Data"]
        file.seek(data.get_offset())
        stored = file.read(data.get_size())
    parts = stored.split(b"\xff\xd8\xff")
    return [b"\xff\xd8\xff" + part for part in parts[1:]]


def check_jpeg(checks):
    """GDAL reads the blocks of C3 and M3; imagecodecs decodes the streams of 12 bits and of lossless JPEG."""
    for bands, word, size, pad in itertools.product((1, 3), ("block", "pixel", "band"), (None, 32), (False, True)):
        if bands == 1 and word != "block":
            continue
        array = smooth(bands, 90, 110)
        if pad:
            array[:, 32:64, 32:96] = 0
        source, target = checks.path("in.tif"), checks.path("jpeg.ntf")
        write_tiff(source, array)
        arguments = ["--compression", "jpeg", "--quality", "92", "--interleave", word] + (["--block-size", str(size)] if size else [])
        problem = checks.convert(source, target, *arguments, *(["--pad-value=0"] if pad else []))
        name = f"{bands} bands {word} blocks {size} {'M3' if pad else 'C3'}"
        if not problem:
            loaded, problem = jbpy_load(target)
            if loaded["ImageSegments"][0]["subheader"]["IC"].value != ("M3" if pad else "C3"):
                problem = problem or "IC is another"
        checks.note("JPEG, headers read by jbpy", name, problem)
        # GDAL reads several bands from one stream, and one offset a block.
        if not problem and (bands == 1 or word == "pixel"):
            wrong = numpy.abs(gdal_pixels(target)[0].astype(int) - array)
            checks.note("JPEG of 8 bits, read by GDAL", name, "" if wrong.max() < 40 and wrong.mean() < 2 else f"samples are wrong by {wrong.max()}")
    array = smooth(1, 64, 96, "uint16", 4095)
    source, target = checks.path("in.tif"), checks.path("jpeg12.ntf")
    write_tiff(source, array)
    problem = checks.convert(source, target, "--compression", "jpeg", "--quality", "95", "--block-size", "32")
    streams = [] if problem else jpeg_streams(target)
    decoded = [imagecodecs.jpeg_decode(stream) for stream in streams]
    if not problem:
        rows = [numpy.hstack(decoded[start:start + 3]) for start in range(0, 6, 3)]
        wrong = numpy.abs(numpy.vstack(rows).astype(int) - array[0]).max()
        problem = jbpy_load(target)[1] or ("" if wrong < 100 else f"samples are wrong by {wrong}")
    checks.note("JPEG of 12 bits, decoded by imagecodecs", "6 blocks", problem)
    for dtype, bands in (("uint8", 1), ("uint16", 1), ("uint8", 3)):
        draw = numpy.random.default_rng(5)
        array = noise(draw, dtype, (bands, 50, 60))
        write_tiff(source, array, "rgb" if bands == 3 else "minisblack")
        problem = checks.convert(source, target, "--compression", "jpeg-lossless")
        if not problem:
            got = imagecodecs.ljpeg_decode(jpeg_streams(target)[0]) if bands == 1 else imagecodecs.jpeg_decode(jpeg_streams(target)[0])
            got = got[None] if got.ndim == 2 else numpy.moveaxis(got, 2, 0)
            problem = jbpy_load(target)[1] or difference(got, array)
        checks.note("lossless JPEG, decoded by imagecodecs", f"{dtype} {bands} bands", problem)


def check_georeference(checks):
    """What GDAL makes of the corners."""
    array = smooth(1, 40, 50)
    source, target = checks.path("in.tif"), checks.path("placed.ntf")
    for crs, transform in (
        ("EPSG:4326", rasterio.Affine(1 / 3600, 0, 12 - 0.5 / 3600, 0, -1 / 3600, 48 + 0.5 / 3600)),
        ("EPSG:32633", rasterio.Affine(10, 0, 399995, 0, -10, 5000005)), ("EPSG:32733", rasterio.Affine(10, 0, 399995, 0, -10, 5000005)),
    ):
        with rasterio.open(source, "w", driver="GTiff", width=50, height=40, count=1, dtype="uint8", crs=crs, transform=transform) as made:
            made.write(array)
        problem = checks.convert(source, target) or jbpy_load(target)[1]
        if not problem:
            with rasterio.open(target) as dataset:
                if not dataset.transform.almost_equals(transform, 1e-6 if crs == "EPSG:4326" else 0.01):
                    problem = f"{dataset.transform}, expected {transform}"
                if rasterio.crs.CRS.from_user_input(crs) != dataset.crs:
                    problem = problem or f"CRS {dataset.crs}"
        checks.note("georeference, read by GDAL", crs, problem)


def check_threads(checks):
    for arguments in ([], ["--compression", "jpeg", "--block-size", "32"], ["--interleave", "band", "--block-size", "16", "--pad-value=0"]):
        source = checks.path("in.tif")
        write_tiff(source, smooth(3, 150, 170))
        files = []
        for threads in ("1", "2"):
            target = checks.path(f"threads{threads}.ntf")
            problem = checks.convert(source, target, "--threads", threads, *arguments)
            files.append(open(target, "rb").read() if not problem else problem)
        checks.note("the same bytes with 1 and 2 threads", " ".join(arguments), "" if files[0] == files[1] else "the bytes differ")


def read_compression(path, number):
    """IC of an image where jbpy can read the file."""
    try:
        return jbpy_load(path)[0]["ImageSegments"][number]["subheader"]["IC"].value
    except (ValueError, IndexError):
        return ""


def all_segments(path):
    """Kind, fields and data of every segment but those of extensions that overflowed, which the headers have."""
    with open(path, "rb") as file:
        loaded = jbpy.Jbp().load(file)
        overflow = nitf_headers.overflowing(loaded["DataExtensionSegments"], file)
        segments = [("file", nitf_headers.jbpy_fields(loaded["FileHeader"], file, overflow["file", 0]), b"")]
        for name, kind in nitf_headers.SEGMENTS:
            for number, segment in enumerate(loaded[name], 1):
                if isinstance(segment["subheader"], jbpy.core.TreOverflowDesSubheader):
                    continue
                data = next((segment[part] for part in ("Data", "DESDATA", "RESDATA") if part in segment), None)
                stored = nitf_headers.stored(data, file) if data is not None and kind != "image" else b""
                segments.append((kind, nitf_headers.jbpy_fields(segment["subheader"], file, overflow[kind, number]), stored))
    return segments


def compare_segments(source, target, name):
    ours, theirs = all_segments(target), all_segments(source)
    if [kind for kind, _, _ in ours] != [kind for kind, _, _ in theirs]:
        return f"segments {[kind for kind, _, _ in ours]}, expected {[kind for kind, _, _ in theirs]}"
    for number, ((kind, own, data), (_, want, stored)) in enumerate(zip(ours, theirs)):
        if data != stored:
            return f"segment {number} ({kind}): the data differ"
        lengths = {"UDHDL", "XHDL", "UDIDL", "IXSHDL", "SXSHDL", "TXSHDL"}
        have, need = ([(n, v) for n, v in fields if n.rstrip("0123456789") not in COMPUTED | lengths and n not in COMPUTED] for fields in (own, want))
        for field, expected in itertools.zip_longest(have, need):
            if field != expected and (name, field[0]) not in CORRECTED:
                return f"segment {number} ({kind}): {field}, expected {expected}"
    return ""


def check_segments(checks, corpus):
    """A file of every kind of segment by jbpy, and the files of the corpus, copied whole."""
    made = checks.path("every-kind.ntf")
    nitf_headers.write_every_kind(made)
    sources = [made]
    if corpus:
        found = glob.glob(os.path.join(corpus, "nitf", "**", "*"), recursive=True)
        sources += sorted(name for name in found if os.path.isfile(name) and open(name, "rb").read(9) in (b"NITF02.10", b"NSIF01.00", b"NITF02.00"))
    for source in sources:
        name = os.path.relpath(source, corpus) if corpus and source != made else os.path.basename(source)
        target = checks.path("copy.ntf")
        if os.path.exists(target):
            os.remove(target)
        problem = checks.trouble(checks.conformance, "copy", source, target)
        if "(unsupported)" in problem or "(malformed)" in problem or "without an asset" in problem or "ISCODE has" in problem:
            continue  # What cannot be read, which the conformance run judges, and what NITF 2.1 lacks of 2.0.
        with open(source, "rb") as file:
            version = file.read(9)
        # Fields that are not valid in the source are copied as they are; what jbpy cannot read cannot be compared.
        try:
            before = "NITF 2.0" if version == b"NITF02.00" else jbpy_load(source)[1]
        except ValueError as error:
            before = str(error)
        loaded = None
        if not problem:
            loaded, after = jbpy_load(target)
            problem = "" if before and before != "NITF 2.0" else after
        checks.note("copies of files, headers valid for jbpy", name, problem)
        if loaded is None:
            continue
        if not before:
            checks.note("copies of files, fields and data by jbpy", name, compare_segments(source, target, name))
        try:
            count = len(nitf_headers.gdal_datasets(source))
            for number in range(count):
                if name in FOUR_BITS:
                    continue
                compression = loaded["ImageSegments"][number]["subheader"]["IC"].value if number < len(loaded["ImageSegments"]) else ""
                want = gdal_pixels(source, number)[0]
                got = gdal_pixels(target, number)[0]
                wrong = difference(got, want)
                # Decoders of irreversible JPEG 2000 may differ by 1.
                if read_compression(source, number) in ("C8", "M8") and got.shape == want.shape and want.dtype.kind == "u":
                    wrong = "" if numpy.abs(got.astype(int) - want).max() <= 1 else wrong
                if compression in ("C3", "M3") and got.shape == want.shape:
                    part = numpy.abs(got.astype(int) - want).mean() / (int(want.max()) + 1)
                    wrong = "" if part < 0.012 else f"samples differ by {part:.3f} of the largest, more than JPEG may"
                checks.note("copies of files, pixels by GDAL", f"{name} image {number}", wrong)
        except (rasterio.errors.RasterioError, ValueError):
            continue  # GDAL reads no pixels of the source.


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("conformance")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.getLogger("rasterio").setLevel(logging.CRITICAL)
    os.environ["GDAL_PAM_ENABLED"] = "NO"
    checks = Checks("NITF written", arguments.tool)
    checks.conformance = os.path.abspath(arguments.conformance)
    check_matrix(checks)
    check_masks(checks)
    check_translate(checks)
    check_packed(checks)
    check_jpeg(checks)
    check_georeference(checks)
    check_threads(checks)
    check_segments(checks, arguments.corpus)
    checks.finish()


if __name__ == "__main__":
    main()
