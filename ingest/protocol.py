"""What parent and child say to each other, one JSON object a line; the child's answers are not trusted.

parent: a job, then one empty line for each page that it wants
child:  {"pages": n} once opened, then for each wish {"page": {…}} or {"failed": n, "error": code} or {"end": true};
        or {"error": code} at any time, as its last word

What is large lies in files of the scratch folder: a page's image, and the words of a born-digital page.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from ingest.headers import check_size, jpeg_header, png_size
from ingest.limits import Limits
from records.errors import DamagedFile, InvalidInput, ScratchFull, SohoaError, all_errors
from records.orientation import SIDEWAYS, orientation_of
from records.page import Barcode, BarcodeKind, Box, QualityFlag, QualityReport, Word

LINE_BYTES: Final = 64 * 1024  # of one answer
WORDS_BYTES: Final = 4 * 1024 * 1024  # of the words of a page; a dense one has 60 KB
WORD_LETTERS: Final = 200
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}
_EDGES = ("top", "right", "bottom", "left")
_ERRORS = {cls.code: cls for cls in all_errors() if issubclass(cls, InvalidInput | ScratchFull)}


@dataclass(frozen=True, slots=True)
class Job:
    """One file to decode from this page on."""

    path: str
    media_type: str
    scratch: str
    parent: int  # process id
    first_page: int
    careful: bool
    limits: Limits

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> Job:
        parts = json.loads(line)
        return cls(**{**parts, "limits": Limits(**parts["limits"])})


@dataclass(frozen=True, slots=True)
class RasterPage:
    """A page image in a file that is there until the next page is asked for."""

    number: int  # in its file, from 1
    width: int  # pixels
    height: int  # pixels
    image: Path
    media_type: str  # image/jpeg or image/png
    quality: QualityReport
    barcodes: tuple[Barcode, ...] = ()
    words: tuple[Word, ...] = ()  # that a born-digital page shows; whether they are sound is not asked yet


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that cannot be shown."""

    number: int
    error: InvalidInput | ScratchFull


def page_file(scratch: Path, number: int, media_type: str) -> Path:
    """Where the image of a page lies."""
    return scratch / f"{number}.{_SUFFIXES[media_type]}"


def words_file(scratch: Path, number: int) -> Path:
    """Where the words of a page lie, if it has any: a JSON list of [text, x0, y0, x1, y1]."""
    return scratch / f"{number}.words.json"


def write_words(scratch: Path, page: RasterPage) -> None:
    """Lay the words of a page down for the parent."""
    if page.words:
        listed = [[word.text, *word.box.as_list()] for word in page.words]
        words_file(scratch, page.number).write_text(json.dumps(listed))


def page_line(page: RasterPage) -> bytes:
    """The child's answer for a page, without its words."""
    facts = asdict(replace(page, words=()))
    del facts["image"], facts["words"]
    return json.dumps({"page": facts | {"has_words": bool(page.words)}}).encode() + b"\n"


class Garbled(Exception):
    """The child's answer is not one that our own decoder gives."""


def checked_line(untrusted: bytes) -> dict[str, Any]:
    """The JSON object in an answer; raises Garbled."""
    try:
        answer = json.loads(untrusted)
    except ValueError:
        raise Garbled from None
    if not isinstance(answer, dict):
        raise Garbled
    return answer


def checked_error(untrusted_code: object) -> InvalidInput | ScratchFull:
    """The error with this code; one that no decoder gives is taken as a damaged file."""
    return _ERRORS.get(str(untrusted_code), DamagedFile)()


def checked_page(untrusted: Any, number: int, scratch: Path, limits: Limits) -> RasterPage:
    """A page as the child describes it, held against the image file that it left; raises Garbled."""
    try:
        media_type = untrusted["media_type"]
        image = page_file(scratch, number, media_type)
        width, height = _size_in(image, media_type, limits)
        if (untrusted["number"], untrusted["width"], untrusted["height"]) != (number, width, height):
            raise Garbled
        quality = _quality(untrusted["quality"])
        codes = tuple(_barcode(code, width, height) for code in untrusted["barcodes"])
        words = _words(words_file(scratch, number), width, height) if untrusted.get("has_words") else ()
    except (KeyError, TypeError, ValueError, AttributeError, OSError, SohoaError):
        raise Garbled from None
    return RasterPage(number, width, height, image, media_type, quality, codes, words)


def _left_by_the_child(path: Path, most_bytes: int) -> bytes:
    """What is in a file that is a file and no link."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if os.fstat(file.fileno()).st_size > most_bytes:
            raise Garbled
        return file.read()


def _words(path: Path, width: int, height: int) -> tuple[Word, ...]:
    listed = json.loads(_left_by_the_child(path, WORDS_BYTES))
    path.unlink()
    return tuple(_word(one, width, height) for one in listed)


def _word(untrusted: Any, width: int, height: int) -> Word:
    text, *corners = untrusted
    x0, y0, x1, y1 = corners
    box = Box(_whole(x0, 0, width), _whole(y0, 0, height), _whole(x1, 0, width), _whole(y1, 0, height))
    is_word = (
        isinstance(text, str) and 0 < len(text) <= WORD_LETTERS and text.isprintable() and " " not in text
    )
    if not is_word or box.x0 > box.x1 or box.y0 > box.y1:
        raise Garbled
    return Word(unicodedata.normalize("NFC", text), box, 1.0)


def _size_in(image: Path, media_type: str, limits: Limits) -> tuple[int, int]:
    """Width and height in the header of an image file."""
    untrusted = _left_by_the_child(image, limits.output_bytes)
    if media_type == "image/png":
        width, height = png_size(untrusted)
    else:
        header = jpeg_header(untrusted)
        width, height = header.width, header.height
        if orientation_of(untrusted) in SIDEWAYS:
            width, height = height, width
    check_size(width, height, limits.pixels)
    return width, height


def _quality(untrusted: Any) -> QualityReport:
    return QualityReport(
        dpi=_whole(untrusted["dpi"], 0, 100_000),
        dpi_source=_one_of(untrusted["dpi_source"], ("pdf", "header", "assumed_a4")),
        colour=_one_of(untrusted["colour"], ("colour", "gray", "bilevel")),
        skew=_between(untrusted["skew"], -180, 180),
        sharpness=_between(untrusted["sharpness"], 0, 1),
        ink=_between(untrusted["ink"], 0, 1),
        cut_edges=tuple(_one_of(edge, _EDGES) for edge in untrusted["cut_edges"]),
        flags=tuple(QualityFlag(flag) for flag in untrusted["flags"]),
    )


def _barcode(untrusted: Any, width: int, height: int) -> Barcode:
    box = untrusted["box"]
    x0, x1 = _whole(box["x0"], 0, width), _whole(box["x1"], 0, width)
    y0, y1 = _whole(box["y0"], 0, height), _whole(box["y1"], 0, height)
    if not isinstance(untrusted["text"], str) or x0 > x1 or y0 > y1:
        raise Garbled
    return Barcode(BarcodeKind(untrusted["kind"]), untrusted["text"], Box(x0, y0, x1, y1))


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Garbled
    return str(value)


def _between(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Garbled
    return float(value)


def _whole(value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Garbled
    return value
