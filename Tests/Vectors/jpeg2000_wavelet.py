"""Writes WaveletVectors.swift: sub-bands that a forward transform in NumPy makes of an image that follows a formula.

    python3 Tests/Vectors/jpeg2000_wavelet.py > Tests/ImageryJPEG2000Tests/WaveletVectors.swift; swift format -i Tests/ImageryJPEG2000Tests/WaveletVectors.swift

The transform is T.800 F.4, the inverse of what the library has: F-9 and F-10 (5/3), F-11 (9/7) on a signal that numpy.pad mirrors, columns
before rows. Sample (x, y) of the image is (37 x + 91 y + x y) modulo 256, minus 128. Coefficients of the 9/7 filter are written in steps of 1/64.
"""
import numpy as np

CASES = [(0, 0, 13, 9, 2), (3, 5, 11, 8, 3), (7, 2, 1, 6, 2), (4, 9, 6, 1, 3), (5, 3, 17, 12, 5)]


def forward(signal, start, reversible):
    """1D_SD: (low, high) of rows of numbers, the first of which has coordinate `start`."""
    n = signal.shape[-1]
    if n == 0:
        return signal, signal
    if n == 1:
        return (signal, signal[..., :0]) if start % 2 == 0 else (signal[..., :0], signal * 2)
    margin = 6
    # numpy's "reflect" is whole-sample symmetric, however long the margin.
    x = np.pad(signal, [(0, 0)] * (signal.ndim - 1) + [(margin, margin)], mode="reflect")
    coordinate = np.arange(start - margin, start + n + margin)
    even, odd = coordinate % 2 == 0, coordinate % 2 == 1

    def neighbours(v):
        total = np.zeros_like(v)
        total[..., 1:-1] = v[..., :-2] + v[..., 2:]
        return total

    if reversible:
        x = np.where(odd, x - np.floor_divide(neighbours(x), 2), x)
        x = np.where(even, x + np.floor_divide(neighbours(x) + 2, 4), x)
    else:
        for factor, which in ((-1.586134342059924, odd), (-0.052980118572961, even), (0.882911075530934, odd), (0.443506852043971, even)):
            x = np.where(which, x + factor * neighbours(x), x)
        x = np.where(even, x / 1.230174104914001, x * 1.230174104914001)
    inside = (coordinate >= start) & (coordinate < start + n)
    return x[..., even & inside], x[..., odd & inside]


def plane(values, reversible):
    numbers = values if reversible else np.rint(values * 64)
    return "[" + ", ".join(str(int(v)) for v in numbers.ravel()) + "]"


print("""// Written by Tests/Vectors/jpeg2000_wavelet.py; do not edit.

/// An image's sub-bands: HL, LH and HH from the finest level on, LL at the end.
struct WaveletVector {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
    var levels: Int
    var reversible: [[Int32]]
    /// In steps of 1/64.
    var irreversible: [[Int32]]
}

let waveletVectors: [WaveletVector] = [""")
for x0, y0, w, h, levels in CASES:
    y, x = np.mgrid[y0:y0 + h, x0:x0 + w]
    image = (37 * x + 91 * y + x * y) % 256 - 128
    lists = []
    for reversible in (True, False):
        ll, left, top, bands = image if reversible else image.astype(float), x0, y0, []
        for _ in range(levels):
            low, high = (a.T for a in forward(ll.T, top, reversible))
            ll, hl = forward(low, left, reversible)
            lh, hh = forward(high, left, reversible)
            bands += [hl, lh, hh]
            left, top = (left + 1) // 2, (top + 1) // 2
        lists.append(",\n            ".join(plane(b, reversible) for b in bands + [ll]))
    print(f"    WaveletVector(\n        x: {x0}, y: {y0}, width: {w}, height: {h}, levels: {levels},\n"
          f"        reversible: [\n            {lists[0]},\n        ],\n        irreversible: [\n            {lists[1]},\n        ]),")
print("]")
