"""Draws the app's two icons with the standard library alone: three ways that meet in one point.

python3 appPackage/icons.py
"""

import math
import struct
import zlib
from pathlib import Path

NAVY, WHITE, CLEAR = (31, 58, 95, 255), (255, 255, 255, 255), (255, 255, 255, 0)
# Start and end of each way, in units of the icon; then the point where they meet.
WAYS = [((0.22, 0.24), (0.70, 0.50)), ((0.22, 0.50), (0.70, 0.50)), ((0.22, 0.76), (0.70, 0.50))]
MEETING = (0.72, 0.50)


def distance(p, a, b):
    """From a point to a segment."""
    t = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)
    t = min(1.0, max(0.0, t))
    return math.dist(p, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))


def is_drawn(p):
    return any(distance(p, a, b) < 0.035 or math.dist(p, a) < 0.07 for a, b in WAYS) or math.dist(p, MEETING) < 0.13


def pixel(x, y, size, ground):
    """The mean of 4 by 4 samples, so that edges are smooth."""
    hits = sum(is_drawn(((x + (i + 0.5) / 4) / size, (y + (j + 0.5) / 4) / size)) for i in range(4) for j in range(4)) / 16
    return bytes(round(g + (w - g) * hits) for g, w in zip(ground, WHITE))


def write(path, size, ground):
    rows = b"".join(b"\0" + b"".join(pixel(x, y, size, ground) for x in range(size)) for y in range(size))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


folder = Path(__file__).parent
write(folder / "color.png", 192, NAVY)
write(folder / "outline.png", 32, CLEAR)
