"""Plain TIFF samples of any depth: the depths and kinds of number that the usual readers refuse or get wrong.

TIFF 6.0, with its Technical Notes 1 to 3 for deflate and the floating-point predictor.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.depth import eight_bit, shown_on_white, without_idle_colour
from ingest.raster import Pixels
from ingest.tiff_directory import Directory
from records.errors import DamagedFile

_STORED, _LZW, _PACKBITS, _DEFLATE = 1, 5, 32773, (8, 32946)
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_MIN_IS_WHITE, _RGB, _PALETTE, _CMYK = 0, 2, 3, 5
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_DEEPEST_PACKED = 32  # bits of a sample that does not fill whole bytes
_TYPES = {_UNSIGNED: "u", _SIGNED: "i", _FLOAT: "f"}

Samples = NDArray[Any]  # height × width × channels


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the samples of one directory are stored."""

    width: int
    height: int
    channels: int
    bits: int
    kind: int
    order: str
    planes: int  # 1 = channels side by side
    predictor: int
    compression: int

    @property
    def type(self) -> np.dtype[Any]:
        """The numpy type of a sample: that of the file, or the next larger one."""
        size = next((size for size in (8, 16, 32, 64) if size >= self.bits), 64)
        return np.dtype(f"{_TYPES[self.kind]}{size // 8}")


def reads(directory: Directory) -> bool:
    """Whether this module knows the depth, compression and colour of the directory."""
    bits, kind = _common(directory, 258, 1), _common(directory, 339, 1)
    whole = bits in (8, 16, 24, 32, 64) if kind == _UNSIGNED else bits in (8, 16, 32, 64)
    packed = kind == _UNSIGNED and 1 <= bits <= _DEEPEST_PACKED
    if kind == _FLOAT and bits == 8:
        return False
    return (
        (whole or packed)
        and kind in _TYPES
        and directory.value(259, 1) in (_STORED, _LZW, _PACKBITS, *_DEFLATE)
        and directory.value(262, -1) in (0, 1, _RGB, _PALETTE, _CMYK)
        and directory.value(266, 1) in (1, 2)
    )


def pixels(untrusted: BinaryIO, directory: Directory) -> tuple[Pixels, bool]:
    """The page as stored, not turned, and whether all of it was there; raises DamagedFile."""
    layout = _layout(directory)
    samples = np.zeros((layout.height, layout.width, layout.channels), layout.type)
    whole = True
    for chunk in _chunks(directory, layout):
        data, complete = _inflated(_read(untrusted, chunk), chunk.size(layout), layout.compression, directory)
        whole = whole and complete
        block = _unpacked(data, chunk, layout)
        target = samples[
            chunk.top : chunk.top + chunk.rows, chunk.left : chunk.left + chunk.columns, chunk.channels
        ]
        target[...] = block[: target.shape[0], : target.shape[1]]
    return _coloured(samples, directory, layout), whole


def _layout(directory: Directory) -> _Layout:
    return _Layout(
        width=directory.width,
        height=directory.height,
        channels=max(1, directory.value(277, 1)),
        bits=_common(directory, 258, 1),
        kind=_common(directory, 339, 1),
        order=directory.order,
        planes=directory.value(284, 1),
        predictor=directory.value(317, 1),
        compression=directory.value(259, 1),
    )


