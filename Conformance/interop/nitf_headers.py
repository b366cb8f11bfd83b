#!/usr/bin/env python3
"""nitf_headers.py TOOL [--corpus DIR]: do the headers that the tool reads agree with those that jbpy and GDAL read?

Of every NITF and NSIF file of the corpus (default: IMAGERY_CORPUS) jbpy gives all fields of the file header and of every subheader in
their order, with tags and data of the tagged record extensions; GDAL gives sizes, bands, sample types, its metadata, and the names of
extensions, texts, graphics and data segments. jbpy reads NITF 2.1 and NSIF 1.0 only, so that NITF 2.0 is held against GDAL alone. Prints
each difference; the last line counts the comparisons. Without jbpy and rasterio nothing is checked, unless the environment variable
IMAGERY_INTEROP is `required`.
"""
import argparse
import base64
import collections
import concurrent.futures
import glob
import json
import logging
import os
import re
import subprocess
import sys
import warnings

try:
    import jbpy
    import rasterio
except ImportError as error:
    if os.environ.get("IMAGERY_INTEROP") == "required":
        sys.exit(f"interop: {error}; install Conformance/interop/requirements.txt")
    print(f"interop: skipped, {error}")
    sys.exit(0)

# File, judge, how the difference begins, and why it is not the tool's. A line whose difference no longer occurs is a failure.
ODD_SUBHEADERS = "osml-imagery-io/nitf21-multisegment-2img-1txt-1des.ntf"
BLANK_OVERFLOW = "its DES subheader has blank DESOFLW and DESITEM, which only TRE_OVERFLOW has; GDAL then takes the data for extensions"
FOUR_BITS = "PVTYPE SI with NBPP 4 (the standard wants 8, 12, 16, 32 or 64): GDAL has the type of unsigned bytes for it"
EXPLAINED = [
    (ODD_SUBHEADERS, "jbpy", "jbpy cannot read it", "its text subheader ends before TXSHDL (LTSH 277), which jbpy then reads from the text"),
    (ODD_SUBHEADERS, "GDAL", "image:0: extensions", BLANK_OVERFLOW),
    (ODD_SUBHEADERS, "GDAL", "image:1: extensions", BLANK_OVERFLOW),
    ("codice/p0_03a.ntf", "GDAL", "image:0: type", FOUR_BITS),
    ("codice/p0_15a.ntf", "GDAL", "image:0: type", FOUR_BITS),
]

SEGMENTS = [
    ("ImageSegments", "image"), ("GraphicSegments", "graphics"), ("TextSegments", "text"),
    ("DataExtensionSegments", "data"), ("ReservedExtensionSegments", "data"),
]


def octets(value):
    """The bytes of a value of the tool's JSON, those of a group or list joined."""
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, dict):
        return base64.b64decode(value["base64"]) if "base64" in value else octets(value["value"])
    return b"".join(octets(item) for item in value)


def tool_fields(entries):
    """(name, bytes) of every field in order: lists of the header's groups opened, extensions whole."""
    found = []
    for entry in entries:
        name, value = entry["name"], entry["value"]
        isGroup = isinstance(value, list) and value and isinstance(value[0], dict) and "name" in value[0]
        if not isinstance(value, list) or isGroup:
            found.append((name, octets(value)))
            continue
        for item in value:
            found += tool_fields(item) if isinstance(item, list) else [(name, octets(item))]
    return found


def jbpy_fields(group, file):
    """The same of a header as jbpy reads it; the digits that count repeated fields are still behind their names."""
    found = []
    for part in group.values():
        if isinstance(part, jbpy.core.TreSequence):
            found += [(tre[tre.tretag_rename].encoded_value.decode("latin-1").rstrip(), stored(tre, file)[11:]) for tre in part]
        else:
            found.append((part.name, stored(part, file)))
    return found


def stored(part, file):
    file.seek(part.get_offset())
    return file.read(part.get_size())


def user_fields_joined(fields, length):
    """What follows the length of a subheader's own fields, as one: jbpy knows the fields of some extensions."""
    for place, (name, _) in enumerate(fields):
        if name == length and place + 1 < len(fields):
            return fields[:place + 1] + [("DESSHF", b"".join(value for _, value in fields[place + 1:]))]
    return fields


