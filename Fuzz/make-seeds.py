#!/usr/bin/env python3
"""make-seeds.py: writes Fuzz/seeds/inflate, small streams of every block type and container made by Python's zlib.

Two bytes lead each stream: the container (0 zlib, 1 raw, 2 gzip) and the size of the pieces (see FuzzInflate.swift).
"""
import os
import random
import zlib

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "seeds", "inflate")
os.makedirs(folder, exist_ok=True)
draw = random.Random(1951)
payloads = {
    "empty": b"", "run": b"a" * 700, "text": b"the quick brown fox jumps over the lazy dog; " * 12 + b"end",
    "skewed": bytes(min(255, int(draw.expovariate(0.15))) for _ in range(1500)), "noise": bytes(draw.randrange(256) for _ in range(200)),
}
for name, payload in payloads.items():
    for container, bits in enumerate((15, -15, 31)):
        for strategy, word in ((zlib.Z_DEFAULT_STRATEGY, "dynamic"), (zlib.Z_FIXED, "fixed")):
            coder = zlib.compressobj(9, zlib.DEFLATED, bits, 9, strategy)
            stream = coder.compress(payload) + coder.flush()
            with open(os.path.join(folder, f"{name}-{word}-{container}"), "wb") as file:
                file.write(bytes([container, 3 + 13 * container]) + stream)
coder = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
stream = b"".join(coder.compress(payload) + coder.flush(zlib.Z_FULL_FLUSH) for payload in payloads.values()) + coder.flush()
with open(os.path.join(folder, "flushed"), "wb") as file:
    file.write(b"\0\2" + stream)
