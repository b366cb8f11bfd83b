#!/usr/bin/env python3
"""defaults.py TOOL --corpus DIR: do files that are written without any option open everywhere?

About 90 files of the corpus, of all formats, become NITF, TIFF and JP2 by `imagery convert IN OUT`. GDAL reads all of them, OpenJPEG the JP2 files, and
osml-imagery-io the NITF and TIFF files: each has to give the samples that were written (S71). Those are the source's, but where a note or the source's
own words (white is zero) say that they are converted.

What other software cannot read is named in EXCEPTIONS with the reason; one that reads after all fails as well.
"""
import argparse
import concurrent.futures
import json
import os
import warnings

from common import Checks, by_gdal, by_tifffile, difference, packages, planar

with packages():
    import imagecodecs
    import numpy
    import rasterio.errors
    from aws.osml.io import imread

warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
# How many of each format.
WANTED = {"dted": 3, "jp2": 17, "jpeg": 12, "nitf": 24, "png": 14, "tiff": 22}
TARGETS = ("ntf", "tif", "jp2")
LARGEST = 900_000
# (file, target, reader): why this reader does not give the samples.
_INKS = "GDAL shows inks of TIFF as RGBA"
_SIGNED = "GDAL reads signed samples of four bits as unsigned ones"
_DIFFERENCES = "imagecodecs makes RGB of sYCC"
_PIXELS = "osml-imagery-io does not have these bits a sample, which the source has too"
_WIDE = "64-bit unsigned samples are NITF's (Table A-3), but not this software's"
EXCEPTIONS = {
    ("jp2/openjpeg-data/issue205.jp2", "tif", "GDAL"): _INKS,
    ("jp2/openjpeg-data/p0_03.j2k", "ntf", "GDAL"): _SIGNED,
    ("jp2/openjpeg-data/p0_03.j2k", "jp2", "GDAL"): _SIGNED,
    ("nitf/codice/p0_03a.ntf", "ntf", "GDAL"): _SIGNED,
    ("nitf/codice/p0_03a.ntf", "jp2", "GDAL"): _SIGNED,
    ("jp2/openjpeg-data/subsampling_1.jp2", "jp2", "OpenJPEG"): _DIFFERENCES,
    ("nitf/codice/file2_jp2_2places.ntf", "jp2", "OpenJPEG"): _DIFFERENCES,
    ("png/libjpeg-turbo/monkey16.png", "jp2", "OpenJPEG"): "imagecodecs applies the ICC profile",
    ("nitf/codice/p1_06b.ntf", "ntf", "osml-imagery-io"): "JPEG 2000 tiles of three pixels, which the source has too",
    ("nitf/codice/v_3301f.ntf", "ntf", "osml-imagery-io"): "imread fills absent blocks with 0, not with the pad value",
    ("tiff/gdal/int10.tif", "tif", "osml-imagery-io"): _PIXELS,
    ("tiff/image-tiff/seq-1c-5b-miniswhite-73098d17.tiff", "tif", "osml-imagery-io"): _PIXELS,
    ("tiff/openjpeg-data/flower-rgb-contig-14.tif", "tif", "osml-imagery-io"): _PIXELS,
    ("tiff/gdal/stefan_full_greyalpha_uint64_LZW_predictor_2.tif", "tif", "osml-imagery-io"): _PIXELS,
    ("tiff/gdal/stefan_full_greyalpha_uint64_LZW_predictor_2.tif", "ntf", "GDAL"): _WIDE,
    ("tiff/gdal/stefan_full_greyalpha_uint64_LZW_predictor_2.tif", "ntf", "osml-imagery-io"): _WIDE,
    ("tiff/image-tiff/int16_zstd.tif", "tif", "osml-imagery-io"): "it does not know Zstandard, which the source has too",
}
# Images whose compression, copied from the source (S64), has loss.
LOSSY = {"nitf/codice/TimeStep103498.ntf.r5"}


