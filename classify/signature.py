"""The signature block: by what authority and as what somebody signs, and the name under the seal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classify.found import Found, reading_confidence
from classify.layout import Layout, Segment
from classify.person_names import NameChecker
from classify.spelling import Speller
from classify.syllables import is_syllable
from records.page import Word

_AUTHORITY = re.compile(r"^(?:T[./]?M|K[./]?T|T[./]?L|T[./]?U[./]?Q|Q)[.,:;/]+$|^(?:TM|KT|TL|TUQ)$")
_RECIPIENTS = re.compile(r"^\W*no[iìj] nh[aâ][nm]")
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\•"
REACH = 0.30  # share of the page below a title in which its name may stand


@dataclass(frozen=True)
class Signature:
    title: Found
    name: Found | None
    recipients: bool  # "Nơi nhận:" stands on the same page


class SignatureReader:
    """Finds signature blocks with the spelling of titles and a list of family names at hand."""

    def __init__(self, titles: Speller, names: NameChecker) -> None:
        self._titles = titles
        self._names = names

    def read(self, pages: Sequence[Layout]) -> Signature | None:
        """The signature of the paper: of the page with the recipients, else the last one found."""
        found = [s for s in (self._on_page(page) for page in pages) if s is not None]
        complete = [s for s in found if s.name is not None] or found
        with_recipients = [s for s in complete if s.recipients]
        if with_recipients:
            return with_recipients[0]
        return complete[-1] if complete else None

    def _on_page(self, layout: Layout) -> Signature | None:
        recipients = any(_RECIPIENTS.match(s.key) for s in layout.segments)
        best: Signature | None = None
        for block in self._blocks(layout):
            name = self._name(layout, block)
            title = self._title(layout, block, named=name is not None)
            if title is None:
                continue
            if best is None or name is not None or best.name is None:
                best = Signature(title, name, recipients)
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
        return line.capitals > 0.7 or self._titles.knows([word.text for word in line.words])

    def _title(self, layout: Layout, block: Sequence[Segment], named: bool) -> Found | None:
        """The title in this block; a title that no list knows counts only over a name."""
        words = _cleaned(word for line in block for word in line.words)
        texts = [_prefix_mended(word.text) for word in words]
        spelled, known = self._titles.respelled(texts, [word.confidence for word in words])
        prefixes = sum(bool(_AUTHORITY.match(text)) for text in texts)
        if not words or (known == 0 and not (named and all(map(is_word, texts)))):
            return None
        share = min(1.0, (known + prefixes) / len(words))
        certain = reading_confidence(words)
        syllables = sum(map(is_word, texts)) / len(texts)
        confidence = share * max(certain, 0.92) + (1 - share) * 0.9 * certain * syllables
        return Found(" ".join(spelled).strip(" ,;:_-"), confidence, words, layout, "signature_block")

    def _name(self, layout: Layout, block: Sequence[Segment]) -> Found | None:
        """The best name under a title, close to its middle."""
        best: Found | None = None
        for segment in _below(layout, block):
            found = self._as_name(layout, segment)
            if found is not None and (best is None or found.confidence >= best.confidence):
                best = found
        return best

    def _as_name(self, layout: Layout, segment: Segment) -> Found | None:
        words = tuple(word for word in segment.words if any(c.isalpha() for c in word.text))
        texts = self._names.plain(" ".join(word.text.strip(_NOISE) for word in words)).split()
        texts = self._names.mended(texts)
        score = self._names.score(texts)
        if score < 0.5:
            return None
        confidence = score * reading_confidence(words[-len(texts) :])
        return Found(" ".join(texts), confidence, words, layout, "name_under_title")


def is_word(text: str) -> bool:
    """Whether a piece of a title is a syllable, a mark, or the abbreviation of an authority."""
    bare = text.strip(_NOISE)
    return not bare or is_syllable(bare) or _AUTHORITY.match(text) is not None


def _prefix_mended(text: str) -> str:
    """TM, and KT: as TM. and KT."""
    return re.sub(r"[,:;]+$", ".", text) if _AUTHORITY.match(text) else text


def _cleaned(words: Iterator[Word]) -> tuple[Word, ...]:
    """Words without the specks that a seal leaves between them."""
    return tuple(w for w in words if any(c.isalpha() for c in w.text) or w.text in ("-", "–"))


def _continues(layout: Layout, above: Segment, below: Segment) -> bool:
    close = below.box.y0 - above.box.y1 < 1.1 * layout.line_height
    return close and abs(below.box.centre[0] - above.box.centre[0]) < 0.1 * layout.width


def _below(layout: Layout, block: Sequence[Segment]) -> Iterator[Segment]:
    last = block[-1]
    middle = sum(line.box.centre[0] for line in block) / len(block)
    for segment in layout.segments:
        under = segment.box.y0 - last.box.y1
        if 0 < under < REACH * layout.height and abs(segment.box.centre[0] - middle) < 0.14 * layout.width:
            yield segment
