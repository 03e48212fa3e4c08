"""The head of a paper in its two blocks: the agency at the left, motto and date at the right (Decree 30/2020)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classify.fuzzy import allowed, find
from classify.layout import Layout, Segment, cut_before, joined

MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
PARTY = "dang cong san viet nam"
_NUMBER = re.compile(r"^\W*so\W{0,3}.*/")
_DATE = re.compile(r"\bngay\b.*\bnam\b")
HEAD = 0.45  # share of the page in which a head is looked for
HEAD_LINES = 12  # how many lines below the motto still belong to it


@dataclass(frozen=True)
class Head:
    """What stands at the top of a page, left and right of the gutter."""

    layout: Layout
    motto: Segment | None  # the line of the motto that was found, or the party's name
    first_line: bool  # it is the first line; the second (Độc lập …) stands lower
    gutter: float  # x in pixels
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    @property
    def is_party(self) -> bool:
        """Whether the party's name stands where the state's motto would."""
        return self.motto is not None and find(PARTY, self.motto.key).edits <= allowed(PARTY, 0.2)

    @property
    def two_columns(self) -> bool:
        """Whether agency and motto stand side by side, and not the motto alone in the middle.

        Where the motto could not be read, number and date side by side say the same.
        """
        if self.motto is not None:
            return self.motto.box.centre[0] > 0.56 * self.layout.width
        numbered = any(_NUMBER.match(segment.key) for segment in self.left)
        return numbered and any(_DATE.search(segment.key) for segment in self.right)

    @property
    def top(self) -> float:
        """Where the head begins: nothing above the motto (stamps of e-signatures) belongs to it."""
        if self.motto is None:
            return 0.0
        lines_above = 1.3 if self.first_line else 2.9
        return self.motto.box.y0 - lines_above * self.motto.box.height

    @property
    def bottom(self) -> float:
        start = self.motto.box.y1 if self.motto else 0.08 * self.layout.height
        return start + HEAD_LINES * 1.35 * self.layout.line_height


def read_head(layout: Layout) -> Head:
    """The head of this page; without a motto the gutter is put a little left of the middle."""
    segments, motto, first_line = _with_motto_cut_free(layout)
    gutter = motto.box.x0 - 0.3 * motto.box.height if motto else 0.44 * layout.width
    head = Head(layout, motto, first_line, gutter, (), ())
    inside = [s for s in segments if head.top <= s.box.centre[1] <= head.bottom]
    left = [s for s in _parted(inside, gutter) if s.box.centre[0] < gutter]
    right = [s for s in _parted(inside, gutter) if s.box.centre[0] >= gutter]
    return Head(layout, motto, first_line, gutter, tuple(left), tuple(right))


def _with_motto_cut_free(layout: Layout) -> tuple[list[Segment], Segment | None, bool]:
    """The segments of the page, the motto parted from an agency's name that was read in one line with it."""
    for phrase in (*MOTTO, PARTY):
        for index, segment in enumerate(layout.segments):
            if segment.box.y0 > HEAD * layout.height:
                break
            found = find(phrase, segment.key)
            if found.edits <= allowed(phrase, 0.2) and (phrase != PARTY or segment.capitals > 0.7):
                before, motto = cut_before(segment, found.start) if found.start > 2 else (None, segment)
                others = [*layout.segments[:index], *layout.segments[index + 1 :]]
                pieces = [motto] if before is None else [before, motto]
                return (
                    sorted([*others, *pieces], key=lambda s: (s.box.y0, s.box.x0)),
                    motto,
                    phrase != MOTTO[1],
                )
    return list(layout.segments), None, True


def _parted(segments: list[Segment], gutter: float) -> Iterator[Segment]:
    """Segments that run over the gutter, cut at it where they leave a gap there."""
    for segment in segments:
        cut = next((i for i, word in enumerate(segment.words) if word.box.centre[0] > gutter), 0)
        words = segment.words
        if 0 < cut < len(words) and words[cut].box.x0 - words[cut - 1].box.x1 > 0.9 * segment.box.height:
            yield Segment(words[:cut])
            yield Segment(words[cut:])
        else:
            yield segment


def rows(segments: tuple[Segment, ...]) -> list[Segment]:
    """Segments that stand side by side put together, from top to bottom."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.box.centre[1]):
        last = lines[-1][0] if lines else None
        if last and abs(segment.box.centre[1] - last.box.centre[1]) < 0.45 * max(
            last.box.height, segment.box.height
        ):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [joined(sorted(line, key=lambda s: s.box.x0)) for line in lines]
