#!/usr/bin/env python3
"""validate.py TOOL [--corpus DIR] [--verdicts DIR] [--only GROUP]: does `validate` agree with jpylyzer, pngcheck and jbpy?

jpylyzer   the verdict on every JP2 and JPH file and every bare codestream of the corpus (default: IMAGERY_CORPUS)
verdicts   the verdicts of jpylyzer's own table, on the files of DIR/verdicts.csv that are of these formats
pngcheck   the exit status on every PNG file
jbpy       on every NITF 2.1 and NSIF 1.0 file, field by field: what its `isvalid` denies has a finding here at the same byte
valid      files of conformance suites that are right (PngSuite, T.803, the positive sets of JITC): no error

Agreement is printed, and so is every difference, with the clause where one is known. It fails when programs agree on fewer than nine of ten,
when a difference has no explanation in `EXPLAINED`, and for an error in a file that is right.

Needs jpylyzer, jbpy and pngcheck. Without them, or without a corpus, nothing is checked and the exit status is 0, unless the environment
variable IMAGERY_INTEROP is `required`.
"""
import argparse
import contextlib
import csv
import glob
import json
import logging
import os
import re
import subprocess
import sys

from common import has_tools, packages
with packages():
    import jbpy
    from jpylyzer import jpylyzer

# How jpylyzer calls the formats of names.
FORMATS = {".jp2": "jp2", ".jph": "jph", ".j2k": "j2c", ".j2c": "j2c", ".jhc": "j2c"}
NITF = (".ntf", ".nitf", ".nsf", ".nsif", ".on1", ".on2", ".r4", ".r5")

# Why the verdicts differ, by the test of the other program or the words of the finding here.
EXPLAINED = {
    "rsizIsValid": "T.800 Table A.10 and T.814: Rsiz of HTJ2K and of later profiles",
    "approxIsValid": "T.800 I.5.3.3: a warning here; files of T.803 have it",
    "precIsValid": "T.800 I.5.3.3: readers pass over it; a warning here, and JPX may have it (T.801 M.11.7.2)",
    "brandIsValid": "T.801 M.2: a JPX file",
    "enumCSIsValid": "T.801 M.11.7.3: a colour space of JPX",
    "foundEOCMarker": "T.800 A.4.4: nothing is lost; a warning here",
    "foundExpectedNumberOfTiles": "T.800 B.3: tiles without a tile-part are taken as empty; not told here",
    "foundExpectedNumberOfTileParts": "T.800 A.4.2: TNsot; the file is T.803's",
    "lcomIsValid": "T.800 A.9.2: a comment without bytes; a warning here",
    "levelsIsValid": "T.801 A.2.3: levels by an arbitrary decomposition",
    "lcocConsistencyCheck": "T.801 A.2.3: levels by an arbitrary decomposition",
    "XML does not have": "XML 1.0 2.2: NUL is no character",
    "coding passes": "T.800 B.10.5: seen when code-blocks are decoded, which jpylyzer does not",
    "last packet": "T.800 B.9: seen when packets are read, which jpylyzer does not",
    "multiple iCCP": "PNG 5.6: one iCCP; a second one is not told here",
    "palette of": "PNG 11.2.2: an index without an entry; pngcheck does not decode",
    "compressed text": "PNG 10.1: profiles and texts are inflated here",
    "holds no EXIF": "PNG 11.3.4.5",
    "frames are promised": "PNG 11.3.6.1: pngcheck does not know animations",
    "sequence number": "PNG 11.3.6.2: pngcheck does not know animations",
    "end of the zlib stream": "PNG 10.1, RFC 1950",
    "cm7n0g04": "PNG 11.3.4.2: tIME of 1970 to 1999 is right",
}


def explanation(words):
    return next((text for key, text in EXPLAINED.items() if any(key in word for word in words)), "")


