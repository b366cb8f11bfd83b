#!/usr/bin/env python3
"""validate.py TOOL [--corpus DIR]: does `validate` agree with jpylyzer and pngcheck?

Of every JP2 and JPH file and every bare codestream of the corpus (default: IMAGERY_CORPUS) jpylyzer's verdict, of every PNG file pngcheck's
exit status. The agreement is printed, and so are the files on which they differ; it fails when they agree on fewer than nine of ten, or when a
file of a conformance suite (PngSuite) that the other finds right has an error here.

Needs jpylyzer and pngcheck. Without them, or without a corpus, nothing is checked and the exit status is 0, unless the environment variable
IMAGERY_INTEROP is `required`.
"""
import argparse
import glob
import os
import subprocess
import sys

from common import has_tools, packages
with packages():
    from jpylyzer import jpylyzer

# How jpylyzer calls the formats of names.
FORMATS = {".jp2": "jp2", ".jph": "jph", ".j2k": "j2c", ".j2c": "j2c", ".jhc": "j2c"}


def verdicts(corpus):
    """Group, path, and whether the other program finds the file right."""
    for path in sorted(glob.glob(os.path.join(corpus, "jp2", "**", "*"), recursive=True)):
        kind = FORMATS.get(os.path.splitext(path)[1])
        if kind:
            yield "jpylyzer", path, jpylyzer.checkOneFile(path, kind).findtext("isValid") == "True"
    for path in sorted(glob.glob(os.path.join(corpus, "**", "*.png"), recursive=True)):
        done = subprocess.run(["pngcheck", "-q", path], capture_output=True, timeout=60)
        yield "pngcheck", path, done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    options = parser.parse_args()
    if not options.corpus or not has_tools("pngcheck"):
        print("interop: skipped, there is no corpus or no pngcheck")
        return
    counts, failed = {}, []
    for group, path, theirs in verdicts(options.corpus):
        try:
            done = subprocess.run([options.tool, "validate", path], capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            failed.append(f"{path}: not done after 300 seconds")
            continue
        ours = done.returncode == 0
        agreed, total = counts.get(group, (0, 0))
        counts[group] = (agreed + (ours == theirs), total + 1)
        if ours != theirs:
            lines = [line.split(": ", 1)[-1] for line in done.stdout.splitlines()] or [done.stderr.strip()]
            print(f"{os.path.relpath(path, options.corpus)}: {group} {'right' if theirs else 'wrong'}, here {lines[0]}")
            if "pngsuite" in path.lower() and theirs and "malformed" not in path:
                failed.append(f"{path}: {lines[0]}")
    for group, (agreed, total) in counts.items():
        print(f"{group}: agreement on {agreed} of {total}")
        if agreed * 10 < total * 9:
            failed.append(f"{group}: agreement on fewer than nine of ten")
    print("\n".join(failed))
    sys.exit(1 if failed or not counts else 0)


if __name__ == "__main__":
    main()
