#!/usr/bin/env python3
"""index.py TOOL [--corpus DIR]: does zarr read the same pixels through an index as the tool reads from the file?

Indexes files of the corpus and files that other software writes, in both versions. Every level of every index is read with zarr, through fsspec
alone where the index needs no more, else through the filesystem and the codecs of osml-imagery-io, and compared with what the tool converts.

Needs the packages of requirements.txt, gdal_translate and opj_compress. Without them nothing is checked and the exit status is 0, unless the
environment variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import base64
import collections
import glob
import json
import os
import shutil
import warnings

from common import Checks, has_tools, packages
with packages():
    import imagecodecs.numcodecs
    import numpy
    import tifffile
    import zarr
    from aws.osml.io.multi_reference_fs import MultiReferenceFileSystem
    from fsspec.implementations.asyn_wrapper import AsyncFileSystemWrapper
    from fsspec.implementations.reference import ReferenceFileSystem
    from zarr.storage import FsspecStore

warnings.filterwarnings("ignore")
VERSIONS = {"kerchunk": 2, "zarr": 3}
OWN_CODECS = "osml-imagery-io/codecs"
# The least number of corpus files that have to have an index.
LEAST = {"nitf": 55, "tiff": 400, "jp2": 70, "dted": 5}
# Reference images of other formats lie beside the codestreams.
EXTENSIONS = {"nitf": "", "tiff": "", "dted": "", "jp2": (".jp2", ".j2k", ".j2c", ".jpx", ".jph", ".jhc")}
# Files of the corpus that the tool reads and the decoders of the codecs do not, and why.
UNREADABLE = {
    "jp2/openhtj2k/ds0_h": "OpenJPEG does not decode all of HTJ2K",
    "tiff/gdal/packbits-not-enough-data.tif": "the data are damaged",
    "tiff/gdal/separate_tiled.tif": "blocks end where the image does",
}


def levels(tool, checks, files):
    """What the tool converts to get each level of an index: a file, and what it is told."""
    info = json.loads(checks.imagery("info", "--json", files[0]).stdout)
    images = {asset["key"]: asset for asset in info["assets"] if asset["type"] == "image"}
    base = next((key for key, asset in images.items() if "data" in asset["roles"]), None) or next(iter(images))
    overviews = sorted((key for key in images if key.startswith(base + ":overview:") and not key.endswith(":mask")), key=lambda key: int(key.split(":")[-1]))
    if len(files) > 1:
        return [(file, []) for file in files]
    if overviews:
        return [(files[0], ["--asset", key]) for key in [base] + overviews]
    return [(files[0], ["--asset", base, "--resolution-level", str(level)]) for level in range(images[base]["resolutionLevels"])]


def is_plain(index):
    """Whether fsspec and zarr alone can read it."""
    text = json.dumps(index)
    return OWN_CODECS not in text and "imagecodecs" not in text and not any(isinstance(entry, list) and isinstance(entry[1], list) for entry in index["refs"].values() if isinstance(entry, list))


def open_index(index, version, **options):
    """The root group."""
    if is_plain(index):
        file_system = AsyncFileSystemWrapper(ReferenceFileSystem(fo=index, asynchronous=False, skip_instance_cache=True, **options))
    else:
        file_system = MultiReferenceFileSystem(fo=index, asynchronous=True, skip_instance_cache=True, **options)
    return zarr.open_group(FsspecStore(fs=file_system, read_only=True, path=""), mode="r", zarr_format=version)


def compare(got, want, tolerance):
    if got.shape != want.shape:
        return f"shape {got.shape}, expected {want.shape}"
    if got.dtype.newbyteorder("=") != want.dtype:
        return f"type {got.dtype}, expected {want.dtype}"
    if numpy.array_equal(got, want, equal_nan=want.dtype.kind in "fc"):
        return ""
    worst = numpy.abs(got.astype(float) - want.astype(float)).max()
    return "" if worst <= tolerance else f"samples differ by up to {worst}"


def check(checks, group, name, files, tolerance=0, must=True, least_levels=1):
    """Indexes, reads and compares; whether there is an index."""
    wanted = None
    for format, version in VERSIONS.items():
        done = checks.imagery("index", *files, "--format", format, "-o", "-")
        if done.returncode:
            problem = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"
            refused = done.returncode == 3
            if version == 2 and refused and "write version 3" in problem:
                continue
            if must or not refused:
                checks.note(group, f"{name} ({format})", problem)
            if version == 2 and not must and refused:
                return problem
            continue
        index = json.loads(done.stdout)
        try:
            root = open_index(index, version)
            if wanted is None:
                wanted = []
                for file, arguments in levels(checks.tool, checks, files)[: len(list(root.group_keys()))]:
                    target = checks.path("want.npy")
                    if problem := checks.convert(file, target, *arguments):
                        raise RuntimeError(f"convert: {problem}")
                    wanted.append(numpy.load(target))
            count = len(list(root.group_keys()))
            said = "zarr and fsspec alone do not read" in done.stderr
            if said == is_plain(index):
                raise RuntimeError("the tool says otherwise of what the index needs")
            problem = "" if count >= least_levels else f"{count} levels, expected {least_levels}"
            if count != len(wanted):
                problem = f"{count} levels, expected {len(wanted)}"
            for number, want in enumerate(wanted):
                problem = problem or compare(root[f"{number}/data"][...], want, tolerance)
                # What xarray goes by: the group's own list of its arrays.
                if not problem and list(root[str(number)].array_keys()) != ["data"]:
                    problem = "the group does not list its array"
                if problem:
                    problem = f"level {number}: {problem}"
                    break
        except BaseException as error:
            problem = f"{type(error).__name__}: {str(error)[:150]}"
        plain = " by fsspec alone" if is_plain(index) else ""
        checks.note(f"{group}, {format}{plain}", name, problem)
    return ""


def corpus_files(checks, corpus):
    """Every file of the corpus that has an index."""
    with open(os.path.join(corpus, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    entries = manifest["files"] if isinstance(manifest, dict) else manifest
    indexed, reasons = collections.Counter(), collections.Counter()
    for entry in entries:
        kind = entry["path"].split("/")[0]
        if kind not in LEAST or entry.get("malformed") or entry["expect"].get("decodable") is not True or not entry["path"].lower().endswith(EXTENSIONS[kind]):
            continue
        if any(entry["path"].startswith(path) for path in UNREADABLE):
            continue
        path = os.path.join(corpus, entry["path"])
        before = len(checks.failures)
        reason = check(checks, f"corpus {kind}", entry["path"], [path], tolerance=2 if kind == "jp2" or "IC=C8" in entry["features"] else 0, must=False)
        if reason:
            reasons[(kind, reason.split(": ")[-1])] += 1
        elif len(checks.failures) == before:
            indexed[kind] += 1
    for kind, least in LEAST.items():
        checks.note("corpus, number of files", kind, "" if indexed[kind] >= least else f"{indexed[kind]}, expected {least} or more")
    print(dict(indexed))
    for (kind, reason), count in sorted(reasons.items()):
        print(f"no index: {kind}: {count} x {reason}")


def scene(dtype):
    y, x = numpy.mgrid[0:200, 0:300]
    picture = numpy.stack([(x * 3 + y) % 256, (x + y * 5) % 256, (x * y) % 256], -1)
    return (picture if numpy.dtype(dtype).itemsize == 1 else picture * 257 - (40000 if numpy.dtype(dtype).kind in "if" else 0)).astype(dtype)


def tiff(checks):
    """Types, byte orders, compressions, predictors, planes; tiles, and strips of which the last is shorter."""
    for dtype in ("u1", "i1", "u2", "i2", "u4", "f4", "f8", "u8", "c8", "f2"):
        for order in "<>":
            for compression in (None, "zlib", "lzw", "packbits"):
                for predictor in (None, 3 if dtype[0] == "f" else 2):
                    if predictor and (compression in (None, "packbits") or dtype in ("c8", "f2")):
                        continue
                    for planar in ("contig", "separate"):
                        for blocks in ({"tile": (64, 96)}, {"rowsperstrip": 24}):
                            name = f"{dtype}{order} {compression} {predictor} {planar} {next(iter(blocks))}"
                            pixels = scene(dtype) if planar == "contig" else numpy.ascontiguousarray(numpy.moveaxis(scene(dtype), 2, 0))
                            path = checks.path("file.tif")
                            tifffile.imwrite(path, pixels, byteorder=order, compression=compression, predictor=predictor, planarconfig=planar, photometric="rgb", **blocks)
                            # The codecs know no byte order.
                            must = not (predictor == 2 and order == ">" and dtype not in ("u1", "i1")) and not (predictor == 2 and dtype == "u8")
                            check(checks, "TIFF", name, [path], must=must)


def packed(checks):
    """Compressions that numcodecs or imagecodecs know, and large images of one block."""
    imagecodecs.numcodecs.register_codecs(verbose=False)
    for dtype in ("u1", "u2", "f4"):
        for compression in ("zstd", "lzma", "lerc"):
            for blocks in ({"tile": (64, 96)}, {"rowsperstrip": 25}):
                for planar in ("contig", "separate"):
                    pixels = scene(dtype) if planar == "contig" else numpy.ascontiguousarray(numpy.moveaxis(scene(dtype), 2, 0))
                    path = checks.path("file.tif")
                    tifffile.imwrite(path, pixels, compression=compression, planarconfig=planar, photometric="rgb", **blocks)
                    check(checks, "TIFF, packed", f"{dtype} {compression} {planar} {next(iter(blocks))}", [path], must=compression != "lerc")
    # Rows that no number divides go on to the end of the file, and behind it.
    for rows in (1200, 1031):
        y, x = numpy.mgrid[0:rows, 0:1400]
        large = numpy.stack([(x * 3 + y) % 251, (x + y * 5) % 253, (x * y) % 255], -1).astype("u1")
        for planar in ("contig", "separate"):
            path = checks.path("file.tif")
            pixels = large if planar == "contig" else numpy.ascontiguousarray(numpy.moveaxis(large, 2, 0)).astype("u4")
            tifffile.imwrite(path, pixels, planarconfig=planar, photometric="rgb", rowsperstrip=rows)
            check(checks, "TIFF, one large strip", f"{rows} {planar}", [path])
            for mode in "BPRS":
                target = checks.path(f"{mode}.ntf")
                if problem := checks.convert(path, target, "--compression", "none", "--interleave", mode, "--block-size", f"x{rows}"):
                    checks.note("NITF, one large block", f"{rows} {mode}", problem)
                    continue
                check(checks, "NITF, one large block", f"{rows} {planar} {mode}", [target])


def gdal(checks):
    """What GDAL writes."""
    base, small = checks.path("base.tif"), checks.path("small.tif")
    tifffile.imwrite(base, scene("u1"), photometric="rgb")
    tifffile.imwrite(small, numpy.ascontiguousarray(scene("u1")[::2, ::2]), photometric="rgb")

    def translate(source, target, *options):
        if problem := checks.trouble("gdal_translate", "-q", *options, source, target):
            checks.note("GDAL", target, problem)

    for compression in ("NONE", "DEFLATE", "LZW", "JPEG"):
        target = checks.path(f"cog-{compression}.tif")
        translate(base, target, "-of", "COG", "-co", "BLOCKSIZE=128", "-co", f"COMPRESS={compression}")
        check(checks, "COG", compression, [target], least_levels=2)
    for options in ("PHOTOMETRIC=YCBCR", "PHOTOMETRIC=RGB", "INTERLEAVE=BAND"):
        target = checks.path("jpeg.tif")
        translate(base, target, "-co", "TILED=YES", "-co", "BLOCKXSIZE=64", "-co", "BLOCKYSIZE=64", "-co", "COMPRESS=JPEG", "-co", options)
        check(checks, "TIFF with JPEG", options, [target])
    sparse = checks.path("sparse.tif")
    translate(base, sparse, "-co", "TILED=YES", "-co", "BLOCKXSIZE=64", "-co", "BLOCKYSIZE=64", "-co", "SPARSE_OK=TRUE", "-scale", "0", "1", "0", "0", "-a_nodata", "0")
    check(checks, "TIFF, sparse", "zeros", [sparse])
    for options in (["IC=NC"], ["IC=NC", "BLOCKSIZE=64"], ["IC=C3"], ["IC=C3", "BLOCKSIZE=64"], ["IC=C8"], ["IC=C8", "BLOCKSIZE=64"]):
        target = checks.path("file.ntf")
        words = [word for option in options for word in ("-co", option)]
        translate(base, target, "-of", "NITF", *words)
        check(checks, "NITF of GDAL", " ".join(options), [target], tolerance=1 if "IC=C8" in options else 0)
    first, second = checks.path("pyramid.ntf"), checks.path("pyramid.ntf.r1")
    translate(base, first, "-of", "NITF")
    translate(small, second, "-of", "NITF")
    check(checks, "R-set", "NITF", [first, second], least_levels=2)
    shutil.copy(small, second)
    check(checks, "R-set", "NITF and TIFF", [first, second], least_levels=2)
    templates(checks, first)


def templates(checks, path):
    """The place of the file is filled in when the index is opened."""
    for format, version in VERSIONS.items():
        done = checks.imagery("index", path, "--format", format, "--url", "{{base}}/", "-o", "-")
        try:
            root = open_index(json.loads(done.stdout), version, template_overrides={"base": os.path.dirname(path)})
            problem = compare(root["0/data"][...], numpy.moveaxis(scene("u1"), 2, 0), 0)
        except BaseException as error:
            problem = f"{type(error).__name__}: {str(error)[:150]}"
        checks.note("template", format, problem)


def nitf(checks):
    """The four modes, as the tool writes them, with samples of several sizes."""
    for dtype in ("u1", "i1", "u2", "i2", "u4", "f4", "f8", "c8"):
        base = checks.path("base.tif")
        tifffile.imwrite(base, scene(dtype), photometric="rgb")
        for mode in "BPRS":
            for size in ("64", "100"):
                target = checks.path(f"{mode}.ntf")
                if problem := checks.convert(base, target, "--compression", "none", "--block-size", size, "--interleave", mode):
                    checks.note("NITF", f"{dtype} {mode}", problem)
                    continue
                check(checks, "NITF", f"{dtype} {mode} {size}", [target])


def jpeg2000(checks):
    """Tiles of any size, tile-parts in any order, places on the reference grid."""
    base = checks.path("base.tif")
    tifffile.imwrite(base, scene("u1"), photometric="rgb")
    for options in (
        "-n 3", "-t 64,64 -n 3", "-t 100,100 -n 3", "-t 70,50 -n 4", "-t 128,64 -n 5", "-t 64,64 -n 3 -p RLCP -TP R", "-t 100,75 -p RPCL -TP R -n 3",
        "-d 17,33 -n 3", "-d 100,100 -T 100,100 -t 100,100 -n 3", "-t 32,32 -n 6", "-t 120,90 -n 4 -PLT -TLM", "-t 128,128 -n 3 -PLT -TLM",
        "-t 64,64 -b 16,16 -n 3", "-t 64,64 -c [32,32] -n 3", "-t 64,64 -I -r 8 -n 3", "-t 100,100 -I -r 8 -n 3", "-t 64,64 -mct 0 -n 3",
    ):
        for extension in ("j2k", "jp2"):
            target = checks.path(f"file.{extension}")
            if problem := checks.trouble("opj_compress", "-i", base, "-o", target, *options.split()):
                checks.note("JPEG 2000", options, problem)
                continue
            check(checks, "JPEG 2000", f"{options} {extension}", [target], tolerance=1 if "-I" in options else 0)


def interleave(data):
    """The codestream with the first parts of all tiles before the second ones, and so on."""
    position = start = data.index(b"\xff\x90\x00\x0a")
    parts = []
    while data[position : position + 2] == b"\xff\x90":
        length = int.from_bytes(data[position + 6 : position + 10], "big")
        parts.append((data[position + 10], position, data[position : position + length]))
        position += length
    return data[:start] + b"".join(part for _, _, part in sorted(parts, key=lambda part: part[:2])) + data[position:]


def interleaved(checks):
    """Tile-parts of all tiles mixed: several ranges for each chunk."""
    base, target = checks.path("base.tif"), checks.path("file.j2k")
    tifffile.imwrite(base, scene("u1"), photometric="rgb")
    for options in ("-t 64,64 -n 3 -p RLCP -TP R", "-t 100,100 -n 3 -p RLCP -TP R"):
        if problem := checks.trouble("opj_compress", "-i", base, "-o", target, *options.split()):
            checks.note("JPEG 2000, mixed tile-parts", options, problem)
            continue
        with open(target, "rb") as file:
            data = file.read()
        with open(target, "wb") as file:
            file.write(interleave(data))
        check(checks, "JPEG 2000, mixed tile-parts", options, [target])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    arguments = parser.parse_args()
    if not has_tools("gdal_translate", "opj_compress"):
        print("interop: skipped, gdal_translate or opj_compress is missing")
        return
    checks = Checks("index", arguments.tool)
    nitf(checks)
    tiff(checks)
    packed(checks)
    gdal(checks)
    jpeg2000(checks)
    interleaved(checks)
    if arguments.corpus:
        corpus_files(checks, os.path.abspath(arguments.corpus))
    checks.finish()


main()
