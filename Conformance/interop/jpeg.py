#!/usr/bin/env python3
"""jpeg.py TOOL: does libjpeg-turbo read the JPEG files that the tool writes, and are they what it would write itself?

libjpeg-turbo comes twice, in imagecodecs and in Pillow; djpeg is a third where it is installed. Lossy files must decode to the very
samples of libjpeg-turbo's own file of the same settings, and be at most 3% larger. Without the packages of requirements.txt nothing is
checked, unless the environment variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import io
import itertools
import os
import shutil

from common import Checks, packages

with packages():
    import imagecodecs
    import numpy
    import tifffile
    from PIL import Image, ImageCms
    from PIL.TiffImagePlugin import IFDRational

SIZES = [(1, 1), (7, 5), (16, 16), (17, 33), (40, 100), (101, 63)]
SUBSAMPLINGS = {"4:4:4": "444", "4:2:2": "422", "4:2:0": "420", "4:1:1": "411"}
QUALITIES = (1, 30, 75, 97, 100)


def scene(rows, columns, bands, bits=8):
    """Ramps, edges and noise."""
    draw = numpy.random.default_rng(rows * 1000 + columns)
    y, x = numpy.indices((rows, columns))
    top = 2**bits - 1
    picture = numpy.stack([(x * (5 + band) + y * (9 - 2 * band)) % 97 / 96 for band in range(bands)], axis=2)
    picture[rows // 3 :, columns // 2 :] *= 0.3
    picture = numpy.clip(picture + draw.normal(0, 0.03, picture.shape), 0, 1) * top
    return numpy.ascontiguousarray(picture.round().astype(numpy.uint8 if bits <= 8 else numpy.uint16))


def written(checks, picture, *arguments):
    """The bytes of the tool's file, or what it said."""
    source, target = checks.path("in.tif"), checks.path("out.jpg")
    bands = picture.shape[2]
    options = {"photometric": {3: "rgb", 4: "separated"}.get(bands, "minisblack"), "metadata": None, "software": False}
    if bands > 1:
        options["planarconfig"] = "separate"
    tifffile.imwrite(source, picture[:, :, 0] if bands == 1 else numpy.ascontiguousarray(numpy.moveaxis(picture, 2, 0)), **options)
    if problem := checks.convert(source, target, *arguments):
        return None, problem
    with open(target, "rb") as file:
        return file.read(), ""


def compared(ours, theirs, decode):
    """What is wrong with a lossy file beside libjpeg-turbo's own, or an empty text."""
    try:
        got, want = decode(ours), decode(theirs)
    except Exception as error:
        return f"cannot be decoded: {error}"
    if got.shape != want.shape or not numpy.array_equal(got, want):
        return "the samples are not those of libjpeg-turbo's file"
    if len(ours) > 1.03 * len(theirs) + 40:
        return f"{len(ours)} bytes, libjpeg-turbo needs {len(theirs)}"
    return ""


def note(checks, group, name, picture, arguments, theirs, decode=imagecodecs.jpeg8_decode):
    ours, problem = written(checks, picture, *arguments)
    checks.note(group, name, problem or compared(ours, theirs, decode))


def by_pillow(picture, **options):
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    return file.getvalue()


def check_color(checks):
    """RGB as YCbCr: each sampling and quality, with typical and with own Huffman codes."""
    for (rows, columns), (subsampling, theirs), quality, optimize in itertools.product(SIZES, SUBSAMPLINGS.items(), QUALITIES, (False, True)):
        picture = scene(rows, columns, 3)
        arguments = ["--quality", str(quality), "--subsampling", subsampling] + ["--optimize"] * optimize
        reference = imagecodecs.jpeg8_encode(picture, level=quality, subsampling=theirs, optimize=optimize)
        note(checks, "JPEG written, RGB", f"{rows}x{columns} {' '.join(arguments)}", picture, arguments, reference)


def check_scans(checks):
    """Progressive frames and restart intervals of one MCU row, in one, three and four bands."""
    for (rows, columns), bands, progressive, restart in itertools.product(SIZES, (1, 3, 4), (False, True), (0, 1)):
        picture = scene(rows, columns, bands)
        arguments = ["--quality", "80"] + ["--progressive"] * progressive + ["--restart-rows", "1"] * restart
        # Pillow inverts what it calls CMYK, as Adobe's files have it; so does the tool.
        image = Image.fromarray(picture, "CMYK") if bands == 4 else Image.fromarray(picture[:, :, 0] if bands == 1 else picture)
        reference = by_pillow(image, quality=80, progressive=progressive, restart_marker_rows=restart)
        decode = (lambda data: imagecodecs.jpeg8_decode(data, outcolorspace="CMYK")) if bands == 4 else imagecodecs.jpeg8_decode
        note(checks, "JPEG written, scans and restarts", f"{rows}x{columns}x{bands} {' '.join(arguments)}", picture, arguments, reference, decode)


def check_twelve_bits(checks):
    for (rows, columns), subsampling, quality in itertools.product(SIZES, ("4:4:4", "4:2:0"), QUALITIES):
        picture = scene(rows, columns, 3, bits=12)
        arguments = ["--quality", str(quality), "--subsampling", subsampling]
        reference = imagecodecs.jpeg_encode(picture, level=quality, bitspersample=12, subsampling=SUBSAMPLINGS[subsampling])
        note(checks, "JPEG written, 12 bits", f"{rows}x{columns} {' '.join(arguments)}", picture, arguments, reference, imagecodecs.jpeg_decode)


