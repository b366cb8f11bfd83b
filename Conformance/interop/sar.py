#!/usr/bin/env python3
"""sar.py TOOL [--corpus DIR]: are SICD and SIDD files what sarpy and sarkit make of them, read and written?

Of every SICD file of the corpus (default: IMAGERY_CORPUS) that sarpy reads: rows, columns and the complex samples, which the tool gives as bands of real and
imaginary parts. Files that sarpy refuses are passed over. Then the same pixels and documents are written as products: their subheaders have to be those that
sarkit writes for the same document, sarkit's consistency checks have to find nothing that they do not find in the original, and the pixels have to come back.

Needs sarpy, sarkit and jbpy. Without them, or without a corpus, nothing is checked and the exit status is 0, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import glob
import logging
import os
import warnings

from common import Checks, packages
with packages():
    import jbpy
    import lxml.etree
    import numpy
    import sarkit.sicd
    import sarkit.sidd
    import tifffile
    from sarpy.io.complex.converter import open_complex
    from sarkit.verification import SicdConsistency, SiddConsistency

# What the caller of sarkit says, and the moment of writing.
CALLERS = {"OSTAID", "FDT", "FTITLE", "DESSHDT"}


def products(corpus):
    """The SICD files of a corpus, as sarpy reads them."""
    for path in sorted(glob.glob(os.path.join(corpus, "nitf", "**", "*sicd*"), recursive=True)):
        try:
            reader = open_complex(path)
            yield os.path.relpath(path, corpus), path, numpy.asarray(reader[:, :])
        except Exception:
            continue


def subheaders(path):
    """Names and values of the fields of all subheaders, and of the file header but for lengths."""
    with open(path, "rb") as file:
        container = jbpy.Jbp()
        container.load(file)
    parts = [segment["subheader"] for segment in list(container["ImageSegments"]) + list(container["DataExtensionSegments"])]
    values = []
    for number, part in enumerate(parts):
        leaves(part, str(number), values)
    return values


def leaves(part, where, values):
    for name, field in part.items():
        if hasattr(field, "items"):
            leaves(field, where, values)
        elif name not in CALLERS:
            values.append((f"{where} {name}", field.encoded_value))


def complaints(checker, path):
    """The checks that fail, by name."""
    with open(path, "rb") as file:
        consistency = checker.from_file(file)
    consistency.check()
    return set(consistency.failures())


def fields_of_sarkit(checks, module, document, pixels):
    """The subheaders that sarkit writes for a document and its pixels; None for a version that it does not know."""
    tree = lxml.etree.ElementTree(lxml.etree.fromstring(document))
    if lxml.etree.QName(tree.getroot()).namespace not in module.VERSION_INFO:
        return None
    security, path = {"clas": "U"}, checks.path("sarkit.nitf")
    text = lambda name: next((node.text or "" for node in tree.iter("{*}" + name)), "")
    if module is sarkit.sicd:
        image = {"isorce": text("CollectorName"), "iid2": "SICD: " + text("CoreName"), "security": security}
        metadata = module.NitfMetadata(xmltree=tree, file_header_part={"ostaid": "x", "security": security}, im_subheader_part=image,
                                       de_subheader_part={"security": security})
    else:
        image = {"iid2": "SIDD: " + text("ProductName"), "security": security}
        metadata = module.NitfMetadata(
            file_header_part={"ostaid": "x", "security": security},
            images=[module.NitfProductImageMetadata(xmltree=tree, im_subheader_part=image, de_subheader_part={"security": security})])
    with open(path, "wb") as file, module.NitfWriter(file, metadata) as writer:
        if module is sarkit.sicd:
            writer.write_image(pixels)
        else:
            writer.write_image(0, pixels)
    return subheaders(path)


def written(checks, corpus):
    """Products from the pixels and documents of the corpus."""
    for path in sorted(glob.glob(os.path.join(corpus, "nitf", "six-library", "*si[cd]d*.nitf"))):
        name, xml = os.path.basename(path), checks.path("document.xml")
        if checks.trouble(checks.tool, "extract", path, "data:0", "-o", xml, "--overwrite"):
            continue
        with open(xml, "rb") as file:
            document = file.read()
        root = lxml.etree.QName(lxml.etree.fromstring(document))
        module, checker = (sarkit.sicd, SicdConsistency) if root.localname == "SICD" else (sarkit.sidd, SiddConsistency)
        bands, target = checks.path("bands.tif"), checks.path("product.nitf")
        problem = checks.convert(path, bands) or checks.convert(bands, target, "--product", xml)
        checks.note("written", name, problem or checks.trouble(checks.tool, "compare", path, target))
        if problem:
            continue
        checks.note("validate", name, checks.trouble(checks.tool, "validate", target))
        if root.namespace in module.VERSION_INFO:
            checks.note("consistency of sarkit", name, ", ".join(sorted(complaints(checker, target) - complaints(checker, path))))
        samples = tifffile.imread(bands)
        if root.localname == "SICD" and samples.dtype == numpy.float32:
            samples = (samples[..., 0] + 1j * samples[..., 1] if samples.shape[-1] == 2 else samples[0] + 1j * samples[1]).astype("complex64")
            # The same from samples of a complex type.
            tifffile.imwrite(checks.path("complex.tif"), samples)
            again = checks.path("again.nitf")
            problem = checks.convert(checks.path("complex.tif"), again, "--product", xml)
            checks.note("written", f"{name}, complex", problem or checks.trouble(checks.tool, "compare", path, again))
        elif root.localname == "SICD":
            samples = samples.view([("real", "i2"), ("imag", "i2")])[..., 0] if samples.shape[-1] == 2 else None
        want = fields_of_sarkit(checks, module, document, samples) if samples is not None else None
        if want is not None:
            got = subheaders(target)
            checks.note("subheaders of sarkit", name, ", ".join(sorted({field for field, _ in set(want) ^ set(got)})))


def derived(checks, corpus):
    """SIDD products of all pixel types, whose pixels sarkit reads."""
    source = os.path.join(corpus, "nitf", "six-library", "sidd_1.0.0.nitf")
    xml, changed, image, target = (checks.path(name) for name in ("sidd.xml", "changed.xml", "image.tif", "sidd.nitf"))
    if not os.path.exists(source) or checks.trouble(checks.tool, "extract", source, "data:0", "-o", xml, "--overwrite"):
        return
    draw = numpy.random.default_rng(3)
    for kind, shape, most in (("MONO8I", (2, 2), 256), ("MONO16I", (2, 2), 65_536), ("RGB24I", (2, 2, 3), 256)):
        with open(xml, encoding="utf-8") as file:
            text = file.read().replace("MONO8I", kind)
        with open(changed, "w", encoding="utf-8") as file:
            file.write(text)
        samples = draw.integers(0, most, shape).astype("uint16" if most > 256 else "uint8")
        tifffile.imwrite(image, samples, photometric="rgb" if len(shape) == 3 else "minisblack")
        problem = checks.convert(image, target, "--product", changed)
        if not problem:
            with open(target, "rb") as file, sarkit.sidd.NitfReader(file) as reader:
                got = reader.read_image(0)
            got = numpy.stack([got[name] for name in "RGB"], axis=-1) if got.dtype.names else got
            problem = "" if numpy.array_equal(got, samples) else "pixels differ"
        checks.note("derived products", kind, problem)
    done = checks.imagery("convert", image, target, "--product", xml, "--overwrite")
    checks.note("derived products", "other pixels than told", "" if done.returncode and "MONO8I" in done.stderr else done.stderr or "written")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    options = parser.parse_args()
    if not options.corpus:
        print("interop: skipped, there is no corpus")
        return
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    checks = Checks("SICD and SIDD", options.tool)
    target = checks.path("image.npy")
    for name, path, want in products(options.corpus):
        problem = checks.convert(path, target)
        if not problem:
            bands = numpy.load(target)
            samples = bands[0].astype(numpy.float32) + 1j * bands[1].astype(numpy.float32)
            if samples.shape != want.shape:
                problem = f"shape {samples.shape}, expected {want.shape}"
            elif not numpy.array_equal(samples, want, equal_nan=True):
                problem = "samples differ"
        checks.note("complex samples", name, problem)
    written(checks, options.corpus)
    derived(checks, options.corpus)
    checks.finish()


if __name__ == "__main__":
    main()
