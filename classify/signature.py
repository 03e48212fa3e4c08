"""The signature block: by what authority and as what somebody signs, and the name under the seal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from classify.found import Found, reading_confidence
from classify.layout import Layout, Segment
from classify.person_names import NameChecker
from classify.signer_title import TitleReader

_RECIPIENTS = re.compile(r"^\W*no[iìj] nh[aâ][nm]")
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\•"
ASKEW = 0.6  # of a line's height: so far apart the middles of a title's lines may be
HIDDEN = 0.6  # how far a title is believed of which a part seems to be hidden
ALOOF = 1.0  # of a line's height: a name farther from the middle of its title …
DOUBTED = 0.85  # … doubts it
ASIDE = 0.6  # … and from the middle of a line whose first letter is hidden: KT. or PHÓ is hidden with it
OFF_CENTRE = 0.2  # of a name's width
ALONE = 0.85  # how sure a name without a title over it must be
SPOILT = 0.6  # so badly a line is read that a seal lies over it
NO_NAME = 0.65  # a name of which less is believed may be none
TEXT, LINES = (
    0.85,
    3,
)  # share of the body's width that a line of running text fills, and how many of them are a text
REACH = 0.30  # share of the page below a title in which its name may stand


@dataclass(frozen=True)
class Signature:
    title: Found | None
    name: Found | None
    recipients: bool  # "Nơi nhận:" stands on the same page


class SignatureReader:
    """Finds signature blocks with the titles and family names at hand."""

    def __init__(self, titles: TitleReader, names: NameChecker) -> None:
        self._titles = titles
        self._names = names

    def read(self, pages: Sequence[Layout]) -> Signature | None:
        """The signature of the paper: of the page with the recipients, else the last one found."""
        found = [s for s in (self._on_page(page) for page in pages) if s is not None]
        complete = [s for s in found if s.name is not None and s.title is not None] or found
        with_recipients = [s for s in complete if s.recipients]
        if with_recipients:
            return with_recipients[0]
        return complete[-1] if complete else None

    def _on_page(self, layout: Layout) -> Signature | None:
        recipients = next((s for s in layout.segments if _RECIPIENTS.match(s.key)), None)
        best: Signature | None = None
        for block in self._blocks(layout):
            name = self._name(layout, _below(layout, block), middle=_middle(block))
            title = self._title(layout, block, name)
            unsure = name is None or name.confidence < NO_NAME
            if title is not None and unsure and _text_follows(layout, block):
                continue  # who decides ("BỘ TRƯỞNG BỘ TƯ PHÁP" over "Căn cứ …"), and signs further down
            if title is not None and name is not None and not _above(block, name):
                title = title.doubted(DOUBTED)
            if title is not None and (best is None or name is not None or best.name is None):
                best = Signature(title, name, recipients is not None)
            elif name is not None and best is None and _room_to_sign(layout, block, name):
                best = Signature(None, name.doubted(0.9), recipients is not None)
        if recipients is not None and (best is None or best.name is None):
            name = self._name(layout, _beside(layout, recipients))
            if name is not None:
                best = Signature(best.title if best else None, name.doubted(0.9), True)
        if best is None:
            name = self._name(layout, _alone(layout))
            if name is not None and name.confidence >= ALONE:
                best = Signature(None, name.doubted(0.8), False)
        return best

    def _blocks(self, layout: Layout) -> Iterator[list[Segment]]:
        """Runs of lines in the right half, one under the other, that may be a title."""
        block: list[Segment] = []
        for line in layout.segments:
            if not self._may_be_title(layout, line):
                continue
            if block and not _continues(layout, block[-1], line):
                yield block
                block = []
            block.append(line)
        if block:
            yield block

    def _may_be_title(self, layout: Layout, line: Segment) -> bool:
        top = 0.2 if layout.number == 1 else 0.02
        if line.box.y0 < top * layout.height or line.letters < 3:
            return False
        if line.box.centre[0] < 0.54 * layout.width or line.box.x0 < 0.38 * layout.width:
            return False
        return line.capitals > 0.7 or self._titles.knows(line)

    def _title(self, layout: Layout, block: Sequence[Segment], name: Found | None) -> Found | None:
        title = self._titles.read(block, named=name is not None and _apart(layout, block))
        if title is None or (title.cut and not _over(block[-1], name)):
            return None
        words = tuple(word for line in block for word in line.words)
        found = Found(title.text, title.confidence, words, layout, "signature_block")
        restored = len(title.text) > sum(len(line.text) + 1 for line in block)
        return found if restored or _centred(block) else found.doubted(HIDDEN)

    def _name(self, layout: Layout, segments: Iterable[Segment], middle: float | None = None) -> Found | None:
        """The best name among these segments; `middle` is that of the title over it."""
        names = [found for found in (self._as_name(layout, s, middle) for s in segments) if found is not None]
        return max(names, key=lambda found: found.confidence, default=None)

    def _as_name(self, layout: Layout, segment: Segment, middle: float | None) -> Found | None:
        if self._titles.knows(segment):
            return None
        words = tuple(word for word in segment.words if any(c.isalpha() for c in word.text))
        read = self._names.plain(" ".join(word.text.strip(_NOISE) for word in words)).split()
        own = words[-len(read) :]
        texts = self._names.mended(
            [read[0], *map(self._names.given_mended, read[1:], (word.confidence for word in own[1:]))]
            if read
            else []
        )
        score = self._names.score(texts)
        if score < 0.5:
            return None
        first = self._names.believed(read[0], texts[0], own[0].confidence)
        given = [
            replace(w, confidence=self._names.given_chance(r, t, w.confidence))
            for w, r, t in zip(own[1:], read[1:], texts[1:], strict=True)
        ]
        confidence = score * reading_confidence([replace(own[0], confidence=first), *given])
        off = abs(segment.box.centre[0] - middle) / segment.box.width if middle is not None else 0.0
        if off > OFF_CENTRE / (2 if len(texts) == 2 else 1):
            confidence *= 0.5 if len(texts) == 2 else 0.8  # a seal may hide its beginning
        chance = self._names.chance(read, texts, [word.confidence for word in own])
        return Found(" ".join(texts), confidence, words, layout, "name_under_title", chance=chance)


def _text_follows(layout: Layout, block: Sequence[Segment]) -> bool:
    """Whether lines of running text, as wide as the page's body, stand below a block."""
    left, right = layout.body
    wide = [s for s in layout.segments if s.box.y0 > block[-1].box.y1 and s.box.width > TEXT * (right - left)]
    return len(wide) >= LINES


