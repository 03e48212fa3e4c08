"""To whom a paper is addressed: what follows "Kính gửi:", on its line or as a list below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classify.blocks import rows
from classify.found import Found, reading_confidence
from classify.layout import Layout, Segment
from classify.syllables import is_syllable
from records.page import Word
from records.vietnamese import folded

_LABEL = re.compile(r"^\W*k[ií]nh g[uứ][iỉ]\b[\s:;.]*")
_DASH = re.compile(r"^[-–—•*+]+")
_ENDS = re.compile(r"\.(?:/\.)?$")
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»[]{}<>\\•+/"
UPPER = 0.7  # share of the page in which it may begin
LINES = 12
SUMMARY = re.compile(
    r"^\W*(?:v/v|ve viec|can cu|thuc hien|theo|trich yeu|ten toi|toi ten|ho va ten|ho, chu dem)\b"
)


def addressee(layout: Layout) -> Found | None:
    """Whom this page addresses, the entries of a list parted by "; "."""
    lines = rows(layout.segments)
    for index, row in enumerate(lines):
        label = _LABEL.match(row.key)
        if row.box.y0 > UPPER * layout.height:
            return None
        if label is not None:
            first = _behind(row, label.end())
            return _told(layout, [first, *_below(layout, row, first, lines[index + 1 :])])
    return None


def _behind(row: Segment, position: int) -> tuple[Word, ...]:
    """The words of a row from a position of its key on."""
    reached = 0
    for index, word in enumerate(row.words):
        if reached >= position:
            return row.words[index:]
        reached += len(folded(word.text)) + 1
    return ()


def _below(
    layout: Layout, label: Segment, first: Sequence[Word], following: Sequence[Segment]
) -> Iterator[tuple[Word, ...]]:
    """The lines that go on with it: a list's entries, and lines that hang under what they continue."""
    start = first[0].box.x0 if first else label.box.x1
    above, ended = label, bool(first) and _ENDS.search(first[-1].text) is not None
    for row in following[:LINES]:
        if ended or row.box.y0 - above.box.y1 > 1.4 * layout.line_height or SUMMARY.match(row.key):
            return
        listed = _DASH.match(row.text) is not None
        if not listed and not _hangs(layout, row, start):
            return
        if not first and not listed and above is label:
            start = row.box.x0
        start = row.words[1 if listed and len(row.words) > 1 else 0].box.x0 if listed else start
        yield row.words
        above, ended = row, _ENDS.search(row.text) is not None


def _hangs(layout: Layout, row: Segment, start: float) -> bool:
    """Whether a row continues what begins at `start`: it begins there, or is centred and goes on in small letters."""
    left, right = layout.body
    if abs(row.box.x0 - start) < 1.2 * layout.line_height:
        return row.box.x0 > left + 0.12 * (right - left)
    centred = abs(row.box.centre[0] - (left + right) / 2) < 0.05 * layout.width
    return centred and row.box.width < 0.8 * (right - left) and row.text[:1].islower()


def _told(layout: Layout, lines: Sequence[Sequence[Word]]) -> Found | None:
    entries: list[list[str]] = []
    words: list[Word] = []
    for line in lines:
        texts = [word.text for word in line]
        if texts and (_DASH.match(texts[0]) or not entries):
            entries.append([])
        if texts:
            entries[-1] += [_DASH.sub("", texts[0]), *texts[1:]]
        words += line
    value = "; ".join(filter(None, (" ".join(entry).strip(_NOISE) for entry in entries)))
    if sum(char.isalpha() for char in value) < 3:
        return None
    odd = sum(part.isalpha() and part.islower() and not is_syllable(part) for part in value.split())
    return Found(value, reading_confidence(words) * 0.75**odd, tuple(words), layout, "addressee")
