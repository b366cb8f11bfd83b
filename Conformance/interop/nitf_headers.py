#!/usr/bin/env python3
"""nitf_headers.py TOOL [--corpus DIR]: do the headers that the tool reads agree with those that jbpy and GDAL read?

Of every NITF and NSIF file of the corpus (default: IMAGERY_CORPUS), and of one that jbpy writes, jbpy gives all fields of the file header
and of every subheader in their order, with tags and data of the tagged record extensions; GDAL gives sizes, bands, sample types, its
metadata, and the names of extensions and numbers of texts and graphics. jbpy reads NITF 2.1 and NSIF 1.0 only, so that NITF 2.0 is held
against GDAL alone. Prints each difference; the last line counts the comparisons. Without jbpy and rasterio nothing is checked, unless the
environment variable IMAGERY_INTEROP is `required`.
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
import tempfile
import warnings

from common import packages

with packages():
    import jbpy
    import rasterio

# File, judge, how the difference begins, and why it is not the tool's. A line whose difference no longer occurs is a failure.
ODD_SUBHEADERS = "osml-imagery-io/nitf21-multisegment-2img-1txt-1des.ntf"
BLANK_OVERFLOW = "its DES subheader has blank DESOFLW and DESITEM, which only TRE_OVERFLOW has; GDAL then takes the data for extensions"
FOUR_BITS = "PVTYPE SI with NBPP 4 (the standard wants 8, 12, 16, 32 or 64): GDAL has the type of unsigned bytes for it"
WRITTEN = "every-kind.ntf, written by jbpy"
ALL_OVERFLOW = "GDAL gives every image the extensions of all TRE_OVERFLOW segments, whatever they continue, and leaves out those of XHD"
EXPLAINED = [
    (ODD_SUBHEADERS, "jbpy", "jbpy cannot read it", "its text subheader ends before TXSHDL (LTSH 277), which jbpy then reads from the text"),
    (ODD_SUBHEADERS, "GDAL", "image:0: extensions", BLANK_OVERFLOW),
    (ODD_SUBHEADERS, "GDAL", "image:1: extensions", BLANK_OVERFLOW),
    ("codice/p0_03a.ntf", "GDAL", "image:0: type", FOUR_BITS),
    ("codice/p0_15a.ntf", "GDAL", "image:0: type", FOUR_BITS),
    (WRITTEN, "GDAL", "image:0: extensions", ALL_OVERFLOW),
    (WRITTEN, "GDAL", "image:1: extensions", ALL_OVERFLOW),
]

SEGMENTS = [
    ("ImageSegments", "image"), ("GraphicSegments", "graphics"), ("TextSegments", "text"),
    ("DataExtensionSegments", "data"), ("ReservedExtensionSegments", "data"),
]

# The field that names the segment in which an area goes on, and the kind of the segment that has the area.
LINKS = {"UDHOFL": "UDHD", "XHDLOFL": "XHD", "UDOFL": "UDID", "IXSOFL": "IXSHD", "SXSOFL": "SXSHD", "TXSOFL": "TXSHD"}
AREAS = {"UDHD": "file", "XHD": "file", "UDID": "image", "IXSHD": "image", "SXSHD": "graphics", "TXSHD": "text"}


def octets(value):
    """The bytes of a value of the tool's JSON, those of a group or list joined; None where numbers are among them that were binary."""
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, (int, float)):
        return None
    if isinstance(value, dict):
        return base64.b64decode(value["base64"]) if "base64" in value else octets(value["value"])
    parts = [octets(item) for item in value]
    return None if None in parts else b"".join(parts)


def tool_fields(entries):
    """(name, bytes) of every field in order: lists of the header's groups opened, extensions whole."""
    found = []
    for entry in entries:
        name, value = entry["name"], entry["value"]
        if ":" in name:
            continue  # No field of the header: what the tool says of the content.
        isGroup = isinstance(value, list) and value and isinstance(value[0], dict) and "name" in value[0]
        if not isinstance(value, list) or isGroup:
            found.append((name, octets(value)))
            continue
        for item in value:
            found += tool_fields(item) if isinstance(item, list) else [(name, octets(item))]
    return found


