#!/usr/bin/env python3
"""sar.py TOOL [--corpus DIR]: are SICD images what sarpy makes of them?

Of every SICD file of the corpus (default: IMAGERY_CORPUS) that sarpy reads: rows, columns and the complex samples, which the tool gives as
bands of real and imaginary parts. Files that sarpy refuses are passed over.

Needs sarpy. Without it, or without a corpus, nothing is checked and the exit status is 0, unless the environment variable IMAGERY_INTEROP is
`required`. The last line counts the checks.
"""
import argparse
import glob
import logging
import os

from common import Checks, packages
with packages():
    import numpy
    from sarpy.io.complex.converter import open_complex


def products(corpus):
    """The SICD files of a corpus, as sarpy reads them."""
    logging.disable(logging.CRITICAL)
    for path in sorted(glob.glob(os.path.join(corpus, "nitf", "**", "*sicd*"), recursive=True)):
        try:
            reader = open_complex(path)
            yield os.path.relpath(path, corpus), path, numpy.asarray(reader[:, :])
        except Exception:
            continue


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    options = parser.parse_args()
    if not options.corpus:
        print("interop: skipped, there is no corpus")
        return
    checks = Checks("SICD", options.tool)
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
    checks.finish()


if __name__ == "__main__":
    main()
