#!/usr/bin/env python3
"""jpeg2000_writing.py TOOL: does other software read the JPEG 2000 and HTJ2K that the tool writes, in files, NITF and TIFF?

OpenJPEG and OpenJPH (imagecodecs), GDAL (rasterio), tifffile, jbpy and, where installed, Grok (grk_decompress) read a matrix of types and options; what
is written at a rate is held to OpenJPEG's encoder at the same rate, HT blocks with loss to OpenJPH's at the same size. The last line counts the checks.
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


def by_openjph(array, size):
    """What OpenJPH makes of an image with the coarsest step that gives no fewer bytes than that."""
    is_color = array.shape[0] == 3
    mixed = numpy.ascontiguousarray(numpy.moveaxis(array, 0, 2) if is_color else array[0])
    fine, coarse, found = 1e-6, 0.5, b""
    for _ in range(20):
        middle = (fine * coarse) ** 0.5
        stream = imagecodecs.htj2k_encode(mixed, level=middle, reversible=False, resolutions=5, rgb=is_color)
        if len(stream) >= size:
            fine, found = middle, stream
        else:
            coarse = middle
    return found


def rounding(got, want, peak):
    """What differs by more than the rounding of decoders; or an empty text. OpenJPH 0.26 wraps some samples that exceed the range by less than one."""
    apart = numpy.abs(got.astype("int64") - want.astype("int64"))
    inside = (want > 0) & (want < peak)
    worst = apart[inside].max(initial=0)
    return f"samples differ by {worst}" if worst > 1 else ""


def check_high_throughput_rates(checks, draw):
    """HT blocks with loss: the rate is met, the error no larger than OpenJPH's, and decoders agree."""
    for shape, (dtype, bits) in itertools.product(((1, 300, 400), (3, 256, 300)), (("uint8", 8), ("uint16", 12))):
        array = sample(draw, dtype, bits, shape, False)
        pixels, peak = shape[1] * shape[2], (1 << bits) - 1
        source = checks.path("in.tif")
        write_source(source, array)
        choices = [["--rate", "0.5"], ["--rate", "1"], ["--rate", "2"], ["--quality", "50"], ["--quality", "90"], ["--rate", "3", "--block-size", "96"],
                   ["--rate", "2", "--order", "rpcl", "--precinct", "64", "--lengths"], ["--quality", "100", "--levels", "0"]]
        for options in choices:
            path = checks.path("out.j2c")
            name = f"{dtype} of {bits} bits, {shape} {' '.join(options)}"
            problem = checks.convert(source, path, "--compression", "htj2k", "--bits", str(bits), *options)
            if problem:
                checks.note("written", name, problem)
                continue
            size = os.path.getsize(path)
            if options[0] == "--rate":
                rate, reached = float(options[1]), size * 8 / pixels
                checks.note("HT rates are met", name, "" if rate * 0.98 <= reached <= rate else f"{reached:.4f} bits a pixel")
            jpeg = read(path, imagecodecs.jpeg2k_decode, shape)
            checks.note("HT with loss: OpenJPEG and OpenJPH", name, rounding(read(path, imagecodecs.htj2k_decode, shape), jpeg, peak))
            boxed = checks.path("out.jph")
            problem = checks.convert(source, boxed, "--compression", "htj2k", "--bits", str(bits), *options)
            checks.note("HT with loss: GDAL", name, problem or rounding(planar(by_gdal(boxed), shape), jpeg, peak))
            if len(options) == 2:
                other = by_openjph(array, size)
                own, theirs = noise_ratio(jpeg, array, peak), noise_ratio(planar(imagecodecs.jpeg2k_decode(other), shape), array, peak)
                checks.note("HT quality at the size: OpenJPH", name, "" if own >= theirs - 0.1 else f"{own:.2f} dB; OpenJPH {theirs:.2f}")


def check_high_throughput_containers(checks, draw):
    """HT blocks with loss in NITF and TIFF: COMRAT is that of the bytes, and blocks meet the rate."""
    array = sample(draw, "uint8", 8, (3, 120, 130), False)
    source = checks.path("in.tif")
    write_source(source, array)
    for rate, size in ((3, "64"), (6, "128")):
        path = checks.path("out.ntf")
        options = ["--compression", "htj2k", "--rate", str(rate), "--block-size", size]
        problem = checks.convert(source, path, *options)
        if not problem:
            with open(path, "rb") as file:
                nitf = jbpy.Jbp()
                nitf.load(file)
                header, data = nitf["ImageSegments"][0]["subheader"], nitf["ImageSegments"][0]["Data"]
                file.seek(data.get_offset())
                stream = file.read(data.size)
                exact = data.size * 8 / array.size
                wanted = ("CD", f"{round(exact * 100):04}")
                got = (header["IC"].value, header["COMRAT"].value)
            problem = f"{got}, not {wanted}" if got != wanted else "" if 0.98 * rate <= exact * 3 <= rate else f"{exact * 3} bits a pixel"
            jpeg = planar(imagecodecs.jpeg2k_decode(stream), array.shape)
            checks.note("NITF CD with loss: OpenJPEG", size, "" if noise_ratio(jpeg, array, 255) > 30 else "another image")
        checks.note("NITF CD with loss: jbpy", size, problem)
        path = checks.path("out.tif")
        problem = checks.convert(source, path, *options)
        if not problem:
            problem = "" if noise_ratio(planar(by_tifffile(path), array.shape), array, 255) > 30 else "another image"
        checks.note("TIFF of HT with loss: tifffile", size, problem)


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