def jbpy_fields(group, file, overflow):
    """The same of a header as jbpy reads it; the digits that count repeated fields are still behind their names. `overflow` has the
    extensions of other segments that belong behind those of an area."""
    if isinstance(group, jbpy.core.Field):
        return [("whole", stored(group, file))]
    found, waiting = [], []
    for part in group.values():
        if isinstance(part, jbpy.core.TreSequence):
            found += extensions(part, file)
            continue
        found += waiting + [(part.name, stored(part, file))]
        waiting = overflow.get(LINKS.get(part.name), [])
    return found + waiting


def extensions(sequence, file):
    return [(tre[tre.tretag_rename].encoded_value.decode("latin-1").rstrip(), stored(tre, file)[11:]) for tre in sequence]


def overflowing(segments, file):
    """Extensions of TRE_OVERFLOW segments by the header they belong to: its kind, its number from 1 (0 for the file), its area."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for segment in segments:
        if isinstance(segment["subheader"], jbpy.core.TreOverflowDesSubheader):
            area, item = segment["subheader"]["DESOFLW"].value, segment["subheader"]["DESITEM"].value
            found[AREAS.get(area), item][area] += extensions(segment["DESDATA"], file)
    return found


def stored(part, file):
    file.seek(part.get_offset())
    return file.read(part.get_size())


def user_fields_joined(fields, length):
    """What follows the length of a subheader's own fields, as one: jbpy knows the fields of some extensions."""
    for place, (name, _) in enumerate(fields):
        if name == length and place + 1 < len(fields):
            return fields[:place + 1] + [("joined", b"".join(value for _, value in fields[place + 1:]))]
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
        if our[1] is not None and our[1] not in (their[1], plain(their[1])):
            differences.append(f"{label}: {our[0]} is {our[1][:60]}, of jbpy {their[1][:60]} ({len(our[1])} and {len(their[1])} bytes)")
    return differences


def compare_with_jbpy(path, info):
    with open(path, "rb") as file:
        try:
            theirs = jbpy.Jbp().load(file)
        except Exception as error:
            return [f"jbpy cannot read it: {type(error).__name__} {error}"]
        overflow = overflowing(theirs["DataExtensionSegments"], file)
        want = jbpy_fields(theirs["FileHeader"], file, overflow["file", 0])
        differences = field_differences("file header", tool_fields(info["metadata"]), want)
        segments = collections.defaultdict(list)
        for name, kind in SEGMENTS:
            segments[kind] += list(theirs[name])
        for kind, list_of_kind in segments.items():
            assets = [asset for asset in info["assets"] if asset["type"] == kind]
            if len(assets) != len(list_of_kind):
                differences.append(f"{len(assets)} segments of type {kind}, of jbpy {len(list_of_kind)}")
            for number, (asset, segment) in enumerate(zip(assets, list_of_kind), 1):
                want = jbpy_fields(segment["subheader"], file, overflow[kind, number])
                have = tool_fields(asset["metadata"])
                if want[0][0] == "whole":
                    have = [("whole", b"".join(value for _, value in have))]
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
    """Our field in the form of GDAL's metadata: blanks cut, ended by a zero, the version behind FHDR, colours as numbers, levels without leading zeros."""
    value = next(value for our, value in fields if our == name)
    if name == "FBKGC":
        return ",".join(f"{byte:3}" for byte in value).strip()
    text = value.decode("utf-8", "replace").partition("\0")[0].strip()
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
            unclear = binary_tags(asset["metadata"]) | binary_tags(info["metadata"])
            ours = [tag for tag in extension_tags(asset["metadata"]) + extension_tags(info["metadata"]) if tag not in unclear]
            theirs = [tag for tag in (re.sub(r"_\d+$", "", tag) for tag in dataset.tags(ns="TRE")) if tag not in unclear]
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
        elif inside and octets(entry["value"]) is not None and is_utf8(octets(entry["value"])):
            found.append(entry["name"])
    return found


def binary_tags(entries):
    """Names of what has binary numbers, of which the tool's JSON does not show whether their bytes are UTF-8."""
    return {entry["name"] for entry in entries if octets(entry["value"]) is None}


def is_utf8(value):
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def made_extension(tag, content):
    made = jbpy.core.UnknownTre(tag)
    made["TREL"].value = len(content)
    made["TREDATA"].value = content
    return made


