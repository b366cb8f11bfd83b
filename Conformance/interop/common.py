"""What the interop scripts share: packages that may be absent, the table of checks, samples, and readers of other software.

A script begins with

    from common import Checks, packages
    with packages():
        import numpy

gives every check to `Checks.note`, and ends with `Checks.finish`.
"""
import collections
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile


@contextlib.contextmanager
def packages():
    """Imports of requirements.txt inside: without them the script ends, well unless the environment variable IMAGERY_INTEROP is `required`."""
    try:
        yield
    except ImportError as error:
        if os.environ.get("IMAGERY_INTEROP") == "required":
            sys.exit(f"interop: {error}; install Conformance/interop/requirements.txt")
        print(f"interop: skipped, {error}")
        sys.exit(0)


with packages():
    import numpy


def has_tools(*names):
    """Whether these programs are installed; with IMAGERY_INTEROP `required` they have to be."""
    missing = [name for name in names if not shutil.which(name)]
    if missing and os.environ.get("IMAGERY_INTEROP") == "required":
        sys.exit(f"interop: {', '.join(missing)} not found")
    return not missing


class Checks:
    """Runs the tool in a folder of its own, and counts checks by group."""

    def __init__(self, title, tool):
        self.title, self.tool = title, os.path.abspath(tool)
        self.folder = tempfile.mkdtemp(prefix="imagery-interop-")
        self.table, self.failures = collections.defaultdict(collections.Counter), []

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *command, **how):
        """The finished process of a program. The date of files that it writes is fixed."""
        how.setdefault("text", True)
        return subprocess.run(command, capture_output=True, timeout=300, env=dict(os.environ, SOURCE_DATE_EPOCH="1000000000"), **how)

    def imagery(self, *arguments, **how):
        """The finished process of the tool."""
        return self.run(self.tool, *arguments, **how)

    def trouble(self, *command):
        """What a program says last when it fails; an empty text when it does not."""
        done = self.run(*command)
        lines = done.stderr.strip().splitlines()
        return f"exit {done.returncode}: {lines[-1] if lines else ''}" if done.returncode else ""

    def convert(self, source, target, *arguments):
        """What the tool says when it does not convert; an empty text when it does."""
        return self.trouble(self.tool, "convert", source, target, "--overwrite", *arguments)

    def note(self, group, name, problem):
        self.table[group]["failed" if problem else "passed"] += 1
        if problem:
            self.failures.append(f"{group}: {name}: {problem}")

    def finish(self):
        """Prints the table and ends the script."""
        shutil.rmtree(self.folder)
        print(f"{self.title:60}{'passed':>8}{'failed':>8}")
        for group, counts in self.table.items():
            print(f"{group:60}{counts['passed']:8}{counts['failed']:8}")
        for failure in self.failures:
            print(failure)
        passed, failed = (sum(counts[word] for counts in self.table.values()) for word in ("passed", "failed"))
        print(f"{passed} passed, {failed} failed")
        sys.exit(0 if failed == 0 and passed > 0 else 1)


def planar(image):
    """Rows x columns (x bands) as bands x rows x columns."""
    return image[None] if image.ndim == 2 else numpy.moveaxis(image, 2, 0)


def difference(got, want):
    """What is wrong, or an empty text."""
    if got.shape != want.shape:
        return f"shape {got.shape}, expected {want.shape}"
    if got.dtype != want.dtype:
        return f"type {got.dtype}, expected {want.dtype}"
    return "" if numpy.array_equal(got, want, equal_nan=want.dtype.kind in "fc") else "samples differ"


def attempt(read, path, want):
    """What is wrong with what `read` makes of the file."""
    try:
        return difference(read(path), want)
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:120]}"


def noise(draw, dtype, shape):
    """Samples over the whole range of the type."""
    kind = numpy.dtype(dtype)
    if kind.kind in "ui":
        info = numpy.iinfo(kind)
        return draw.integers(info.min, info.max, shape, kind, endpoint=True)
    if kind.kind == "c":
        return (draw.standard_normal(shape) + 1j * draw.standard_normal(shape)).astype(kind)
    return draw.standard_normal(shape).astype(kind)


def waves(draw, dtype, shape):
    """Smooth with some noise, so that predictors have something to do, over the whole range of the type."""
    kind = numpy.dtype(dtype)
    bands, rows, columns = numpy.indices(shape)
    wave = numpy.sin(rows / 9 + bands) + numpy.cos(columns / 7) + draw.standard_normal(shape) / 20
    if kind.kind in "ui":
        info = numpy.iinfo(kind)
        scaled = (wave + 2.5) / 5 * (float(info.max) - float(info.min)) * 0.98 + float(info.min)
        return scaled.astype(kind)
    return (wave + 1j * wave[::-1]).astype(kind) if kind.kind == "c" else wave.astype(kind)


def write_source(path, array, photometric="minisblack", **options):
    """Bands x rows x columns as a TIFF of tifffile's, bands one after the other."""
    import tifffile
    tifffile.imwrite(path, array, photometric=photometric, planarconfig="separate" if array.shape[0] > 1 else None, metadata=None, **options)


def by_tifffile(path, page=0):
    import tifffile
    with tifffile.TiffFile(path) as file:
        image = file.pages[page]
        array = image.asarray()
        array = array.astype("uint8") if array.dtype == bool else array
        if image.samplesperpixel == 1:
            return array.reshape(1, *array.shape[-2:])
        return array if image.planarconfig == 2 else numpy.moveaxis(array, -1, 0)


def by_gdal(path):
    import rasterio
    with rasterio.open(path) as dataset:
        return dataset.read()