def chosen(corpus):
    """So many files of each format, spread over the list, none of them broken or large."""
    with open(os.path.join(corpus, "manifest.json")) as file:
        entries = json.load(file)
    for kind, count in WANTED.items():
        known = [entry for entry in entries if entry["format"] == kind and not entry.get("malformed") and entry["bytes"] <= LARGEST
                 and not entry["path"].endswith((".pgx", ".raw", ".hdr")) and entry["expect"].get("decodable") is True and entry["expect"].get("width", 0) * entry["expect"].get("height", 0) <= 1_500_000]
        for number in range(min(count, len(known))):
            yield known[number * len(known) // count]["path"]


def by_openjpeg(path):
    with open(path, "rb") as file:
        return planar(imagecodecs.jpeg2k_decode(file.read()))


READERS = {"ntf": {"GDAL": by_gdal, "osml-imagery-io": imread}, "tif": {"GDAL": by_gdal, "osml-imagery-io": imread, "tifffile": by_tifffile},
           "jp2": {"GDAL": by_gdal, "OpenJPEG": by_openjpeg}}


def same(got, want):
    """Nothing is wrong with samples of another type that hold the same numbers: software has fewer types than files."""
    got = numpy.asarray(got)
    if got.dtype != want.dtype and got.shape == want.shape:
        return "" if numpy.array_equal(got.astype(want.dtype), want, equal_nan=want.dtype.kind in "fc") else "samples differ"
    return difference(got, want)


def samples(checks, path, name, *arguments):
    target = checks.path(f"{name}.npy")
    if problem := checks.convert(path, target, *arguments):
        raise RuntimeError(problem)
    return numpy.load(target)


def is_negative(written, want):
    """White was zero."""
    if written.shape != want.shape or want.dtype.kind != "u":
        return False
    sums = numpy.unique(want.astype("int64") + written)
    return len(sums) == 1 and (int(sums[0]) & (int(sums[0]) + 1)) == 0


def check_file(checks, corpus, path, number):
    """Findings as (group, name, problem)."""
    source = os.path.join(corpus, path)
    found = []
    try:
        want = samples(checks, source, number)
    except RuntimeError:
        # Cut files, which are read with --salvage only.
        return []
    for kind in TARGETS:
        target = checks.path(f"{number}.{kind}")
        done = checks.imagery("convert", source, target, "--overwrite")
        name = f"{path} as {kind}"
        # JP2 holds no floating-point numbers, NITF none of 16 bits: an answer of its own.
        if done.returncode in (2, 3):
            continue
        if done.returncode:
            found.append(("converted", name, done.stderr.strip()))
            continue
        written = samples(checks, target, number)
        if " changed: " not in done.stderr and " dropped: " not in done.stderr and path not in LOSSY:
            problem = difference(written, want)
            found.append(("written as they are", name, "" if problem and is_negative(written, want) else problem))
        for reader, read in READERS[kind].items():
            try:
                got = read(target)
                # OpenJPEG applies palettes.
                hasColors = reader == "OpenJPEG" and len(written) == 1 and len(got) > 1
                problem = same(got, samples(checks, target, f"{number}-colors", "--apply-table") if hasColors else written)
            except Exception as error:
                problem = f"{type(error).__name__}: {str(error)[:100]}"
            reason = EXCEPTIONS.get((path, kind, reader))
            if reason:
                problem = "" if problem else "is an exception, and reads"
            found.append((f"{kind} by {reader}", name, problem))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    arguments = parser.parse_args()
    checks = Checks("Defaults", arguments.tool)
    if not arguments.corpus or not os.path.isdir(arguments.corpus):
        print("interop: skipped, there is no corpus")
        return
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        jobs = [workers.submit(check_file, checks, arguments.corpus, path, number) for number, path in enumerate(chosen(arguments.corpus))]
        for job in jobs:
            for group, name, problem in job.result():
                checks.note(group, name, problem)
    checks.finish()


if __name__ == "__main__":
    main()