def fill_area(header, length, link, area, item=0):
    """Two extensions in an area whose rest is in data extension segment `item`."""
    header[length].value = 4
    header[link].value = item
    header[area].extend([made_extension("FIRST", area.encode()), made_extension("EMPTY", b"")])


def write_every_kind(path):
    """A file, written by jbpy, of every kind of segment, with tables, more than 9 bands, and extensions that overflow."""
    file = jbpy.Jbp()
    header = file["FileHeader"]
    for name, count in (("NUMI", 2), ("NUMS", 2), ("NUMT", 2), ("NUMDES", 5), ("NUMRES", 1)):
        header[name].value = count
    header["OSTAID"].value, header["FTITLE"].value, header["FBKGC"].value = "jbpy", "Every kind of segment", (1, 2, 255)
    fill_area(header, "UDHDL", "UDHOFL", "UDHD", 1)
    fill_area(header, "XHDL", "XHDLOFL", "XHD")
    for number, segment in enumerate(file["ImageSegments"]):
        bands = 11 if number else 1
        image = segment["subheader"]
        values = dict(
            IID1=f"image {number}", IID2="An image", NROWS=5, NCOLS=7, PVTYPE="INT", IREP="MULTI" if number else "RGB/LUT", ICAT="MS",
            ABPP=8, ICORDS="G", IGEOLO="120000N0330000E" * 4, NICOM=2, ICOM1="one", ICOM2="two", IC="NC", NBANDS=0 if number else 1,
            IMODE="S" if number else "B", NBPR=1, NBPC=1, NPPBH=7, NPPBV=5, NBPP=8, IDLVL=number + 1, IMAG="1.0")
        for name, value in values.items():
            image[name].value = value
        if number:
            image["XBANDS"].value = bands
        else:
            image["NLUTS00001"].value, image["NELUT00001"].value = 3, 4
            for table in (1, 2, 3):
                image[f"LUTD00001{table}"].size = 4
                image[f"LUTD00001{table}"].value = bytes(range(table, table + 4))
        fill_area(image, "UDIDL", "UDOFL", "UDID", 3 if number else 2)
        fill_area(image, "IXSHDL", "IXSOFL", "IXSHD")
        segment["Data"].size = 35 * bands
    for segment in file["GraphicSegments"]:
        graphic = segment["subheader"]
        graphic["SID"].value, graphic["SNAME"].value, graphic["SDLVL"].value = "symbol", "A symbol", 3
        fill_area(graphic, "SXSHDL", "SXSOFL", "SXSHD")
    for segment, kind in zip(file["TextSegments"], ("STA", "U8S")):
        text = segment["subheader"]
        text["TEXTID"].value, text["TXTITL"].value, text["TXTFMT"].value = "text", "A text", kind
        fill_area(text, "TXSHDL", "TXSOFL", "TXSHD", 4 if kind == "U8S" else 0)
    for segment, (area, item) in zip(file["DataExtensionSegments"], (("UDHD", 0), ("UDID", 1), ("UDID", 2), ("TXSHD", 2))):
        overflow = jbpy.core.TreOverflowDesSubheader("subheader")
        overflow["DESID"].value, overflow["DESVER"].value = "TRE_OVERFLOW", 1
        overflow["DESOFLW"].value, overflow["DESITEM"].value = area, item
        segment.set_subheader(overflow)
        del segment["DESDATA"][:]
        segment["DESDATA"].extend([made_extension("MORE", b"of " + area.encode()), made_extension("FIRST", b"again")])
    plain = file["DataExtensionSegments"][4]["subheader"]
    plain["DESID"].value, plain["DESVER"].value, plain["DESSHL"].value = "A DES", 1, 0
    file["ReservedExtensionSegments"][0]["subheader"].value = b"RE" + b"RESERVED".ljust(25) + b"01" + b"U".ljust(167) + b"0000"
    file.finalize()
    with open(path, "wb") as output:
        file.dump(output)
        output.truncate(file.get_size())
    return path


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
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ProcessPoolExecutor(2) as pool:
        files = [os.path.join(root, path) for path in paths] + [write_every_kind(os.path.join(folder, "every-kind.ntf"))]
        results = list(pool.map(check, [(tool, file) for file in files]))
    paths.append(WRITTEN)

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