def plain(value):
    """The value as both sides can say it: the tool's JSON is Unicode."""
    return value.decode("latin-1").encode("utf-8") if any(byte > 127 for byte in value) else value


def field_differences(label, ours, theirs):
    differences = []
    for place in range(max(len(ours), len(theirs))):
        our = ours[place] if place < len(ours) else ("nothing", b"")
        their = theirs[place] if place < len(theirs) else ("nothing", b"")
        if not re.fullmatch(re.escape(our[0]) + r"\d*", their[0]):
            differences.append(f"{label}: field {place} is {our[0]}, of jbpy {their[0]}")
            break
        if our[1] not in (their[1], plain(their[1])):
            differences.append(f"{label}: {our[0]} is {our[1][:60]}, of jbpy {their[1][:60]} ({len(our[1])} and {len(their[1])} bytes)")
    return differences


def compare_with_jbpy(path, info):
    with open(path, "rb") as file:
        try:
            theirs = jbpy.Jbp().load(file)
        except Exception as error:
            return [f"jbpy cannot read it: {type(error).__name__} {error}"]
        differences = field_differences("file header", tool_fields(info["metadata"]), jbpy_fields(theirs["FileHeader"], file))
        segments = collections.defaultdict(list)
        for name, kind in SEGMENTS:
            segments[kind] += list(theirs[name])
        for kind, list_of_kind in segments.items():
            assets = [asset for asset in info["assets"] if asset["type"] == kind]
            if len(assets) != len(list_of_kind):
                differences.append(f"{len(assets)} segments of type {kind}, of jbpy {len(list_of_kind)}")
            for asset, segment in zip(assets, list_of_kind):
                want = jbpy_fields(segment["subheader"], file)
                have = tool_fields(asset["metadata"])
                if kind == "data":
                    have, want = user_fields_joined(have, "DESSHL"), user_fields_joined(want, "DESSHL")
                differences += field_differences(asset["key"], have, want)
    return differences


def gdal_datasets(path):
    """The data sets that GDAL makes of a file: one an image segment."""
    with rasterio.open(path) as whole:
        names = [name for name in whole.subdatasets if name.startswith("NITF_IM:")]
    return names or [path]


def as_gdal_says(fields, name, theirs):
    """Our field in the form of GDAL's metadata: blanks cut, the version behind FHDR, colours as numbers, levels without leading zeros."""
    value = next(value for our, value in fields if our == name)
    if name == "FBKGC":
        return ",".join(f"{byte:3}" for byte in value).strip()
    text = value.decode("utf-8", "replace").strip()
    if name == "FHDR":
        return text + dict(fields).get("FVER", b"").decode()
    return str(int(text)) if theirs.isdecimal() and text.isdecimal() and len(theirs) < len(text) else text


def compare_with_gdal(path, info):
    images = [asset for asset in info["assets"] if asset["type"] == "image"]
    try:
        names = gdal_datasets(path)
    except rasterio.errors.RasterioIOError as error:
        return [f"GDAL cannot open it: {str(error)[:100]}"]
    differences = []
    header = tool_fields(info["metadata"])
    if len(names) != max(1, len(images)):
        differences.append(f"{len(images)} images, of GDAL {len(names)}")
    for place, (name, asset) in enumerate(zip(names, images)):
        try:
            dataset = rasterio.open(name)
        except rasterio.errors.RasterioIOError as error:
            differences.append(f"{asset['key']}: GDAL cannot open it: {str(error)[:100]}")
            continue
        with dataset:
            pairs = [
                ("width", asset["width"], dataset.width), ("height", asset["height"], dataset.height),
                ("bands", asset["bands"], dataset.count), ("type", asset["pixelType"], dataset.dtypes[0]),
            ]
            fields = tool_fields(asset["metadata"])
            known = {field for field, _ in fields + header}
            for tag, value in dataset.tags().items():
                field = tag.removeprefix("NITF_")
                if tag.startswith("NITF_") and field in known:
                    pairs.append((field, as_gdal_says(fields + header, field, value.strip()), value.strip()))
            ours = extension_tags(asset["metadata"]) + extension_tags(info["metadata"])
            theirs = [re.sub(r"_\d+$", "", tag) for tag in dataset.tags(ns="TRE")]
            pairs.append(("extensions", sorted(ours), sorted(theirs)))
            differences += [f"{asset['key']}: {word} is {ours}, of GDAL {theirs}" for word, ours, theirs in pairs if ours != theirs]
            if place == 0:
                differences += segments_of_gdal(info, dataset)
    return differences


