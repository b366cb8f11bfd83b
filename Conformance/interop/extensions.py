#!/usr/bin/env python3
"""extensions.py TOOL [--corpus DIR]: are the fields of extensions those that GDAL and jbpy read, and do those read what the tool writes?

1. Of every NITF file of the corpus (default: IMAGERY_CORPUS) the fields of every extension that GDAL knows (metadata domain xml:TRE), in
   their order, are among those of `imagery info`, and those that jbpy knows are, too, also in the subheaders of data extensions.
2. An extension of every layout of `imagery describe`, written field by field with `imagery edit`, is read by GDAL, and by jbpy where it
   knows the tag, with the same values.
3. `imagery edit` leaves the pixels of every image of the corpus as they are, and GDAL and jbpy read the changed fields. What cannot be said
   is refused with one line, and nothing is written.
"""
import argparse
import base64
import glob
import json
import os
import re
import sys
import warnings
import xml.etree.ElementTree as ElementTree

from common import Checks, packages, write_source

with packages():
    import jbpy
    import numpy
    import rasterio

warnings.filterwarnings("ignore")
# Headers only: pixels may be compressed in ways that GDAL's decoders refuse.
os.environ["NITF_OPEN_UNDERLYING_DS"] = "NO"

# Extensions that this script does not make: RPFHDR and RPFIMG tell places in the file, which `edit` does not move; the bands of ILLUMB are
# counted by a field of another level; RSMDCB has two lists of one count, of which `--set` lengthens one after the other.
NOT_MADE = {"RPFHDR", "RPFIMG", "ILLUMB", "RSMDCB"}

# Changes that `edit` refuses: what the line has to name, then --set.
REFUSED = [
    ("a field that cannot fit", "FTITLE", "FTITLE=" + 81 * "x"), ("a name that is unknown", "NOSUCH", "NOSUCH=1"),
    ("characters that a number lacks", "FSCOP", "FSCOP=1a"), ("characters that a text lacks", "FTITLE", "FTITLE=\u20ac"),
    ("an extension's field that cannot fit", "N_GRAY", "image:0/BLOCKA.N_GRAY=123456"),
    ("an extension's field that is unknown", "N_GREY", "image:0/BLOCKA.N_GREY=1"),
]


def flat(value, name=None):
    """(name, text) of every field of a value of the tool's JSON, in order."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and "name" in item:
                yield from flat(item["value"], item["name"])
            else:
                yield from flat(item, name)
    elif isinstance(value, dict):
        yield name, base64.b64decode(value["base64"]).decode("latin-1")
    else:
        yield name, value if isinstance(value, str) else repr(value)


def trees(path):
    """(tag, [(name, text)]) of every extension of the first image and the file, as GDAL reads them."""
    with rasterio.open(path) as dataset:
        text = dataset.tags(ns="xml:TRE").get("xml:TRE")
    if not text:
        return []
    found = []
    for tree in ElementTree.fromstring(text).iter("tre"):
        found.append((tree.get("name"), [(field.get("name"), field.get("value") or "") for field in tree.iter("field")]))
    return found


def same(ours, theirs):
    """Whether two texts say the same: numbers may have been binary."""
    ours, theirs = ours.strip(" \0"), theirs.strip(" \0")
    if ours == theirs:
        return True
    try:
        return abs(float(ours) - float(theirs)) <= 1e-6 * abs(float(theirs))
    except ValueError:
        return ours.encode("utf-8", "replace") == theirs.encode("latin-1", "replace")


def missing(ours, theirs):
    """The first field of GDAL's that is not in its place among ours; None when all are. Names differ, values and their order do not."""
    place = 0
    for name, value in theirs:
        start = place
        while place < len(ours) and not (same(ours[place][1], value) and (ours[place][0] == name or name.startswith("RESERVED") or name not in dict(ours))):
            place += 1
        if place == len(ours):
            return f"{name} is '{value}', ours behind field {start} of {len(ours)}: {ours[start:start + 3]}"
        place += 1
    return None


def extensions(entries):
    """(tag, value) of the extensions among the entries of a header: what is no text, and no group of the header."""
    groups = {"IMAGES", "GRAPHICS", "SYMBOLS", "LABELS", "TEXTS", "DES", "RES", "BAND_INFO", "ICOM", "LUTD", "DLUT"}
    return [(entry["name"], entry["value"]) for entry in entries if isinstance(entry["value"], (list, dict)) and entry["name"] not in groups]


