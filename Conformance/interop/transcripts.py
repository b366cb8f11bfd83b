#!/usr/bin/env python3
"""transcripts.py TOOL --corpus DIR: does Documentation/tool.md show what the tool answers?

Every line behind a `$` there is typed into a shell, in the order of the page and in one folder, with a server over the same folder; what comes must be what the page shows. A line `...`
stands for the rest of an answer, `(exit status N)` for that. Seconds and memory of `bench` are not compared. Needs nginx and the corpus.
"""
import argparse
import os
import re
import shutil
import subprocess

from common import Checks, has_tools
from nginx import Server

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "../../Documentation/tool.md")
# The files of the page, and where they are in the corpus.
FILES = {
    "scene.tif": "tiff/rasterio/cogeo.tif", "cell.dt0": "dted/gdal/n43.dt0", "photo.jpg": "jpeg/exiftool/XMP.jpg", "slc.ntf": "nitf/six-library/cropped_sicd_041.nitf",
}


def commands(page):
    """Each command of the page with the answer that is shown."""
    for block in re.findall(r"^```\n(.*?)^```$", page, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, answer = part.partition("\n")
            yield command, answer


def differs(shown, answer):
    """The first line of the answer that is another, or nothing."""
    shown, answer = shown.rstrip("\n").split("\n"), answer.rstrip("\n").split("\n")
    if shown[-1] == "...":
        shown.pop()
        answer = answer[:len(shown)]
    for index in range(max(len(shown), len(answer))):
        want, got = (lines[index] if index < len(lines) else "(nothing)" for lines in (shown, answer))
        if want != got:
            return f"{got!r}, the page shows {want!r}"
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--corpus")
    arguments = parser.parse_args()
    if not arguments.corpus or not has_tools("nginx"):
        print("interop: skipped, no corpus or no nginx")
        return
    checks = Checks("Transcripts of Documentation/tool.md", arguments.tool)
    folder, programs = checks.path("files"), checks.path("bin")
    os.makedirs(folder)
    os.makedirs(programs)
    os.symlink(checks.tool, os.path.join(programs, "imagery"))
    for name, source in FILES.items():
        shutil.copyfile(os.path.join(arguments.corpus, source), os.path.join(folder, name))
    server = Server(checks.folder)
    os.rmdir(os.path.join(folder, "hidden"))
    place = f"127.0.0.1:{server.port}"
    environment = dict(os.environ, PATH=programs + ":" + os.environ["PATH"], SOURCE_DATE_EPOCH="1000000000", NO_COLOR="1")
    try:
        with open(PAGE) as file:
            page = file.read()
        for command, shown in commands(page):
            typed = command.replace("127.0.0.1:8080", place)
            done = subprocess.run(
                ["bash", "-c", typed], cwd=folder, env=environment, timeout=120, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            answer = done.stdout.replace(place, "127.0.0.1:8080")
            if done.returncode:
                answer = answer.rstrip("\n") + f"\n(exit status {done.returncode})"
            if command.startswith("imagery bench"):
                answer, shown = (re.sub(r'("seconds": \[)[^]]*|("rss_kb": )\d+', r"\1\2", text) for text in (answer, shown))
            verb = re.search(r"imagery (\w+)", command)
            checks.note(verb.group(1) if verb else "other", command, differs(shown, answer))
    finally:
        server.stop()
    checks.finish()


if __name__ == "__main__":
    main()