def segments_of_gdal(info, dataset):
    """Texts and graphics stand in metadata domains of the first data set; GDAL has no labels of NITF 2.0."""
    counts = collections.Counter(asset["type"] for asset in info["assets"])
    labels = int(dict(tool_fields(info["metadata"])).get("NUML", b"0"))
    pairs = [
        ("texts", counts["text"], sum(1 for name in dataset.tags(ns="TEXT") if name.startswith("DATA_"))),
        ("graphics", counts["graphics"] - labels, int(dataset.tags(ns="CGM").get("SEGMENT_COUNT", 0))),
    ]
    return [f"{ours} {word}, of GDAL {theirs}" for word, ours, theirs in pairs if ours != theirs]


def extension_tags(entries):
    """Tags of the extensions, which follow the overflow field of their area. rasterio leaves out those whose data are no UTF-8."""
    found, inside = [], False
    for entry in entries:
        if entry["name"] in ("UDHOFL", "XHDLOFL", "UDOFL", "IXSOFL"):
            inside = True
        elif entry["name"] in ("XHDL", "IXSHDL"):
            inside = False
        elif inside and is_utf8(octets(entry["value"])):
            found.append(entry["name"])
    return found


def is_utf8(value):
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def check(arguments):
    tool, path = arguments
    done = subprocess.run([tool, "info", "--json", path], capture_output=True, text=True, timeout=60)
    if done.returncode:
        return {"tool": [f"exit {done.returncode}: {done.stderr.strip()[:200]}"]}
    info = json.loads(done.stdout)
    # Headers only: pixels may be compressed in ways that GDAL's decoders refuse.
    os.environ["NITF_OPEN_UNDERLYING_DS"] = "NO"
    with open(path, "rb") as file:
        version = file.read(9).decode("latin-1")
    found = {} if version == "NITF02.00" else {"jbpy": compare_with_jbpy(path, info)}
    return dict(found, GDAL=compare_with_gdal(path, info))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS", ""))
    options = parser.parse_args()
    if not os.path.isdir(options.corpus):
        print("interop: skipped, there is no corpus")
        return
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    root = os.path.join(options.corpus, "nitf")
    paths = sorted(path for path in glob.glob("**/*", root_dir=root, recursive=True) if os.path.isfile(os.path.join(root, path)))
    paths = [path for path in paths if open(os.path.join(root, path), "rb").read(5) in (b"NITF0", b"NSIF0")]
    tool = os.path.abspath(options.tool)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        results = list(pool.map(check, [(tool, os.path.join(root, path)) for path in paths]))

    table = collections.defaultdict(collections.Counter)
    unused = set(EXPLAINED)
    for path, result in zip(paths, results):
        for judge, differences in result.items():
            reasons = [next((line for line in EXPLAINED if line[:2] == (path, judge) and text.startswith(line[2])), None) for text in differences]
            unused -= set(reasons)
            unexplained = [text for text, reason in zip(differences, reasons) if reason is None]
            table[judge]["failed" if unexplained else "explained" if differences else "agree"] += 1
            for text in unexplained:
                print(f"{path}: {judge}: {text}")
    for line in sorted(unused):
        print(f"{line[0]}: {line[1]}: no such difference any more: {line[2]}")
    print(f"{'NITF headers':16}{'agree':>10}{'explained':>11}{'failed':>8}")
    for judge, counts in table.items():
        print(f"{judge:16}{counts['agree']:10}{counts['explained']:11}{counts['failed']:8}")
    passed = sum(counts["agree"] + counts["explained"] for counts in table.values())
    failed = sum(counts["failed"] for counts in table.values()) + len(unused)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