def read_checks(checks, path, name):
    done = checks.imagery("info", "--json", path)
    if done.returncode:
        return
    info = json.loads(done.stdout)
    ours = extensions(info["metadata"])
    for asset in info["assets"]:
        ours += extensions(asset["metadata"])
    try:
        theirs = trees(path)
    except rasterio.errors.RasterioIOError:
        theirs = []
    for tag, fields in theirs:
        candidates = [list(flat(value)) for our, value in ours if our == tag]
        troubles = [missing(candidate, fields) for candidate in candidates]
        checks.note("extensions as GDAL reads them", f"{name} {tag}", "" if None in troubles else str(troubles[:1]) or "not there")
    with open(path, "rb") as file:
        for tag, fields in jbpy_extensions(file):
            candidates = [list(flat(value)) for our, value in ours if our == tag]
            troubles = [missing(candidate, fields) for candidate in candidates]
            checks.note("extensions as jbpy reads them", f"{name} {tag}", "" if None in troubles else str(troubles[:1]))
        data = {asset["key"]: list(flat(asset["metadata"])) for asset in info["assets"]}
        for number, identifier, fields in jbpy_data_extensions(file):
            trouble = missing(data.get(f"data:{number}", []), fields)
            checks.note("data extensions as jbpy reads them", f"{name} {number} {identifier}", trouble or "")


def jbpy_extensions(file):
    """(tag, [(name, text)]) of the extensions whose fields jbpy knows."""
    try:
        loaded = jbpy.Jbp().load(file)
    except Exception:
        return []
    headers = [(loaded["FileHeader"], ("UDHD", "XHD"))]
    headers += [(segment["subheader"], ("UDID", "IXSHD")) for segment in loaded["ImageSegments"]]
    found = []
    for header, areas in headers:
        for area in areas:
            if area not in header:
                continue
            for tre in header[area]:
                tag = tre[tre.tretag_rename].encoded_value.decode("latin-1").rstrip()
                if tag not in jbpy.available_tres():
                    continue
                fields = []
                for part in list(tre.values())[2:]:
                    file.seek(part.get_offset())
                    fields.append((part.name, file.read(part.get_size()).decode("latin-1")))
                found.append((tag, fields))
    return found


def jbpy_data_extensions(file):
    """(number, DESID, [(name, text)]) of the data extensions whose user-defined subheader jbpy knows."""
    file.seek(0)
    try:
        segments = jbpy.Jbp().load(file)["DataExtensionSegments"]
    except Exception:
        return []
    found = []
    for number, segment in enumerate(segments):
        header = segment["subheader"]
        # The user-defined fields stand behind their length.
        names = list(header)
        texts = []
        for part in (header[name] for name in names[names.index("DESSHL") + 1:]):
            file.seek(part.get_offset())
            texts.append((part.name, file.read(part.get_size()).decode("latin-1")))
        if texts:
            found.append((number, header["DESID"].value.strip(), texts))
    return found


def value_for(field, seed):
    """A value that a field of the layout can have."""
    width = int(field["width"])
    low, high = field.get("low", ""), field.get("high", "")
    content = field["content"]
    if content in ("unsigned", "signed"):
        return str(seed % 100 + 1)
    if content == "IEEE 754":
        return "0.5"
    if content in ("BCS-N", "BCS-N positive integer") or "number" in field:
        bounds = []
        for bound in (low, high):
            try:
                bounds.append(float(bound))
            except ValueError:
                bounds.append(None)
        number = (seed % 9 + 1) if width > 0 else 0
        if bounds[0] is not None and number < bounds[0] or bounds[1] is not None and number > bounds[1]:
            number = bounds[0] if bounds[0] is not None else bounds[1]
        text = str(int(number)) if number == int(number) else str(number)
        return text[:width]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(letters[(seed + place) % 26] for place in range(min(width, 12)))