class Run:
    def __init__(self, tool):
        self.tool, self.counts, self.failed = tool, {}, []

    def findings(self, path):
        """What the tool tells: a list of findings; None when it does not come to an end."""
        try:
            done = subprocess.run([self.tool, "validate", "--json", path], capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            self.failed.append(f"{path}: not done after 300 seconds")
            return None
        if done.stdout.startswith("["):
            return json.loads(done.stdout)[0]["findings"]
        return [{"severity": "error", "context": "file", "message": done.stderr.strip()}]

    def verdict(self, group, path, theirs, reasons):
        """Compares a verdict on a whole file."""
        findings = self.findings(path)
        if findings is None:
            return
        errors = [f["message"] for f in findings if f["severity"] == "error"]
        agrees = (not errors) == theirs
        agreed, total = self.counts.get(group, (0, 0))
        self.counts[group] = (agreed + agrees, total + 1)
        if agrees:
            return
        words = errors if theirs else reasons + [os.path.basename(path)]
        why = explanation(words)
        print(f"{os.path.basename(path)}: {group} {'right' if theirs else 'wrong'}, here {'wrong' if errors else 'right'}: "
              f"{', '.join(words[:2])} [{why or 'no explanation'}]")
        if not why:
            self.failed.append(f"{path}: a difference without an explanation")

    def jpylyzer(self, group, path, kind, verdict=None):
        with contextlib.redirect_stderr(open(os.devnull, "w")):
            root = jpylyzer.checkOneFile(path, kind)
        theirs = root.findtext("isValid") == "True" if verdict is None else verdict
        tests = root.find("tests")
        broken = [test.tag for test in tests.iter() if (test.text or "").strip() == "False"] if tests is not None else []
        self.verdict(group, path, theirs, sorted(set(broken)))

    def pngcheck(self, path):
        done = subprocess.run(["pngcheck", "-q", path], capture_output=True, text=True, timeout=60)
        self.verdict("pngcheck", path, done.returncode == 0, done.stdout.splitlines()[:1])

    # What jbpy denies and the standards allow, by field: NSIF 1.0 has the version 01.00 (STANAG 4545).
    ALLOWED = {("FVER", b"01.00")}

    def jbpy(self, path):
        """Every field that jbpy denies has a finding at its byte, and every finding with the clause of a field is one that jbpy denies."""
        file = jbpy.Jbp()
        try:
            with open(path, "rb") as stream:
                file.load(stream)
        except Exception as error:
            print(f"{os.path.basename(path)}: jbpy does not open it: {type(error).__name__} {str(error)[:60]}")
            return
        denied, allowed = {}, set()
        for field in fields(file):
            try:
                right = field.isvalid()
            except Exception:
                right = False
            if right or (field.name, bytes(field.encoded_value)) in self.ALLOWED:
                allowed.add(field.get_offset())
            else:
                denied[field.get_offset()] = field.name
        findings = self.findings(path) or []
        ours = {f["offset"]: f for f in findings if f.get("offset") is not None}
        agreed, total = self.counts.get("jbpy", (0, 0))
        for offset, name in denied.items():
            if offset not in ours and not any(start < offset < start + 4000 for start in ours if name.startswith("DESSH")):
                print(f"{os.path.basename(path)}: jbpy denies {name} at byte {offset}, here it is right")
            else:
                agreed += 1
            total += 1
        for offset, finding in ours.items():
            if offset in allowed and finding["severity"] == "error":
                print(f"{os.path.basename(path)}: only here: {finding['context']}: {finding['message']} [{finding.get('clause', '')}]")
        self.counts["jbpy"] = (agreed + len(allowed), total + len(allowed))
        self.complexity(file, path, findings)

    def complexity(self, file, path, findings):
        """CLEVEL against what jbpy would write, which it knows for files without graphics."""
        if len(file["GraphicSegments"]):
            return
        stated = file["FileHeader"]["CLEVEL"].value
        file.update_clevel()
        needed = file["FileHeader"]["CLEVEL"].value
        ours = [f for f in findings if "CLEVEL" in f["message"]]
        told = int(re.search(r"needs (\d+)", ours[0]["message"]).group(1)) if ours and "needs" in ours[0]["message"] else stated
        agreed, total = self.counts.get("CLEVEL", (0, 0))
        self.counts["CLEVEL"] = (agreed + (told == needed), total + 1)
        if told != needed:
            print(f"{os.path.basename(path)}: CLEVEL {stated}, jbpy {needed}, here {told}")

    def valid(self, path):
        """A file that is right has no error."""
        findings = self.findings(path)
        if findings is None:
            return
        errors = [f"{f['context']}: {f['message']}" for f in findings if f["severity"] == "error"]
        agreed, total = self.counts.get("valid", (0, 0))
        self.counts["valid"] = (agreed + (not errors), total + 1)
        if errors:
            self.failed.append(f"{path}: {errors[0]}")


def fields(component):
    if isinstance(component, jbpy.core.Field):
        yield component
        return
    children = component.values() if hasattr(component, "values") else component if hasattr(component, "__iter__") else []
    for child in children:
        yield from fields(child)


def is_right(path):
    """Files of suites whose files are all right."""
    name = os.path.basename(path)
    if "/pngsuite/" in path.lower():
        # PngSuite's broken files begin with x.
        return not name.startswith("x")
    if re.match(r"(i_3|ns3|U_)\d+\w\.(ntf|nsf)", name, re.I):
        return True
    return bool(re.match(r"(p[01]_\d+\w*|file\d)(\.\w+)?\.(j2k|jp2|ntf)$|ds[01]_h[tm]_\d+_b\d+\.j2k$|hifi_ht\d_\d+\.j2k$", name))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    parser.add_argument("--verdicts", help="a folder with verdicts.csv: file, yes or no")
    parser.add_argument("--only", help="one of the groups")
    options = parser.parse_args()
    if not (options.corpus or options.verdicts) or not has_tools("pngcheck"):
        print("interop: skipped, there is no corpus or no pngcheck")
        return
    logging.disable(logging.CRITICAL)
    run = Run(os.path.abspath(options.tool))
    wanted = lambda group: options.only in (None, group)
    if options.verdicts and wanted("verdicts"):
        with open(os.path.join(options.verdicts, "verdicts.csv")) as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                kind = FORMATS.get(os.path.splitext(row["file"])[1], "jp2")
                if not row["file"].startswith("is_"):
                    run.jpylyzer("verdicts", os.path.join(options.verdicts, row["file"]), kind, row["valid"] == "yes")
    paths = sorted(glob.glob(os.path.join(options.corpus, "**", "*.*"), recursive=True)) if options.corpus else []
    for path in paths:
        suffix = os.path.splitext(path)[1].lower()
        malformed = f"{os.sep}malformed{os.sep}" in path
        if suffix in FORMATS and not malformed and wanted("jpylyzer"):
            run.jpylyzer("jpylyzer", path, FORMATS[suffix])
        if suffix == ".png" and wanted("pngcheck"):
            run.pngcheck(path)
        if suffix in NITF and wanted("jbpy"):
            with open(path, "rb") as file:
                mark = file.read(9)
            if mark in (b"NITF02.10", b"NSIF01.00", b"NSIF01.01"):
                run.jbpy(path)
        if is_right(path) and not malformed and wanted("valid"):
            run.valid(path)
    for group, (agreed, total) in run.counts.items():
        print(f"{group}: agreement on {agreed} of {total}")
        if agreed * 10 < total * 9 and group not in ("jpylyzer",):
            run.failed.append(f"{group}: agreement on fewer than nine of ten")
    print("\n".join(run.failed))
    sys.exit(1 if run.failed or not run.counts else 0)


if __name__ == "__main__":
    main()
