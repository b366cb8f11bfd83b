#!/usr/bin/env python3
"""jpeg2000_writing.py TOOL: does other software read the JPEG 2000 and HTJ2K that the tool writes, in files, NITF and TIFF?

OpenJPEG and OpenJPH (imagecodecs), GDAL (rasterio), tifffile, jbpy and, where installed, Grok (grk_decompress) read a matrix of types and options; what
is written at a rate is held to OpenJPEG's encoder at the same rate. The last line counts the checks.
"""
import argparse
import itertools
import os
import shutil
import warnings

from common import Checks, by_gdal, by_tifffile, packages, write_source

with packages():
    import imagecodecs
    import jbpy
    import numpy
    import rasterio
    import rasterio.errors

SHAPES = ((1, 1, 1), (1, 7, 5), (2, 33, 130), (3, 97, 61), (4, 20, 300))
TYPES = (("uint8", 8), ("int8", 8), ("uint16", 11), ("uint16", 16), ("int16", 16), ("uint32", 20))
ORDERS = ("lrcp", "rlcp", "rpcl", "pcrl", "cprl")


def planar(array, shape):
    """Rows x columns (x bands) as bands x rows x columns."""
    return array[None] if array.ndim == 2 else array if array.shape == shape else numpy.moveaxis(array, 2, 0)


def difference(got, want):
    """What is wrong, whatever the types are called; or an empty text."""
    if got.shape != want.shape:
        return f"shape {got.shape}, expected {want.shape}"
    return "" if numpy.array_equal(got.astype("int64"), want.astype("int64")) else "samples differ"


def read(path, decoder, shape):
    with open(path, "rb") as file:
        return planar(decoder(file.read()), shape)


def by_grok(checks, path, shape):
    target = checks.path("grok.tif")
    trouble = checks.trouble("grk_decompress", "-i", path, "-o", target)
    if trouble:
        raise ValueError(trouble)
    return planar(by_tifffile(target), shape)


def sample(draw, dtype, bits, shape, of_noise):
    """Noise of all bits, or waves of them."""
    low = -(1 << bits - 1) if dtype.startswith("int") else 0
    if of_noise:
        return draw.integers(low, low + (1 << bits), shape, dtype="int64").astype(dtype)
    y, x = numpy.mgrid[0:shape[1], 0:shape[2]]
    wave = numpy.stack([numpy.sin(x / (7 + band)) + numpy.cos(y / (5 + band)) + 2 for band in range(shape[0])]) / 4
    return (low + (wave + draw.normal(0, 0.01, shape)).clip(0, 1) * ((1 << bits) - 1)).round().astype(dtype)


def judge(checks, group, name, path, array, readers):
    for who, reader in readers:
        try:
            problem = difference(planar(numpy.asarray(reader(path)), array.shape), array)
        except Exception as error:  # noqa: BLE001 - whatever a reader throws is the finding
            problem = f"{type(error).__name__}: {error}"
        checks.note(f"{group}: {who}", name, problem)


def readers(checks, shape, dtype, bits):
    found = [("OpenJPEG", lambda path: read(path, imagecodecs.jpeg2k_decode, shape))]
    if shutil.which("grk_decompress") and bits <= 16 and shape[0] in (1, 3):
        found.append(("Grok", lambda path: by_grok(checks, path, shape)))
    # GDAL's driver has no signed bytes.
    if bits <= 16 and dtype != "int8":
        found.append(("GDAL", by_gdal))
    return found