def instances(layout):
    """PATH=VALUE of the fields that are there without a condition; groups have two entries."""
    settings, stack = [], []
    counts = {field["count"] for field in layout["fields"] if field["form"] == "group"}
    counts |= {field["width"] for field in layout["fields"] if field["form"] == "field"}
    names = " ".join(sorted(counts)) + " ".join(field.get("condition", "") for field in layout["fields"])
    used = set(re.findall(r"[A-Za-z_]\w*", names))
    for seed, field in enumerate(layout["fields"]):
        del stack[field["depth"]:]
        if field["form"] != "field":
            stack.append((field, field["form"] == "group" and "condition" not in field))
            continue
        if "condition" in field or field["name"] in used or not field["width"].isdecimal() or int(field["width"]) == 0:
            continue
        if any(not usable for _, usable in stack) or len(stack) > 1:
            continue
        if not stack:
            settings.append((field["name"], value_for(field, seed)))
            continue
        group = stack[0][0]
        if not re.fullmatch(r"\d+|[A-Za-z_]\w*", group["count"]):
            continue
        inner = [other for other in layout["fields"] if other is not group]
        alone = is_alone(layout["fields"], group)
        for number in range(int(group["count"]) if group["count"].isdecimal() else 2):
            path = f"{group['name']}[{number}]" + ("" if alone else f".{field['name']}")
            settings.append((path, value_for(field, seed + number)))
    return settings


def is_alone(fields, group):
    """Whether a group has one field, whose values then stand in it without a name."""
    place = fields.index(group)
    return len([field for field in fields[place + 1:] if field["depth"] > group["depth"]][:2]) == 1 or (
        place + 2 < len(fields) and fields[place + 2]["depth"] <= group["depth"])


def write_checks(checks):
    source, base = checks.path("base.tif"), checks.path("base.ntf")
    write_source(source, numpy.arange(64, dtype="uint8").reshape(1, 8, 8))
    trouble = checks.convert(source, base, "--compression", "none")
    if trouble:
        checks.note("a file to write into", "base.ntf", trouble)
        return
    layouts = json.loads(checks.imagery("describe", "--json").stdout)
    for layout in layouts:
        tag = layout["tag"]
        if len(tag) > 6 or tag in NOT_MADE or tag in ("CSATTA", "CSATTB", "CSCSDB", "CSEPHB", "CSSFAB", "CSSHPA", "CSSHPB", "LIDARA", "MRGXMA"):
            continue
        settings = instances(layout)
        target = checks.path("made.ntf")
        arguments = [argument for name, value in settings for argument in ("--set", f"image:0/{tag}.{name}={value}")]
        done = checks.imagery("edit", base, "-o", target, "--overwrite", *arguments)
        if done.returncode:
            checks.note("extensions written from values", tag, done.stderr.strip()[:200])
            continue
        info = json.loads(checks.imagery("info", "--json", target).stdout)
        ours = [list(flat(value)) for our, value in extensions(info["assets"][0]["metadata"]) if our == tag]
        written = [(re.sub(r"\[\d+\]", "", name).split(".")[-1], value) for name, value in settings]
        lost = [pair for pair in written if not any(pair[0] == name and matches(value, pair[1]) for name, value in (ours or [[]])[0])]
        checks.note("extensions written from values", tag, f"not found again: {lost[:3]}" if lost else "")
        theirs = dict(trees(target)).get(tag)
        if theirs is None:
            checks.table["tags that GDAL does not know"]["passed"] += 1
        else:
            checks.note("written extensions as GDAL reads them", tag, missing(ours[0], theirs) or "")
        with open(target, "rb") as file:
            for known, fields in jbpy_extensions(file):
                if known == tag:
                    checks.note("written extensions as jbpy reads them", tag, missing(ours[0], fields) or "")


def matches(stored, given):
    """Whether a stored text is the given one, padded."""
    if same(stored, given) or stored.strip() == given:
        return True
    try:
        return float(stored) == float(given)
    except ValueError:
        return False


def refusals(checks, path, name, has_image):
    """Each refused change of a file that others can be made in."""
    target = checks.path("refused.ntf")
    for group, field, setting in REFUSED:
        if setting.startswith("image:") and not has_image:
            continue
        done = checks.imagery("edit", path, "-o", target, "--overwrite", "--set", setting)
        lines = done.stderr.strip().splitlines()
        trouble = ""
        if done.returncode == 0 or os.path.exists(target):
            trouble = "it is written"
            if os.path.exists(target):
                os.remove(target)
        elif len(lines) != 1 or field not in lines[0]:
            trouble = done.stderr.strip()[:200]
        checks.note(f"refused: {group}", name, trouble)