def _common(directory: Directory, tag: int, default: int) -> int:
    """The value of a tag that all channels share; 0 when they differ."""
    values = set(directory.tags.get(tag, (default,)))
    return int(values.pop()) if len(values) == 1 else 0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A strip or a tile."""

    offset: int
    count: int
    top: int
    left: int
    rows: int
    columns: int
    channels: slice

    def row_bytes(self, layout: _Layout) -> int:
        channels: int = self.channels.stop - self.channels.start
        return (self.columns * channels * layout.bits + 7) // 8

    def size(self, layout: _Layout) -> int:
        return self.row_bytes(layout) * self.rows


def _chunks(directory: Directory, layout: _Layout) -> Iterator[_Chunk]:
    tiled = 324 in directory.tags
    offsets, counts = (
        directory.tags.get(324 if tiled else 273, ()),
        directory.tags.get(325 if tiled else 279, ()),
    )
    rows = directory.value(323 if tiled else 278, layout.height)
    columns = directory.value(322) if tiled else layout.width
    if not offsets or not 0 < rows <= 1 << 31 or not 0 < columns <= 1 << 20:
        raise DamagedFile("the TIFF does not say where its image lies")
    rows = rows if tiled else min(rows, layout.height)
    separate = layout.planes == 2
    channels = [slice(c, c + 1) for c in range(layout.channels)] if separate else [slice(0, layout.channels)]
    places = (
        (c, y, x)
        for c in channels
        for y in range(0, layout.height, rows)
        for x in range(0, layout.width, columns)
    )
    for index, (some, top, left) in enumerate(places):
        if index >= len(offsets):
            return
        here = rows if tiled else min(rows, layout.height - top)
        count = int(counts[index]) if index < len(counts) else 1 << 31
        yield _Chunk(int(offsets[index]), count, top, left, here, columns, some)


def _read(untrusted: BinaryIO, chunk: _Chunk) -> bytes:
    untrusted.seek(min(chunk.offset, 1 << 62))
    return untrusted.read(chunk.count)


def _inflated(untrusted: bytes, size: int, compression: int, directory: Directory) -> tuple[bytes, bool]:
    """The bytes of a chunk, filled up with zeros, and whether they were all there."""
    if directory.value(266, 1) == 2:
        untrusted = untrusted.translate(_REVERSED)
    if compression == _STORED:
        data = untrusted[:size]
    elif compression in _DEFLATE:
        data = _deflated(untrusted, size)
    else:
        data = _by_pillow(untrusted, size, compression)
    return data.ljust(size, b"\0"), len(data) == size


def _deflated(untrusted: bytes, size: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(untrusted, size)
    except zlib.error:
        return b""


def _by_pillow(untrusted: bytes, size: int, compression: int) -> bytes:
    """Let libtiff unpack the bytes of a chunk: as the only strip of a gray image with one row."""
    tags = [
        (256, size),
        (257, 1),
        (258, 8),
        (259, compression),
        (262, 1),
        (273, 8 + 2 + 9 * 12 + 4),
        (277, 1),
    ]
    tags += [(278, 1), (279, len(untrusted))]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    file = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4) + untrusted
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(file), formats=("TIFF",)) as image,
        ):
            return image.tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""


def _unpacked(data: bytes, chunk: _Chunk, layout: _Layout) -> Samples:
    """Bytes of a chunk as rows × columns × channels."""
    channels = chunk.channels.stop - chunk.channels.start
    shape = (chunk.rows, chunk.columns, channels)
    rows = np.frombuffer(data, np.uint8).reshape(chunk.rows, chunk.row_bytes(layout))
    if layout.predictor == 3 and layout.kind == _FLOAT:
        return _float_predicted(rows, shape, layout)
    samples = _numbers(rows, shape, layout)
    if layout.predictor == 2 and layout.kind != _FLOAT:
        samples = np.cumsum(samples, axis=1, dtype=samples.dtype)
        if layout.bits < samples.dtype.itemsize * 8:
            samples &= samples.dtype.type((1 << layout.bits) - 1)
    elif layout.predictor == 2:
        wide = np.dtype(f"u{layout.type.itemsize}")
        samples = np.cumsum(samples.view(wide), axis=1, dtype=wide).view(layout.type)
    return samples


def _numbers(rows: NDArray[np.uint8], shape: tuple[int, int, int], layout: _Layout) -> Samples:
    if layout.bits == layout.type.itemsize * 8:
        stored = layout.type.newbyteorder(layout.order)  # type: ignore[arg-type]
        return np.ascontiguousarray(rows).view(stored).reshape(shape).astype(layout.type)
    if layout.bits == 24:
        triples = rows.reshape(*shape, 3).astype(np.uint32)
        low, high = (0, 2) if layout.order == "<" else (2, 0)
        return triples[..., low] | triples[..., 1] << 8 | triples[..., high] << 16
    bits = np.unpackbits(rows, axis=1)[:, : shape[1] * shape[2] * layout.bits]
    weights = (1 << np.arange(layout.bits - 1, -1, -1, dtype=np.uint64)).astype(layout.type)
    return np.asarray((bits.reshape(*shape, layout.bits) * weights).sum(axis=3, dtype=layout.type))


def _float_predicted(rows: NDArray[np.uint8], shape: tuple[int, int, int], layout: _Layout) -> Samples:
    """Undo the predictor for floats: bytes of a row are differences, most significant bytes of all samples first."""
    size, channels = layout.type.itemsize, shape[2]
    summed = np.cumsum(rows.reshape(rows.shape[0], -1, channels), axis=1, dtype=np.uint8)
    planes = summed.reshape(rows.shape[0], size, shape[1] * channels)
    big_endian = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(layout.type.newbyteorder(">"))
    return big_endian.reshape(shape).astype(layout.type)


def _coloured(samples: Samples, directory: Directory, layout: _Layout) -> Pixels:
    photometric = directory.value(262)
    if photometric == _PALETTE:
        return _from_palette(samples[:, :, 0], directory, layout)
    needed = {_RGB: 3, _CMYK: 4}.get(photometric, 1)
    if layout.channels < needed:
        raise DamagedFile("the TIFF has fewer channels than its colours need")
    extra = directory.value(338) if layout.channels > needed else 0
    levels = eight_bit(samples[:, :, : needed + (1 if extra in (1, 2) else 0)], layout.bits)
    colours, alpha = levels[:, :, :needed], levels[:, :, needed:]
    if photometric == _CMYK:
        colours = _from_cmyk(colours)
    elif photometric == _MIN_IS_WHITE:
        colours = eight_bit(_inverted(samples[:, :, :1], layout), layout.bits)
    shown = np.ascontiguousarray(colours[:, :, ::-1])
    if alpha.size:
        shown = shown_on_white(shown, alpha, associated=extra == 1)
    return without_idle_colour(shown) if shown.shape[2] == 3 else np.ascontiguousarray(shown[:, :, 0])


def _inverted(samples: Samples, layout: _Layout) -> Samples:
    """The samples of a page on which the least value is white, turned round within the depth that the file states."""
    white = (1 << layout.bits) - 1 if layout.kind == _UNSIGNED else samples.max()
    return np.asarray(samples.dtype.type(white) - samples)


def _from_cmyk(levels: Pixels) -> Pixels:
    paper = 255 - levels[:, :, 3:].astype(np.uint16)
    return np.asarray((255 - levels[:, :, :3].astype(np.uint16)) * paper // 255, np.uint8)


def _from_palette(indexes: NDArray[Any], directory: Directory, layout: _Layout) -> Pixels:
    colours = np.asarray(directory.tags.get(320, ()), np.float64)
    if layout.bits > 16 or colours.size < 3 << layout.bits:
        raise DamagedFile("the TIFF has no palette")
    wide = colours.max() > 255  # 16 bits a channel; some programs write 8
    table = np.asarray(colours[: 3 << layout.bits].reshape(3, -1).T / (256 if wide else 1), np.uint8)
    return without_idle_colour(np.ascontiguousarray(table[indexes.astype(np.int64)][:, :, ::-1]))
