#!/usr/bin/env python3
"""remote.py TOOL: files behind nginx on the loopback interface, read by address: the same answers as from disk, requests and bytes beside those of
GDAL's /vsicurl for the same question in the same run, servers that fail, and https.

Needs nginx, gdal-bin, openssl and OpenJPEG. Without them or the packages of requirements.txt nothing is checked and the exit status is 0, unless the environment
variable IMAGERY_INTEROP is `required`.
"""
import argparse
import http.server
import os
import re
import socket
import ssl
import subprocess
import threading
import time

from common import Checks, difference, has_tools, packages
from nginx import Server
with packages():
    import numpy
    import rasterio
    import rasterio.transform

# GDAL at its leanest: no looking for files beside, no HEAD of folders.
LEAN = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_PAM_ENABLED": "NO", "SOURCE_DATE_EPOCH": "1000000000"}
# How many more bytes than GDAL an answer may take.
MOST = 1.1
# By so much GDAL's counts of requests differ from run to run.
VARIATION = 3


def scene(draw, size):
    """Something to compress: hills with some noise, three bands."""
    rows, columns = numpy.indices((size, size)) / 90
    bands = [128 + 60 * numpy.sin(rows * factor + columns) + 50 * numpy.cos(columns * factor) for factor in (1, 0.7, 1.9)]
    return numpy.clip(numpy.stack(bands) + draw.normal(0, 4, (3, size, size)), 0, 255).astype("uint8")


def make_files(checks, draw, size):
    """A COG, an NITF with JPEG 2000 and JP2 files with and without lengths, written by GDAL and OpenJPEG; returns names and the samples."""
    folder, array = os.path.join(checks.folder, "files"), scene(draw, size)
    os.makedirs(folder, exist_ok=True)
    place = dict(crs="EPSG:32632", transform=rasterio.transform.from_origin(691000, 5335000, 10, 10))
    base = os.path.join(checks.folder, "base.tif")
    with rasterio.open(base, "w", driver="GTiff", count=3, height=size, width=size, dtype="uint8", photometric="rgb", **place) as file:
        file.write(array)
    path = lambda name: os.path.join(folder, name)
    commands = [
        ["gdal_translate", "-q", "-of", "COG", "-co", "COMPRESS=DEFLATE", "-co", "BLOCKSIZE=256", base, path("cog.tif")],
        ["gdal_translate", "-q", "-of", "GTiff", "-co", "COMPRESS=LZW", base, path("strips.tif")],
        ["gdal_translate", "-q", "-of", "NITF", "-co", "IC=C8", "-co", "BLOCKXSIZE=512", "-co", "BLOCKYSIZE=512", base, path("c8.ntf")],
        ["gdal_translate", "-q", "-of", "NITF", "-co", "BLOCKXSIZE=256", "-co", "BLOCKYSIZE=256", base, path("nc.ntf")],
    ]
    options = ["-t", "512,512", "-n", "5", "-p", "RPCL", "-r", "4"]
    for name, more in (("plain.jp2", []), ("tlm.jp2", ["-TLM"]), ("plt.jp2", ["-PLT"]), ("both.jp2", ["-TLM", "-PLT"])):
        commands.append(["opj_compress", "-i", base, "-o", path(name), *options, *more])
    for command in commands:
        problem = checks.trouble(*command)
        if problem:
            raise RuntimeError(f"{command}: {problem}")
    return ["cog.tif", "strips.tif", "nc.ntf", "c8.ntf", "plain.jp2", "tlm.jp2", "plt.jp2", "both.jp2"]