def check_lossless(checks, draw):
    """Every type and shape, of noise and of waves, in Part 1 and HT blocks."""
    for (dtype, bits), shape, of_noise, is_high in itertools.product(TYPES, SHAPES, (False, True), (False, True)):
        array = sample(draw, dtype, bits, shape, of_noise)
        source = checks.path("in.tif")
        write_source(source, array)
        name = f"{dtype} of {bits} bits, {shape}, {'noise' if of_noise else 'waves'}"
        for ending in (("jph", "j2c") if is_high else ("jp2", "j2k")):
            path = checks.path("out." + ending)
            arguments = ["--bits", str(bits), *(["--compression", "htj2k"] if is_high else [])]
            problem = checks.convert(source, path, *arguments)
            if problem:
                checks.note("written", name, problem)
                continue
            judge(checks, "HTJ2K" if is_high else "JPEG 2000", name, path, array, readers(checks, shape, dtype, bits))
            if ending == "j2c":
                judge(checks, "HTJ2K", name, path, array, [("OpenJPH", lambda path: read(path, imagecodecs.htj2k_decode, shape))])


def check_options(checks, draw):
    """Progressions, tiles, precincts, levels, code-blocks, layers, lengths, profiles."""
    choices = [["--order", order, "--block-size", tile, "--precinct", precinct, "--levels", levels] for order, (tile, precinct, levels) in
               itertools.product(ORDERS, (("64", "32", "3"), ("50x37", "16", "2"), ("128", "128", "0")))]
    choices += [["--code-block", size] for size in ("4", "8x16", "32", "4x1024", "1024x4")]
    choices += [["--layers", "0.5,1,2"], ["--layers", "1,3", "--order", "rpcl", "--precinct", "32", "--lengths", "--block-size", "64"],
                ["--profile", "npje"], ["--profile", "epje"], ["--no-component-transform"]]
    for shape, (dtype, bits) in itertools.product(((3, 120, 113), (1, 90, 130)), (("uint8", 8), ("uint16", 12))):
        array = sample(draw, dtype, bits, shape, bits == 12)
        source, path = checks.path("in.tif"), checks.path("out.jp2")
        write_source(source, array)
        for options, is_high in itertools.product(choices, (False, True)):
            if is_high and {"--layers", "--profile"} & set(options):
                continue
            arguments = [*options, "--bits", str(bits), *(["--compression", "htj2k"] if is_high else [])]
            problem = checks.convert(source, path, *arguments)
            if problem:
                checks.note("written", " ".join(options), problem)
            else:
                judge(checks, "options", " ".join(arguments), path, array, readers(checks, shape, dtype, bits))


def noise_ratio(got, want, peak):
    return 10 * numpy.log10(peak**2 / max(1e-9, ((got.astype("float64") - want) ** 2).mean()))


def check_rates(checks, draw):
    """The rate is met, and the error no larger than OpenJPEG's at that rate."""
    for shape, (dtype, bits) in itertools.product(((1, 300, 400), (3, 256, 300)), (("uint8", 8), ("uint16", 12))):
        array = sample(draw, dtype, bits, shape, False)
        pixels, peak = shape[1] * shape[2], (1 << bits) - 1
        source = checks.path("in.tif")
        write_source(source, array)
        for rate in (0.5 * shape[0], 1.5 * shape[0]):
            path = checks.path("out.j2k")
            name = f"{dtype} of {bits} bits, {shape}, {rate} bits a pixel"
            problem = checks.convert(source, path, "--rate", str(rate), "--bits", str(bits))
            if not problem:
                size = os.path.getsize(path) * 8 / pixels
                problem = "" if rate * 0.97 <= size <= rate else f"{size:.3f} bits a pixel"
            checks.note("rates are met", name, problem)
            own = noise_ratio(read(path, imagecodecs.jpeg2k_decode, shape), array, peak)
            mixed = numpy.moveaxis(array, 0, 2) if shape[0] > 1 else array[0]
            other = imagecodecs.jpeg2k_encode(numpy.ascontiguousarray(mixed), level=own, reversible=False, codecformat="j2k", bitspersample=bits)
            other_rate = len(other) * 8 / pixels
            # At the quality that was reached OpenJPEG takes no fewer bits, but for a few per cent.
            reached = noise_ratio(planar(imagecodecs.jpeg2k_decode(other), shape), array, peak)
            allowed = other_rate * 1.04 if reached >= own - 0.05 else float("inf")
            size = os.path.getsize(path) * 8 / pixels
            checks.note("quality at the rate: OpenJPEG", name, "" if size <= allowed else f"{size:.3f} bits a pixel for {own:.2f} dB; OpenJPEG {other_rate:.3f} for {reached:.2f}")