def check_lossless(checks):
    """Every predictor, some precisions: libjpeg-turbo gives the samples back."""
    for (rows, columns), predictor, bits, bands in itertools.product(((1, 1), (17, 33), (40, 100)), range(1, 8), (2, 8, 11, 16), (1, 3)):
        picture = scene(rows, columns, bands, bits)
        for restart in ([], ["--restart-rows", "3"]):
            arguments = ["--compression", "jpeg-lossless", "--lossless-predictor", str(predictor), "--bits", str(bits), *restart]
            ours, problem = written(checks, picture, *arguments)
            if not problem:
                got = imagecodecs.jpeg_decode(ours)
                problem = "" if numpy.array_equal(got.reshape(picture.shape), picture) else "the samples differ"
            checks.note("JPEG written, lossless", f"{rows}x{columns}x{bands} {' '.join(arguments)}", problem)


def check_noise(checks):
    """How far lossy files are from the picture: nowhere further than libjpeg-turbo's."""
    picture = scene(301, 259, 3)
    for quality in (50, 75, 90, 100):
        ours, problem = written(checks, picture, "--quality", str(quality))
        if not problem:
            theirs = imagecodecs.jpeg8_encode(picture, level=quality, subsampling="420")
            noises = []
            for data in (ours, theirs):
                with Image.open(io.BytesIO(data)) as image:
                    error = numpy.asarray(image).astype(float) - picture
                noises.append(10 * numpy.log10(255**2 / (error**2).mean()))
            problem = "" if noises[0] > noises[1] - 0.05 else f"{noises[0]:.2f} dB, libjpeg-turbo {noises[1]:.2f} dB"
        checks.note("JPEG written, PSNR in Pillow", f"quality {quality}", problem)


def check_metadata(checks):
    """A file of Pillow's with everything it can hold, written again: Pillow finds it there."""
    source, target = checks.path("in.jpg"), checks.path("out.jpg")
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "a picture", 6
    exif.get_ifd(0x8769).update({0x9003: "2024:01:02 03:04:05", 0x829A: IFDRational(1, 125)})
    # A profile that takes two segments: its first field is its size.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().ljust(76_800, b"\0"))
    profile[:4] = len(profile).to_bytes(4, "big")
    profile, comment = bytes(profile), b"plain words"
    Image.fromarray(scene(33, 47, 3)).save(source, "JPEG", exif=exif, icc_profile=profile, comment=comment, dpi=(300, 301), xmp=b"<x:xmpmeta/>")
    if problem := checks.convert(source, target):
        checks.note("JPEG metadata written again", "all", problem)
        return
    with Image.open(target) as image:
        image.load()
        found = image.getexif()
        facts = {
            "comment": image.info.get("comment") == comment, "profile": image.info.get("icc_profile") == profile, "dpi": image.info.get("dpi") == (300, 301),
            "XMP": image.info.get("xmp") == b"<x:xmpmeta/>", "description": found.get(0x010E) == "a picture", "orientation": found.get(0x0112) == 6,
            "date": found.get_ifd(0x8769).get(0x9003) == "2024:01:02 03:04:05", "exposure": found.get_ifd(0x8769).get(0x829A) == 1 / 125,
        }
    for name, holds in facts.items():
        checks.note("JPEG metadata written again", name, "" if holds else "is not there or differs")


def check_djpeg(checks):
    """djpeg of the system, where it is."""
    if not shutil.which("djpeg"):
        return
    picture = scene(61, 87, 3)
    for arguments in ([], ["--progressive"], ["--restart-rows", "2"], ["--optimize", "--subsampling", "4:1:1"]):
        ours, problem = written(checks, picture, *arguments)
        if not problem:
            done = checks.run("djpeg", "-pnm", input=ours, text=False)
            with Image.open(io.BytesIO(done.stdout)) as image:
                got = numpy.asarray(image)
            problem = done.stderr.decode() or ("" if numpy.array_equal(got, imagecodecs.jpeg8_decode(ours)) else "the samples differ")
        checks.note("JPEG written, read by djpeg", " ".join(arguments) or "defaults", problem)


def check_refusing(checks):
    """What JPEG does not have: a typed refusal and no file."""
    cases = [
        ("float samples", numpy.zeros((9, 8, 1), numpy.float32), [], 3), ("five bands", numpy.zeros((9, 8, 5), numpy.uint8), [], 2),
        ("13 bits with a DCT", numpy.full((9, 8, 1), 5000, numpy.uint16), [], 2),
        ("chrominance of gray", scene(9, 8, 1), ["--subsampling", "4:2:0"], 2), ("LZW", scene(9, 8, 1), ["--compression", "lzw"], 2),
        ("predictor 8", scene(9, 8, 1), ["--compression", "jpeg-lossless", "--lossless-predictor", "8"], 2),
    ]
    for name, picture, arguments, status in cases:
        target = checks.path("out.jpg")
        if os.path.exists(target):
            os.unlink(target)
        ours, message = written(checks, picture, *arguments)
        problem = "" if message.startswith(f"exit {status}:") and not os.path.exists(target) else f"{message or 'written'}, file left: {os.path.exists(target)}"
        checks.note("JPEG refused", name, problem)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    checks = Checks("JPEG written", parser.parse_args().tool)
    for check in (check_color, check_scans, check_twelve_bits, check_lossless, check_noise, check_metadata, check_djpeg, check_refusing):
        check(checks)
    checks.finish()


if __name__ == "__main__":
    main()