def _room_to_sign(layout: Layout, block: Sequence[Segment], name: Found) -> bool:
    """Whether a name stands alone, with room for signature and seal between it and a title that is unreadable."""
    under = Segment(name.words)
    alone = all(other.box.x1 < under.box.x0 for other in layout.row(under) if other.words != name.words)
    return alone and under.box.y0 - block[-1].box.y1 > 2 * layout.line_height


def _apart(layout: Layout, block: Sequence[Segment]) -> bool:
    """Whether a title stands alone or beside one other, and is no head of a table's column."""
    return all(len(layout.row(line)) <= 2 for line in block)


def _continues(layout: Layout, above: Segment, below: Segment) -> bool:
    close = below.box.y0 - above.box.y1 < 1.5 * layout.line_height
    return close and abs(below.box.centre[0] - above.box.centre[0]) < 0.1 * layout.width


def _above(block: Sequence[Segment], name: Found) -> bool:
    """Whether a title stands over the middle of its name, as it does unless a part of it is hidden."""
    line = Segment(name.words)
    return abs(line.box.centre[0] - _middle(block)) <= ALOOF * line.box.height


def _over(line: Segment, name: Found | None) -> bool:
    """Whether a line without its first letter has the middle of the name: a hidden KT. or PHÓ would push it aside."""
    if name is None:
        return False
    return abs(line.box.centre[0] - Segment(name.words).box.centre[0]) <= ASIDE * line.box.height


def _centred(block: Sequence[Segment]) -> bool:
    """Whether the lines have one middle: where they have not, a seal hides an end of one (KT., PHÓ)."""
    lettered = [[w for w in line.words if any(map(str.isalpha, w.text))] for line in block]
    middles = [(words[0].box.x0 + words[-1].box.x1) / 2 for words in lettered if words]
    height = sum(line.box.height for line in block) / len(block)
    return max(middles) - min(middles) <= ASKEW * height


def _middle(block: Sequence[Segment]) -> float:
    return sum(line.box.centre[0] for line in block) / len(block)


def _below(layout: Layout, block: Sequence[Segment]) -> Iterator[Segment]:
    last = block[-1]
    middle = _middle(block)
    for segment in layout.segments:
        under = segment.box.y0 - last.box.y1
        if 0 < under < REACH * layout.height and abs(segment.box.centre[0] - middle) < 0.14 * layout.width:
            yield segment


def _alone(layout: Layout) -> Iterator[Segment]:
    """The lowest line of the right half under a wide blank below the body: the seal may have eaten the title."""
    right = [
        s
        for s in layout.segments
        if s.box.x0 > 0.48 * layout.width and 0.58 < s.box.centre[0] / layout.width < 0.86 and s.letters >= 6
    ]
    for segment in right[-1:]:
        over = [s for s in layout.segments if s.box.y1 < segment.box.y0 and _overlaps(s, segment)]
        above = max(over, key=lambda s: s.box.y1, default=None)
        wide = above is not None and (_span(layout, above) > 0.35 * layout.width or above.confidence < SPOILT)
        if above is not None and wide and segment.box.y0 - above.box.y1 > 2.5 * layout.line_height:
            yield segment


def _span(layout: Layout, segment: Segment) -> float:
    """How far the line of a segment reaches from its first to its last piece, a table's row from side to side."""
    row = layout.row(segment)
    return row[-1].box.x1 - row[0].box.x0


def _overlaps(above: Segment, below: Segment) -> bool:
    return above.box.x0 < below.box.x1 and below.box.x0 < above.box.x1


def _beside(layout: Layout, recipients: Segment) -> Iterator[Segment]:
    """What stands right of the recipients and lower than they begin, where a seal may have hidden the title."""
    for segment in layout.segments:
        if segment.box.y0 > recipients.box.y1 and segment.box.x0 > max(
            recipients.box.x1, 0.45 * layout.width
        ):
            yield segment
