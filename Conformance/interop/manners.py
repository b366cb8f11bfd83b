#!/usr/bin/env python3
"""manners.py TOOL: does every verb explain itself, with an example, in the man page and the completions; is its --json JSON; do errors name the option that helps?

The man page is set by groff without a warning, completions are sourced by bash and asked. zsh and fish look at theirs where they are installed.
Expected exit statuses and options are those of Documentation/tool.md. The last line counts the checks.
"""
import json
import os
import re
import shutil
import subprocess
import sys

from common import Checks, packages

with packages():
    import numpy
    import PIL.Image

HERE = os.path.dirname(os.path.abspath(__file__))


def verbs_of(checks):
    """The verbs by the headings of the help."""
    heading, verbs = None, {}
    for line in checks.imagery("--help").stdout.splitlines():
        found = re.match(r"([A-Z ]+) SUBCOMMANDS:$", line)
        if found:
            heading = found.group(1)
        elif heading and re.match(r"  [a-z]+( |$)", line):
            verbs[line.split()[0]] = heading
    return verbs


def check_help(checks, verbs):
    checks.note("help", "groups", "" if len(set(verbs.values())) >= 4 and len(verbs) >= 20 else f"{verbs}")
    for verb in verbs:
        text = checks.imagery(verb, "--help").stdout
        checks.note("help", f"an example of {verb}", "" if re.search(rf"Examples?:\s+imagery {verb}\b", text) else "there is none")
    done = checks.imagery("info")
    checks.note("help", "usage", "" if done.returncode == 2 and done.stderr.count("\n") == 1 else f"{done.returncode}: {done.stderr}")


def check_manual(checks, verbs):
    prefix = checks.path("prefix")
    checks.note("man page and completions", "made", checks.trouble(sys.executable, os.path.join(HERE, "../../Scripts/manual"), checks.tool, prefix))
    page = os.path.join(prefix, "share/man/man1/imagery.1")
    if shutil.which("groff"):
        done = checks.run("groff", "-man", "-ww", "-Tutf8", "-P-cbou", page)
        checks.note("man page and completions", "groff", done.stderr[:200])
        shown = done.stdout.replace("‐", "-").replace("−", "-")
    else:
        with open(page) as file:
            shown = re.sub(r"\\f.|\\&", "", file.read()).replace("\\-", "-")
    files = {shell: os.path.join(prefix, place) for shell, place in (
        ("bash", "share/bash-completion/completions/imagery"), ("zsh", "share/zsh/site-functions/_imagery"),
        ("fish", "share/fish/vendor_completions.d/imagery.fish"))}
    texts = {}
    for shell, path in files.items():
        with open(path) as file:
            texts[shell] = file.read()
        if shutil.which(shell):
            checks.note("man page and completions", f"{shell} reads it", checks.trouble(shell, "-n", path))
    for verb in verbs:
        options = set(re.findall(r"--[a-z][a-z-]+", "\n".join(
            line for line in checks.imagery(verb, "--help").stdout.splitlines() if re.match(r"\s+(-\w, )?--", line)))) - {"--version", "--help"}
        for name, text in [("man page", shown), *texts.items()]:
            missing = [option for option in options if option not in text and option[2:] not in text]
            checks.note("man page and completions", f"options of {verb} in {name}", f"{missing}" if missing or verb not in text else "")

    def completed(*words):
        script = f'source {files["bash"]}; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}; _imagery {words[0]} {words[-1]} {words[-2]}; printf "%s\\n" "${{COMPREPLY[@]}}"'
        return set(checks.run("bash", "-c", script).stdout.split())
    for words, want in ((("imagery", "pre"), {"preview"}), (("imagery", "convert", "--resam"), {"--resampling"}), (("imagery", "preview", "--str"), {"--stretch"})):
        got = completed(*words)
        checks.note("man page and completions", " ".join(words), "" if got == want else f"{got}")


