"""Who issued a paper: the names in capitals at the top of the left block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

from classify.agencies import begins_agency, names
from classify.blocks import Head, rows
from classify.found import Found, reading_confidence
from classify.layout import Segment
from classify.number_line import is_number_line
from classify.spelling import SURE, Speller
from classify.stacked_head import stacked_agency, stacked_lines
from records.page import Word
from records.vietnamese import folded

# How far lines are believed that begin no agency's name: a title that slipped into the left block.
NAMELESS = 0.6
VOUCHED = 0.97  # the chance of a name that stands in the lists as it was read, every word of it
TWO_LINES = 1.55  # usual heights of a line: two lines read as one, whose words are in nobody's order
_STAMPED = {
    tuple(stamp.split())
    for stamp in ("ban sao", "sao y", "sao", "khan", "thuong khan", "hoa toc", "mat", "toi mat", "tuyet mat")
}
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»()[]{}<>\\"


def issuing_authority(
    head: Head, speller: Speller, title: Segment | None = None
) -> tuple[Found | None, Found | None]:
    """The issuing agency's own name, and its parent's where one stands above it, each in one line.

    `title`: the first line of the paper's title, above which it stands.
    """
    lines = authority_rows(head) if head.two_columns else []
    lines = lines or stacked_agency(_headed(head, title)) or _in_small_letters(head)
    groups = names(lines)
    if not groups:
        return None, None
    parents = [line for group in groups[:-1] for line in group]
    own = _name(head, groups[-1], speller, "authority_block")
    return own, _name(head, parents, speller, "parent_block") if parents else None


def authority_rows(head: Head) -> list[Segment]:
    """The lines in capitals at the top of the left block, down to the number or the first other line."""
    found: list[Segment] = []
    for row in rows(head.left):
        numbered = is_number_line(row) or (found and "/" in row.text)
        if numbered and found:
            break
        if numbered or row.letters < 2 or (not found and row.capitals < 0.6):
            continue  # a rule or a star under the name, a stamp above it
        if row.capitals < 0.7 or (found and _far(found[-1], row)):
            break
        found.append(row)
    return found


def _in_small_letters(head: Head) -> list[Segment]:
    """The name of a company or an association beside the motto, in small letters: Công ty Cổ phần Cấp nước."""
    if head.motto is None or not head.two_columns:
        return []
    first = next((row for row in rows(head.left) if row.letters >= 2), None)
    if first is None or not begins_agency(first.key) or not first.text[:1].isupper() or is_number_line(first):
        return []
    beside = abs(first.box.centre[1] - head.motto.box.centre[1]) < 1.5 * head.motto.box.height
    return [first] if beside else []


def _headed(head: Head, title: Segment | None) -> list[Segment]:
    """The lines of a head in one column; none where nothing says that it is a head: no motto and no number."""
    lines = stacked_lines(head, title)
    return lines if head.motto is not None or any(is_number_line(line) for line in lines) else []


def _far(above: Segment, below: Segment) -> bool:
    return below.box.y0 - above.box.y1 > 1.6 * max(above.box.height, below.box.height)


def _name(head: Head, lines: Sequence[Segment], speller: Speller, rule: str) -> Found:
    words = tuple(
        word for line in lines for word in line.words if word.text.strip(_NOISE) or word.text == "-"
    )
    words = tuple(word for i, word in enumerate(words) if i != 1 or word.text != words[0].text)  # BỘ BỘ Y TẾ
    words = _without_stamp(words)
    texts = [_bare(word.text) for word in words]
    spelled, known = speller.respelled(texts, [word.confidence for word in words])
    weak = any(word.confidence < SURE and word.text.strip(_NOISE) for word in words)
    nearest = (
        speller.nearest(" ".join(texts)) if weak and known < len(words) else None
    )  # else of another place
    if nearest is not None:
        spelled, known = nearest.split(), len(words)
    share = known / max(1, len(words))
    certain = reading_confidence(words)
    confidence = share * max(certain, 0.9) + (1 - share) * certain
    if any(line.box.height > TWO_LINES * head.layout.line_height for line in lines):
        confidence *= 0.5
    if not begins_agency(lines[0].key.strip(_NOISE)):
        confidence *= NAMELESS
    if any(re.search(r"\w[^\w\s,&/-]\w", text) for text in spelled):
        confidence *= 0.7  # a mark inside a word: ink of a stamp
    name = " ".join(filter(None, spelled)).strip(" .,;:_*-–")
    chance = max(VOUCHED, prod(word.confidence for word in words)) if known == len(words) else None
    return Found(name, confidence, words, head.layout, rule, chance=chance)


def _without_stamp(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a name without those of a stamp that was read in one line with its last (SỞ XÂY DỰNG SAO)."""
    keys = [folded(word.text).strip(_NOISE) for word in words]
    ends = [size for size in (2, 1) if len(keys) > size + 1 and tuple(keys[-size:]) in _STAMPED]
    return words[: -ends[0]] if ends else words


def _bare(text: str) -> str:
    """A word without scraps around it; the full stop of an abbreviation (TP.) stays."""
    bare = text.strip("'\"“”‘’|_*~`^=")
    bare = bare.rstrip("-") if len(bare) > 2 else bare
    bare = bare.rstrip(":;")
    return bare.rstrip(".") if len(bare) >= 4 else bare