def check_unlike_bits(checks, draw):
    """Components with bits of their own: opj_decompress writes each as a PGX file, which says them."""
    bits = (12, 9, 16)
    arrays = [sample(draw, "uint16", count, (1, 50, 70), False) for count in bits]
    sources = [checks.path(f"bits{count}.tif") for count in bits]
    for path, array, count in zip(sources, arrays, bits):
        with rasterio.open(path, "w", driver="GTiff", width=70, height=50, count=1, dtype="uint16", nbits=count) as file:
            file.write(array)
    for name, options in (("5/3", ()), ("HT", ("--compression", "htj2k")), ("9/7", ("--compression", "jpeg2000", "--quality", "100"))):
        path, pgx = checks.path("unlike.jp2"), checks.path("unlike.pgx")
        problem = checks.trouble(checks.tool, "merge", *sources, "-o", path, "--overwrite", *options)
        problem = problem or checks.trouble("opj_decompress", "-i", path, "-o", pgx)
        if problem:
            checks.note("unlike bits: OpenJPEG", name, problem)
            continue
        for number, (array, count) in enumerate(zip(arrays, bits)):
            with open(checks.path(f"unlike_{number}.pgx"), "rb") as file:
                words = file.readline().split()
                got = numpy.frombuffer(file.read(), ">u2").reshape(50, 70)
            stored = int(b"".join(words[2:-2]).lstrip(b"+"))
            far = numpy.abs(got.astype(int) - array[0]).max()
            problem = "" if stored == count else f"{stored} bits, not {count}"
            checks.note("unlike bits: OpenJPEG", f"{name} {count}", problem or ("" if far <= (1 if name == "9/7" else 0) else f"off by {far}"))
        if name == "5/3":
            whole = numpy.concatenate(arrays)
            judge(checks, "unlike bits", name, path, whole, [("GDAL", by_gdal)])


def check_regions(checks, draw):
    """Regions of interest: nothing is lost without a rate; at one, the region is far better than the whole, and as good for OpenJPEG as for the tool."""
    place = (slice(None), slice(80, 144), slice(100, 164))
    for bands, dtype, bits in ((1, "uint8", 8), (3, "uint8", 8), (1, "uint16", 11), (1, "uint16", 12)):
        array = sample(draw, dtype, bits, (bands, 300, 400), False)
        source, path, name = checks.path("region.tif"), checks.path("region.jp2"), f"{bands} x {bits}"
        write_source(source, array)
        common = ("--region", "100,80,64,64", "--bits", str(bits))
        for options in ((), ("--layers", "0.5,2"), ("--block-size", "128")):
            problem = checks.convert(source, path, *common, *options)
            if problem:
                checks.note("regions: written", name, problem)
            else:
                judge(checks, "regions", f"{name} {' '.join(options)}", path, array, readers(checks, array.shape, dtype, bits))
        problem = checks.convert(source, path, *common, "--rate", "0.5")
        if not problem:
            found = read(path, imagecodecs.jpeg2k_decode, array.shape)
            peak = (1 << bits) - 1
            inside, whole = noise_ratio(found[place], array[place], peak), noise_ratio(found, array, peak)
            problem = "" if inside > whole + 10 else f"{inside:.1f} dB in the region, {whole:.1f} in all"
        checks.note("regions at a rate: OpenJPEG", name, problem)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    checks = Checks("JPEG 2000 that the tool writes", parser.parse_args().tool)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    draw = numpy.random.default_rng(15444)
    check_lossless(checks, draw)
    check_options(checks, draw)
    check_rates(checks, draw)
    check_high_throughput_rates(checks, draw)
    check_high_throughput_containers(checks, draw)
    check_containers(checks, draw)
    check_place(checks, draw)
    check_unlike_bits(checks, draw)
    check_regions(checks, draw)
    checks.finish()


if __name__ == "__main__":
    main()