def edit_checks(checks, path, name):
    done = checks.imagery("info", "--json", path)
    if done.returncode:
        return
    info = json.loads(done.stdout)
    images = [asset["key"] for asset in info["assets"] if asset["type"] == "image"]
    names = {entry["name"] for entry in info["metadata"]}
    target = checks.path("edited.ntf")
    arguments = ["--set", "FTITLE=Edited", "--set", "OSTAID=STATION"]
    for key in images[:1]:
        arguments += ["--set", f"{key}/ICAT=MS", "--set", f"{key}/AIMIDB.MISSION_NO=ABCD", "--set", f"{key}/ICOM[0]=A comment"]
    done = checks.imagery("edit", path, "-o", target, "--overwrite", *arguments)
    if done.returncode:
        # Files whose lengths are wrong, and RPF frames, are refused.
        known = "lengths are wrong" in done.stderr or "places in the file" in done.stderr or "at the end of its file" in done.stderr
        checks.note("files that are refused", name, "" if known else done.stderr.strip()[:200])
        return
    with open(target, "rb") as file:
        after = file.read()
    refusals(checks, path, name, has_image="image:0" in images)
    edited = json.loads(checks.imagery("info", "--json", target).stdout)
    trouble = "" if len(edited["assets"]) == len(info["assets"]) else "assets differ"
    fields = {entry["name"]: entry["value"] for entry in edited["metadata"]}
    if int(fields["FL"]) != len(after):
        trouble = trouble or f"FL is {fields['FL']} of {len(after)}"
    checks.note("edited files", name, trouble)
    for key in images:
        pictures = [checks.path(f"{number}.npy") for number in (0, 1)]
        states = [checks.imagery("convert", file, picture, "--asset", key, "--overwrite").returncode
                  for file, picture in zip((path, target), pictures)]
        if states[0] == 0:
            with open(pictures[0], "rb") as one, open(pictures[1] if states[1] == 0 else os.devnull, "rb") as other:
                checks.note("pixels of edited files", f"{name} {key}", "" if one.read() == other.read() else "they differ")
    if "FBKGC" in names:
        try:
            with open(target, "rb") as file:
                loaded = jbpy.Jbp().load(file)
                title = loaded["FileHeader"]["FTITLE"].value
            checks.note("edited files as jbpy reads them", name, "" if title.strip() == "Edited" else f"FTITLE is {title}")
        except Exception as error:
            with open(path, "rb") as file:
                try:
                    jbpy.Jbp().load(file)
                    checks.note("edited files as jbpy reads them", name, f"{type(error).__name__}: {error}")
                except Exception:
                    pass
    try:
        with rasterio.open(path):
            pass
    except rasterio.errors.RasterioIOError:
        return
    try:
        with rasterio.open(target) as dataset:
            tags = dataset.tags()
            found = dict(trees(target)).get("AIMIDB", []) if images else [("MISSION_NO", "ABCD")]
        said = tags.get("NITF_FTITLE") == "Edited" and tags.get("NITF_OSTAID", "").strip() == "STATION"
        known = ("MISSION_NO", "ABCD") in found or len(images) > 1
        checks.note("edited files as GDAL reads them", name, "" if said and known else f"{tags.get('NITF_FTITLE')} {found[:1]}")
    except rasterio.errors.RasterioIOError as error:
        checks.note("edited files as GDAL reads them", name, str(error)[:100])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    arguments = parser.parse_args()
    checks = Checks("fields of extensions", arguments.tool)
    write_checks(checks)
    paths = []
    for path in sorted(glob.glob(os.path.join(arguments.corpus or "", "**"), recursive=True)) if arguments.corpus else []:
        if os.path.isfile(path):
            with open(path, "rb") as file:
                if file.read(4) in (b"NITF", b"NSIF"):
                    paths.append(path)
    for path in paths:
        name = os.path.relpath(path, arguments.corpus)
        read_checks(checks, path, name)
        if "malformed" not in name:
            edit_checks(checks, path, name)
    if paths:
        checks.note("at least 30 files are edited", "corpus", "" if checks.table["edited files"]["passed"] >= 30 else "fewer")
    checks.finish()


if __name__ == "__main__":
    sys.exit(main())