def check_json(checks, verbs, picture, nitf):
    """One object or array, whatever the verb."""
    out = checks.path("out")
    for verb, arguments in {
            "info": [picture], "preview": [picture, "-o", out + ".png"], "stats": [picture], "value": [picture, "1,2"], "locate": None, "dump": [picture],
            "describe": ["BLOCKA"], "checksum": [picture], "compare": [picture, picture], "validate": [picture], "extract": [picture], "strip": [picture, "-o", out + "s.tif"],
            "tiles": [picture], "convert": [picture, out + "c.png"], "mosaic": [checks.path("placed.tif"), "-o", out + "m.tif"], "merge": [picture, picture, "-o", out + "g.tif"],
            "rset": [picture, "--overviews", "1"], "overviews": [checks.path("large.tif")], "edit": [nitf, "--set", "FTITLE=A", "-o", out + "e.ntf"],
            "index": [picture, "-o", out + ".json"], "bench": None}.items():
        if arguments is None:
            continue
        done = checks.imagery(verb, *arguments, "--json")
        try:
            json.loads(done.stdout)
            problem = "" if done.returncode == 0 and not done.stderr.startswith("imagery: note") else f"{done.returncode}: {done.stderr}"
        except ValueError:
            problem = f"{done.stdout[:100]!r} {done.stderr}"
        checks.note("JSON", verb, problem)
        verbs.pop(verb, None)
    done = checks.imagery("locate", checks.path("placed.tif"), "3,4", "--json")
    checks.note("JSON", "locate", "" if set(json.loads(done.stdout)) >= {"longitude", "latitude"} else done.stdout)
    done = checks.imagery("bench", "full", picture)
    checks.note("JSON", "bench", "" if "seconds" in json.loads(done.stdout) else done.stdout)
    left = set(verbs) - {"locate", "bench", "help"}
    checks.note("JSON", "all verbs", f"{left} were not tried" if left else "")
    folder = checks.path("many")
    with open(checks.path("broken.tif"), "wb") as file:
        file.write(b"II*\0 and no more")
    done = checks.imagery("convert", picture, checks.path("broken.tif"), "--into", folder, "--to", "png", "--continue", "--json")
    told = json.loads(done.stdout)
    checks.note("JSON", "convert --into", "" if done.returncode == 1 and [os.path.basename(item["path"]) for item in told["files"]] == ["picture.png"]
                and [os.path.basename(item["source"]) for item in told["failures"]] == ["broken.tif"] else done.stdout)


def check_errors(checks, picture):
    """What helps is named; 1 failed, 2 wrong usage, 3 not supported."""
    cut, zeros, unknown = checks.path("cut.png"), checks.path("zeros.png"), checks.path("unknown")
    PIL.Image.new("L", (3000, 3000)).save(zeros)
    PIL.Image.open(picture).save(checks.path("whole.png"))
    with open(checks.path("whole.png"), "rb") as file:
        whole = file.read()
    for path, part in ((cut, whole[:len(whole) * 2 // 3]), (unknown, b"something else")):
        with open(path, "wb") as file:
            file.write(part)
    target = checks.path("target.png")
    for arguments, status, words in (
            (["convert", cut, target], 1, "--salvage"), (["info", unknown], 3, "--from"), (["convert", picture, cut], 2, "--overwrite"),
            (["stats", picture, "--asset", "image:7"], 2, "--asset"), (["convert", zeros, target, "--limit", "1000"], 1, "--limit"),
            (["convert", picture, checks.path("target.xyz")], 2, "--to"), (["info", checks.path("none")], 1, "No such file"), (["stats"], 2, "--help"),
            (["convert", picture, "--into", checks.path("f")], 2, "--to"), (["extract", picture, "--all"], 2, "--into")):
        done = checks.imagery(*arguments)
        checks.note("errors name what helps", " ".join(arguments[:1]) + " " + words,
                    "" if done.returncode == status and words in done.stderr and done.stderr.count("\n") == 1 else f"{done.returncode}: {done.stderr}")
    checks.note("errors name what helps", "the option does", checks.trouble(checks.tool, "convert", cut, target, "--salvage", "--quiet", "--overwrite"))


def main():
    checks = Checks("Manners of the tool", sys.argv[1])
    draw = numpy.random.default_rng(9)
    picture, nitf = checks.path("picture.tif"), checks.path("picture.ntf")
    PIL.Image.fromarray(draw.integers(0, 256, (40, 50), "uint8")).save(picture)
    PIL.Image.fromarray(draw.integers(0, 256, (600, 700), "uint8")).save(checks.path("large.tif"))
    checks.note("inputs", "NITF", checks.convert(picture, nitf))
    checks.note("inputs", "placed", checks.convert(picture, checks.path("placed.tif"), "--crs", "EPSG:4326", "--corners", "10,50,10.49,50,10.49,49.61,10,49.61"))
    verbs = verbs_of(checks)
    check_help(checks, verbs)
    check_manual(checks, verbs)
    check_json(checks, dict(verbs), picture, nitf)
    check_errors(checks, picture)
    checks.finish()


if __name__ == "__main__":
    main()
