"""A page as rules look at it: upright, cut into pieces of print that stand alone, measured in line heights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from records.page import Box, PageText, Word, turn_back, union, upright
from records.vietnamese import folded

LEVEL = 0.006  # lines that fall less (a third of a degree) are left as they are
GAP = 2.0  # line heights of white that part two columns; the blanks of justified print are narrower


@dataclass(frozen=True)
class Segment:
    """Words of one line without a wide gap between them, in the upright page."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        return union([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def key(self) -> str:
        return folded(self.text)

    @cached_property
    def capitals(self) -> float:
        """The share of capitals among its letters; 0 without letters."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0

    @cached_property
    def letters(self) -> int:
        return sum(char.isalpha() for char in self.text)

    @cached_property
    def confidence(self) -> float:
        """The mean over its words, each weighed by its length."""
        weight = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / weight if weight else 0.0


@dataclass(frozen=True)
class Layout:
    """One page: its segments from top to bottom, in pixels of the upright page."""

    number: int  # in the record, from 1
    source: PageText
    width: int
    height: int
    segments: tuple[Segment, ...]
    printed: Mapping[Word, Box]  # where each word lies on the page before it was levelled

    @cached_property
    def line_height(self) -> float:
        """The usual height of a line of print, in pixels."""
        heights = [segment.box.height for segment in self.segments if segment.letters >= 6]
        return float(median(heights)) if heights else self.height / 70

    @cached_property
    def body(self) -> tuple[int, int]:
        """Left and right edge of the print; where there are no long lines, of the page less its margins."""
        long = [s.box for s in self.segments if s.box.width > 0.5 * self.width]
        if len(long) < 3:
            return round(self.width * 0.12), round(self.width * 0.93)
        return round(median(b.x0 for b in long)), round(median(b.x1 for b in long))

    def stored(self, words: Iterable[Word]) -> Box:
        """The box around these words (at least one) in pixels of the image as stored."""
        return turn_back(union([self.printed[word] for word in words]), self.source)

    def row(self, segment: Segment) -> list[Segment]:
        """Everything that stands on the line of this segment, from left to right, itself included."""
        middle = segment.box.centre[1]
        reach = max(0.5 * segment.box.height, 0.45 * self.line_height)
        near = [s for s in self.segments if abs(s.box.centre[1] - middle) <= reach]
        return sorted(near, key=lambda s: s.box.x0)


def laid_out(page: PageText, number: int) -> Layout:
    """The page (number from 1 in its record), upright and level, in segments."""
    flat = upright(page)
    lines, printed = levelled(flat)
    segments = [part for line in lines for part in split_at_gaps(_printed(line))]
    ordered = sorted(segments, key=lambda s: (s.box.y0, s.box.x0))
    return Layout(number, page, flat.width, flat.height, tuple(ordered), printed)


def levelled(page: PageText) -> tuple[list[tuple[Word, ...]], dict[Word, Box]]:
    """The words of each line of an upright page, turned level about its middle, and the box each came from."""
    slope = _slope(page)
    printed: dict[Word, Box] = {}
    lines: list[tuple[Word, ...]] = []
    for line in page.lines:
        words = tuple(
            Word(word.text, _level(word.box, slope, page), word.confidence) if slope else word
            for word in line.words
        )
        printed.update(zip(words, (word.box for word in line.words), strict=True))
        lines.append(words)
    return lines, printed


def _slope(page: PageText) -> float:
    """How much the lines of print fall to the right: y over x; 0 when they are level or too few."""
    falls: list[float] = []
    for line in page.lines:
        if len(line.words) < 4:
            continue
        (x0, y0), (x1, y1) = line.words[0].box.centre, line.words[-1].box.centre
        if x1 - x0 > 0.2 * page.width:
            falls.append((y1 - y0) / (x1 - x0))
    slope = float(median(falls)) if len(falls) >= 3 else 0.0
    return slope if LEVEL <= abs(slope) < 0.3 else 0.0


def _level(box: Box, slope: float, page: PageText) -> Box:
    (x, y), tall = box.centre, max(box.height - abs(slope) * box.width, 0.5 * box.height)
    left = x + slope * (y - page.height / 2) - box.width / 2
    top = y - slope * (x - page.width / 2) - tall / 2
    return Box(round(left), round(top), round(left + box.width), round(top + tall))


def _printed(words: Iterable[Word]) -> list[Word]:
    return sorted((word for word in words if word.text.strip()), key=lambda word: word.box.x0)


def split_at_gaps(words: Sequence[Word], gap: float = GAP) -> list[Segment]:
    """Words of one line (left to right) as segments; `gap` in heights of the line's words."""
    if not words:
        return []
    height = median(word.box.height for word in words)
    groups: list[list[Word]] = [[words[0]]]
    for word in words[1:]:
        if word.box.x0 - groups[-1][-1].box.x1 > gap * height:
            groups.append([])
        groups[-1].append(word)
    return [Segment(tuple(group)) for group in groups]


def cut_before(segment: Segment, start: int) -> tuple[Segment | None, Segment]:
    """The segment in two: before and from the word that holds position `start` of its key."""
    reached = 0
    for index, word in enumerate(segment.words):
        reached += len(folded(word.text)) + 1
        if reached > start + 1:
            left, right = segment.words[:index], segment.words[index:]
            return (Segment(left) if left else None), Segment(right)
    return None, segment


def joined(segments: Iterable[Segment]) -> Segment:
    """One segment out of several, in the order given (at least one word in all)."""
    return Segment(tuple(word for segment in segments for word in segment.words))
