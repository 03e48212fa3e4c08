"""The readers sit together: two read every line, the third is asked about what they read differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ocr.answers import answered
from ocr.asking import asked_spans, open_stretches, with_third
from ocr.confidence import assured
from ocr.dates import dated
from ocr.diction import well_worded
from ocr.fit import fitted
from ocr.grammar import grammatical
from ocr.numerals import numbered
from ocr.raised import with_powers
from ocr.reading import LineBox, LineReader, Reading, ReadWord
from ocr.upright import Upright
from ocr.vote import Stretch, chosen, stretches, supported
from records.vietnamese import folded

UNSURE = 0.5  # of 1: a line whose readers are both less sure is no print
UNLIKELY = 0.2  # a line of words with less chance than this costs more than it brings
ORNAMENT = 12  # signs: no word and no number is as long and as dull
RINGS = 5  # the same for rings, which readers take for the letter or the digit


def read_lines(
    page: Upright,
    boxes: Sequence[LineBox],
    first: LineReader,
    second: LineReader,
    third: LineReader | None,
) -> list[tuple[ReadWord, ...]]:
    """The words of each line as the readers agree on or vote them."""
    ones = _read_by(first, page, boxes)
    twos = _read_by(second, page, fitted(page.ink, boxes))
    lines: list[tuple[ReadWord, ...]] = []
    for box, one, two in zip(boxes, ones, twos, strict=True):
        parts = stretches([one, two])
        if not _credible(box, one, two, parts):
            lines.append(())
            continue
        if third and (open_ones := open_stretches(parts)):
            heard = _read_by(third, page, asked_spans(parts, open_ones, box))
            three = Reading(tuple(word for reading in heard for word in reading.words))
            parts = with_third(parts, open_ones, stretches([one, two, three]))
        words = well_worded(assured(answered(dated(grammatical(numbered(voted(parts)))))))
        words = with_powers(words, page.ink, box)
        lines.append(words if Reading(words).confidence >= UNLIKELY else ())
    return lines


def _read_by(reader: LineReader, page: Upright, boxes: Sequence[LineBox]) -> list[Reading]:
    """Coloured lines are read from luminance, all others from `ink`."""
    readings = [Reading()] * len(boxes)
    for image, coloured in ((page.ink, False), (page.plain, True)):
        wanted = [i for i, box in enumerate(boxes) if (box.coloured or box.pen) == coloured]
        for i, reading in zip(wanted, reader.read(image, [boxes[i] for i in wanted]), strict=True):
            readings[i] = reading
    return readings


def _credible(box: LineBox, one: Reading, two: Reading, parts: Sequence[Stretch]) -> bool:
    """Whether a box holds print at all, and no seal, signature or dirt.

    Both readers unsure is dirt. Of coloured ink only what both read alike, but for marks, is print: the rest is seals.
    """
    if max(one.confidence, two.confidence) < UNSURE or _ornament(one.text) or _ornament(two.text):
        return False
    alike = sum(len(part.text(0)) for part in parts if folded(part.text(0)) == folded(part.text(1)))
    return not box.coloured or alike >= 0.5 * max(3, len(one.text), len(two.text))


def _ornament(text: str) -> bool:
    """The border of a certificate: nearly one sign over and over.

    >>> _ornament("0000 00000 0 5 000"), _ornament("O O O 0 0 0"), _ornament("Điều 1. Tổ chức"), _ornament("1.000.000")
    (True, True, False, False)
    """
    signs = text.replace(" ", "")
    if len(signs) >= RINGS and set(signs) <= set("O0o°") and " " in text:
        return True
    return len(signs) >= ORNAMENT and Counter(signs).most_common(1)[0][1] >= 0.75 * len(signs)


def voted(parts: Sequence[Stretch]) -> tuple[ReadWord, ...]:
    """The words of a line, stretch by stretch; a doubtful one is judged beside what stands left and right of it."""
    words: list[ReadWord] = []
    for i, part in enumerate(parts):
        if part.agreed:
            words.extend(supported(part, part.readings[0]))
            continue
        after = parts[i + 1] if i + 1 < len(parts) else None
        right = after.readings[0][0].text if after and after.readings[0] else ""
        words.extend(supported(part, chosen(part, words[-1].text if words else "", right)))
    return tuple(words)
