#!/usr/bin/env python3
"""derive-manifest.py CORPUS/manifest.json > manifest.jsonl

Makes the conformance manifest from the full description of the corpus: one JSON object a line, with what `conformance`
uses and nothing else. Entries keep the order of the corpus. Reference files (the role "reference": decoded pixels that
another entry is compared with) are left out.
"""
import json
import sys

# Records that are wrong, with the reason: such files have to be read, but are compared with nothing.
DISPUTED = {
    "dted/osml-imagery-io/dted-16x16-1band-int16.dt1":
        "the record is GDAL's, which swaps the two middle rows of a cell with an even number of points (real cells have odd numbers)",
    "jp2/grok/openjpeg_1125.jp2":
        "the record is OpenJPEG's, which passes over packets whose precincts are more than 2^31 grid positions apart; by B.12 the tile is cut off",
}

# Files that end too early, for which the reference decoders recorded what is there: read with `salvage`, for strict reading refuses them.
CUT_SHORT = {"jpeg/gdal/vophead.jpg", "jpeg/pillow/ultrahdr.jpg"}


def pixels(record):
    """The expectation of one image: shape, type, hash, and for lossy data what it may differ by."""
    kept = {}
    for name in ("decodable", "bands", "height", "width", "dtype"):
        if name in record:
            kept[name] = record[name]
    digest = (record.get("reference") or {}).get("pixels_sha256")
    if digest:
        kept["pixels"] = digest
    if record.get("class") == "huffman8":
        kept["exact"] = True
    elif record.get("lossy"):
        kept["lossy"] = True
        stats = (record.get("stats") or {}).get("per_band_min_max_mean_sumsq")
        if stats:
            kept["stats"] = stats
        tolerance = record.get("tolerance") or {}
        if "max_abs_error" in tolerance:
            kept["maxError"] = tolerance["max_abs_error"]
        if "mean_abs_error" in tolerance:
            kept["meanError"] = tolerance["mean_abs_error"]
    return kept


def component(record, expect, index):
    """The expectation of one component at its own size."""
    kept = {"decodable": "yes", "index": index, "bands": 1, "height": record["height"], "width": record["width"]}
    if expect.get("lossy"):
        kept["lossy"] = True
        kept["stats"] = [record["min_max_mean_sumsq"]]
        if "max_abs_error" in (expect.get("tolerance") or {}):
            kept["maxError"] = expect["tolerance"]["max_abs_error"]
    else:
        kept["pixels"] = record["sha256"]
    return kept


def entry(record):
    source, expect = record["source"], record["expect"]
    kept = {
        "path": record["path"], "format": record["format"], "repo": source["repo"], "commit": source["commit"],
        "pathInRepo": source["path_in_repo"], "sha256": record["sha256"], "bytes": record["bytes"],
    }
    if record.get("malformed"):
        kept["malformed"] = True
        return kept
    kept["features"] = record["features"]
    if record["path"] in CUT_SHORT:
        kept["salvage"] = True
    # JSON has no mixed types here: whether the references decode the file is a word.
    expect = dict(expect, decodable={True: "yes", False: "no"}.get(expect["decodable"], expect["decodable"]))
    if record["path"] in DISPUTED:
        expect["decodable"] = "disputed"
    kept["expect"] = pixels(expect)
    pages = [dict(pixels(dict(p, decodable="yes")), index=p["index"]) for p in expect.get("pages", []) if p.get("decodable") is True]
    # Pages are compared by position among the images; sub-IFDs would shift the positions.
    if pages and not any(f.startswith("subifds") for f in record["features"]):
        kept["pages"] = pages
    components = expect.get("components") or []
    if any((c["width"], c["height"]) != (expect["width"], expect["height"]) for c in components):
        # The record's size is the first component's, the image's that of its grid.
        kept["expect"] = {"decodable": kept["expect"]["decodable"]}
        kept["components"] = [component(c, expect, i) for i, c in enumerate(components)]
    segments = [dict(pixels(dict(s, decodable="yes")), index=s["image_segment"])
                for s in expect.get("image_segments", []) if s.get("decodable") is True]
    if segments:
        kept["segments"] = segments
    return kept


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        records = json.load(file)
    for record in records:
        if record["expect"].get("role") != "reference":
            print(json.dumps(entry(record), ensure_ascii=False, separators=(",", ":")))


main()
