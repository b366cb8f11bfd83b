#!/usr/bin/env python3
"""unexpected.py JSON: the failures of the judge of formats that the conformance lists do not explain; exit status 1 when there are any.

Explained are the lines of expected-failures.txt, files cut short (read only with --salvage) and disputed records of the manifest.
"""
import json
import pathlib
import sys

conformance = pathlib.Path(__file__).resolve().parent.parent / "Conformance"
lines = (conformance / "expected-failures.txt").read_text().splitlines()
explained = {line.split("|")[0].strip() for line in lines if line.strip() and not line.startswith("#")}
for line in (conformance / "manifest.jsonl").read_text().splitlines():
    entry = json.loads(line)
    if entry.get("salvage") or entry.get("expect", {}).get("decodable") == "disputed":
        explained.add(entry["path"])
results = json.load(open(sys.argv[1]))
failed = [r for r in results if r["status"] not in ("pass", "tolerance", "unknown", "skip")]
unexpected = [r for r in failed if r["path"] not in explained]
for result in unexpected:
    print("unexpected:", result["path"], result["status"])
print(f"{len(results)} judged, {len(failed) - len(unexpected)} explained failures, {len(unexpected)} unexpected")
sys.exit(1 if unexpected or not results else 0)