def counts(checks, server, names, size):
    """The table: what each answer costs the tool and GDAL."""
    window = (size // 2 - 300, size // 2 - 200, 512, 512)
    rows = []
    for name in names:
        local, remote = os.path.join(checks.folder, "files", name), server.address(name)
        gdal = {"info": ["gdalinfo", f"/vsicurl/{remote}"]}
        ours = {"info": ["info", "FILE"]}
        out = checks.path("out")
        gdal["window"] = ["gdal_translate", "-q", "-srcwin", *map(str, window), f"/vsicurl/{remote}", out + ".tif"]
        ours["window"] = ["convert", "FILE", out + ".npy", "--overwrite", "--window", ",".join(map(str, window))]
        if name != "strips.tif" and name != "nc.ntf":
            gdal["overview"] = ["gdal_translate", "-q", "-outsize", "25%", "25%", f"/vsicurl/{remote}", out + ".tif"]
            level = ["--asset", "image:0:overview:2"] if name == "cog.tif" else ["--resolution-level", "2"]
            ours["overview"] = ["convert", "FILE", out + ".npy", "--overwrite", *level]
        for question in ours:
            _, gdal_requests, gdal_bytes = server.cost(
                lambda: subprocess.run(gdal[question], capture_output=True, timeout=300, env=dict(os.environ, **LEAN), check=True))
            done, requests, total = server.cost(lambda: checks.imagery(*(remote if word == "FILE" else word for word in ours[question])))
            got = done.stdout.replace(remote, "FILE") if question == "info" else done.returncode == 0 and numpy.load(out + ".npy")
            here = checks.imagery(*(local if word == "FILE" else word for word in ours[question]))
            want = here.stdout.replace(local, "FILE") if question == "info" else numpy.load(out + ".npy")
            group = f"{question}: the same as from disk"
            if question == "info":
                checks.note(group, name, "" if got == want and got else f"{done.stderr or got!r:.200}")
            else:
                checks.note(group, name, done.stderr if got is False else difference(got, want))
            rows.append((name, question, requests, gdal_requests, total, gdal_bytes))
            row = f"{name} {question}"
            checks.note("requests: no more than GDAL", row, "" if requests <= gdal_requests + VARIATION else f"{requests}, GDAL {gdal_requests}")
            checks.note(f"bytes: at most {MOST} times GDAL's", row, "" if total <= MOST * gdal_bytes else f"{total}, GDAL {gdal_bytes}")
    print(f"{'file':12}{'question':12}{'requests':>9}{'GDAL':>7}{'bytes':>11}{'GDAL':>11}{'of GDAL':>9}")
    for name, question, requests, gdal_requests, total, gdal_bytes in rows:
        print(f"{name:12}{question:12}{requests:9}{gdal_requests:7}{total:11}{gdal_bytes:11}{total / gdal_bytes:9.2f}")


class Faulty(http.server.BaseHTTPRequestHandler):
    """A server of one file with a fault, named by the first part of the path."""
    protocol_version = "HTTP/1.1"
    content, count = b"", {}

    def do_GET(self):
        fault = self.path.split("/")[1]
        number = self.count[fault] = self.count.get(fault, 0) + 1
        found = re.match(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        first, last = (int(group) for group in found.groups()) if found else (0, len(self.content) - 1)
        last = min(last, len(self.content) - 1)
        part = self.content[first:last + 1]
        if fault == "unavailable" and number % 2 == 1 or fault == "down":
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if fault == "plainly":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/cog.tif")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if fault == "slow":
            time.sleep(0.3)
        self.send_response(200 if fault == "whole" else 206)
        self.send_header("ETag", '"%d"' % (number if fault == "changing" else 1))
        if fault == "whole":
            part = self.content
        else:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(self.content)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if fault == "cut" and len(part) > 2000 and number % 2 == 0:
            self.wfile.write(part[:len(part) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        try:
            self.wfile.write(part)
        except OSError:
            # Who was told that all comes, and not a range, hangs up.
            self.close_connection = True

    def log_message(self, *_):
        pass


class Service(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """Clients that hang up are no news."""


def faults(checks, server):
    """What failing servers lead to."""
    with open(os.path.join(checks.folder, "files", "cog.tif"), "rb") as file:
        Faulty.content = file.read()
    service = Service(("127.0.0.1", 0), Faulty)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    want = checks.imagery("checksum", os.path.join(checks.folder, "files", "cog.tif")).stdout.split()[0]
    for fault in ("well", "unavailable", "slow", "cut", "whole"):
        done = checks.imagery("checksum", f"http://127.0.0.1:{service.server_port}/{fault}/cog.tif")
        checks.note("faults that pass", fault, "" if done.stdout.split()[:1] == [want] else f"{done.returncode}: {done.stderr}{done.stdout}")
    for fault, words in (("down", "4 times in a row"), ("changing", "has changed")):
        done = checks.imagery("checksum", f"http://127.0.0.1:{service.server_port}/{fault}/cog.tif")
        checks.note("faults that stay", fault, "" if done.returncode == 1 and words in done.stderr else f"{done.returncode}: {done.stderr}{done.stdout}")
    service.shutdown()
    for name, status, words in (("moved/cog.tif", 0, want), ("plain/cog.tif", 0, want), ("hidden/cog.tif", 1, "status 403"), ("none.tif", 1, "status 404")):
        done = checks.imagery("checksum", server.address(name))
        checks.note("nginx", name, "" if done.returncode == status and words in done.stdout + done.stderr else f"{done.returncode}: {done.stderr}{done.stdout}")


def encrypted(checks):
    """What https leads to: a certificate of an authority that is trusted, the same without trust, one for another host, and a redirection to http."""
    def openssl(*arguments):
        problem = checks.trouble("openssl", *arguments)
        if problem:
            raise RuntimeError(f"openssl {arguments[0]}: {problem}")

    path, key = checks.path, ["-newkey", "rsa:2048", "-nodes", "-keyout"]
    openssl("req", "-x509", *key, path("ca.key"), "-out", path("ca.pem"), "-days", "2", "-subj", "/CN=Authority of a test")
    services = {}
    for host, alternative in (("own", "IP:127.0.0.1"), ("other", "DNS:example.org")):
        with open(path(f"{host}.ext"), "w") as file:
            file.write(f"subjectAltName={alternative}\n")
        openssl("req", *key, path(f"{host}.key"), "-out", path(f"{host}.csr"), "-subj", f"/CN={host}")
        openssl("x509", "-req", "-in", path(f"{host}.csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial",
                "-out", path(f"{host}.pem"), "-days", "2", "-extfile", path(f"{host}.ext"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path(f"{host}.pem"), path(f"{host}.key"))
        service = services[host] = Service(("127.0.0.1", 0), Faulty)
        service.socket = context.wrap_socket(service.socket, server_side=True)
        threading.Thread(target=service.serve_forever, daemon=True).start()
    want = checks.imagery("checksum", os.path.join(checks.folder, "files", "cog.tif")).stdout.split()[0]
    # The authorities of the system, in the processes below only: an authority can be trusted in no other way.
    system = "/etc/ssl/certs/ca-certificates.crt"
    trusting = ["unshare", "-m", "sh", "-c", f'mount --bind {path("ca.pem")} {system} && exec "$@"', "sh"]
    rows = [("not trusted", "own", "well", [], 1, "certificate")]
    if os.path.exists(system) and not checks.trouble(*trusting, "true"):
        rows += [("trusted", "own", "well", trusting, 0, want), ("cut", "own", "cut", trusting, 0, want),
                 ("for another host", "other", "well", trusting, 1, "certificate"), ("sent on to http", "own", "plainly", trusting, 1, "from https to http")]
    else:
        print("no authority can be trusted here: only a server without trust is tried")
    for name, host, fault, before, status, words in rows:
        address = f"https://127.0.0.1:{services[host].server_port}/{fault}/cog.tif"
        done = checks.run(*before, checks.tool, "checksum", address)
        right = done.returncode == status and words in done.stdout + done.stderr and len(done.stderr.splitlines()) == status
        checks.note("https", name, "" if right else f"{done.returncode}: {done.stderr}{done.stdout}")
    for service in services.values():
        service.shutdown()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--size", type=int, default=2048)
    arguments = parser.parse_args()
    if not has_tools("nginx", "gdalinfo", "opj_compress", "openssl"):
        print("interop: skipped, no nginx, GDAL, OpenJPEG or openssl")
        return
    checks = Checks("Files on servers", arguments.tool)
    names = make_files(checks, numpy.random.default_rng(4), arguments.size)
    server = Server(checks.folder)
    try:
        counts(checks, server, names, arguments.size)
        faults(checks, server)
        encrypted(checks)
    finally:
        server.stop()
    checks.finish()


if __name__ == "__main__":
    main()