def check_containers(checks, draw):
    """C8 and CD in NITF, 34712 in TIFF."""
    for shape, (dtype, bits) in itertools.product(((1, 90, 130), (3, 97, 61), (5, 40, 40)), (("uint8", 8), ("uint16", 12), ("int16", 16))):
        array = sample(draw, dtype, bits, shape, False)
        source = checks.path("in.tif")
        write_source(source, array)
        for options in ([], ["--block-size", "32"], ["--profile", "npje"], ["--compression", "htj2k"]):
            name = f"{dtype} of {bits} bits, {shape} {' '.join(options)}"
            path = checks.path("out.ntf")
            problem = checks.convert(source, path, "--bits", str(bits), *options)
            if problem:
                checks.note("written", name, problem)
                continue
            if "htj2k" not in options:
                judge(checks, "NITF C8", name, path, array, [("GDAL", by_gdal)])
            with open(path, "rb") as file:
                nitf = jbpy.Jbp()
                nitf.load(file)
                header = nitf["ImageSegments"][0]["subheader"]
                wanted = ("CD" if "htj2k" in options else "C8", bits)
                got = (header["IC"].value, header["NBPP"].value)
                start, size = nitf["ImageSegments"][0]["Data"].get_offset(), nitf["ImageSegments"][0]["Data"].size
                checks.note("NITF headers: jbpy", name, "" if got == wanted else f"{got}, not {wanted}")
                rate, exact = header["COMRAT"].value, size * 8 / array.size
                checks.note("NITF COMRAT: jbpy", name, "" if rate == f"N{round(exact * 10):03}" else f"{rate} for {exact:.3f} bits a sample")
                file.seek(start)
                stream = checks.path("segment.j2k")
                with open(stream, "wb") as part:
                    part.write(file.read(size))
            judge(checks, "NITF segment", name, stream, array, [("OpenJPEG", lambda path: read(path, imagecodecs.jpeg2k_decode, shape))])
        for options in ([], ["--block-size", "32"], ["--interleave", "band"], ["--compression", "htj2k"]):
            path = checks.path("out.tif")
            arguments = ["--bits", str(bits), *([] if "htj2k" in options else ["--compression", "jpeg2000"]), *options]
            problem = checks.convert(source, path, *arguments)
            if problem:
                checks.note("written", name, problem)
            else:
                judge(checks, "TIFF 34712", f"{dtype} {shape} {' '.join(options)}", path, array, [("tifffile", by_tifffile)])


def check_place(checks, draw):
    """GeoJP2."""
    array = sample(draw, "uint8", 8, (3, 50, 60), False)
    source, path = checks.path("place.tif"), checks.path("place.jp2")
    with rasterio.open(source, "w", driver="GTiff", width=60, height=50, count=3, dtype="uint8", crs="EPSG:32633",
                       transform=rasterio.Affine(10, 0, 400_000, 0, -10, 5_000_000)) as file:
        file.write(array)
    problem = checks.convert(source, path)
    if not problem:
        with rasterio.open(path) as file:
            got = (file.crs.to_epsg(), tuple(file.transform)[:6])
        wanted = (32633, (10, 0, 400_000, 0, -10, 5_000_000))
        problem = "" if got == wanted else f"{got}, not {wanted}"
    checks.note("GeoJP2: GDAL", "affine map in UTM", problem)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    checks = Checks("JPEG 2000 that the tool writes", parser.parse_args().tool)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    draw = numpy.random.default_rng(15444)
    check_lossless(checks, draw)
    check_options(checks, draw)
    check_rates(checks, draw)
    check_containers(checks, draw)
    check_place(checks, draw)
    checks.finish()


if __name__ == "__main__":
    main()
