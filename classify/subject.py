"""What a paper is about: "V/v …" under a letter's number, else the lines under the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classify.agencies import begins_agency
from classify.blocks import Head, rows
from classify.found import Found
from classify.layout import Layout, Segment, cut_before
from classify.stacked_head import stacked_lines
from classify.syllables import is_syllable
from classify.titles import Title
from classify.urgency import degree_of
from classify.wording import Wording
from records.page import Word

_LETTER = re.compile(r"^\W*[vw][/l1iī|\\]?\s?[vw]\b\s*|^\W*ve viec\b")
_STOPS = re.compile(
    r"^\W*(?:kinh gui|can cu|dieu \d|[ivx]+[.,]|\d+[.,)]|chuong |hom nay|ho va ten|ho, chu dem|toi la|ten toi|"
    r"chung toi|quyet dinh:|ban hanh kem theo|\((?:ban hanh|ban sao|su dung|kem theo|ap dung|du thao)|so cccd)"
)
# Words that begin a body only where they begin a sentence.
_BODY = re.compile(r"^\W*(?:xet|thuc hien|theo|ong|ba|co quan|trong thoi gian|nham|de|sau khi|qua)\b")
_NUMBER = re.compile(r"^\W*so\W")
_ABOUT = re.compile(r"^\W*ve (?:viec|chu truong|ket qua|tinh hinh)\b")
_ADDRESSEE = re.compile(r"^\W*kinh gui\b")
_RANKS = re.compile(
    r"^\W*(?:pho )?(?:chu tich|giam doc|tong giam doc|bo truong|vien truong|truong|hieu truong|cuc truong|chanh|"
    r"thu tuong|chi cuc truong|tong cuc truong|chu nhiem|thong doc|chinh phu|hdnd|quoc hoi)\b"
)
_NOISE = " .,;:_*'\"“”‘’|~`^-–—=«»[]{}<>\\•"
_LIST = re.compile(r"^\W*(?:danh sach|danh muc|bang tong hop|tong hop|bieu tong hop|bang ke|bang)\b")
WEAK = 0.6
MAX_LINES = 9


def letter_subject(head: Head, below: Segment | None, wording: Wording) -> Found | None:
    """The lines "V/v …" of the left block or of a head in one column, under the number's line where that was found."""
    lines = _about(head.left, below) or _about(stacked_lines(head, None), below)
    return _found(head.layout, lines, _joined(lines, wording), "letter_subject") if lines else None


def _about(parts: Sequence[Segment], below: Segment | None) -> list[Segment]:
    lines: list[Segment] = []
    for row in rows(tuple(part for part in parts if degree_of(part) is None)):
        if below is not None and row.box.centre[1] <= below.box.centre[1]:
            continue
        if lines and (row.box.y0 - lines[-1].box.y1 > 1.1 * row.box.height or _STOPS.match(row.key)):
            break
        if lines or _LETTER.match(row.key):
            lines.append(row)
    return lines


def title_subject(layout: Layout, title: Title, wording: Wording, *, small: bool = False) -> Found | None:
    """The centred lines right under the title, up to addressee, legal basis, agency or body.

    `small`: it may begin with a small letter, as in papers of the party (Guideline 36-HD/VPTW).
    """
    lines = list(_under(layout, title))
    if not lines or not (_starts_sentence(lines[0]) or small or _ABOUT.match(lines[0].key)):
        return None  # a summary without its first line is a wrong one
    return _found(layout, lines, _joined(lines, wording), "title_subject")


def list_heading(layout: Layout, block: list[Segment], wording: Wording) -> Found | None:
    """What a list without a kind is about: its heading in capitals, "DANH SÁCH …"."""
    capitals = [line for line in block if line.capitals > 0.8]
    start = next((i for i, line in enumerate(capitals) if _LIST.match(line.key)), None)
    if start is None:
        return None
    return _found(layout, capitals[start:], _joined(capitals[start:], wording), "list_heading")


def _under(layout: Layout, title: Title) -> Iterator[Segment]:
    last = title.lines[-1]
    centre = _centre(title)
    taken, addressed = 0, False
    free = (_without_stamp(layout, segment) for segment in layout.segments)
    below = tuple(s for s in free if s.box.centre[1] > last.box.y1 and _inside(layout, s))
    for row in rows(below):
        if taken == 0 and (_NUMBER.match(row.key) or _ADDRESSEE.match(row.key)):
            last, addressed = row, addressed or bool(_ADDRESSEE.match(row.key))
            continue
        if addressed and row.capitals < 0.7:
            return  # after an addressee only a declaration's own heading goes on
        limit = (1.6 if taken == 0 else 1.0) * layout.line_height
        if row.box.y0 - last.box.y1 > limit or taken == MAX_LINES or _ends_subject(layout, row, centre):
            return
        yield row
        last, taken = row, taken + 1


def _centre(title: Title) -> float:
    return sum(line.box.centre[0] for line in title.lines) / len(title.lines)


def _inside(layout: Layout, segment: Segment) -> bool:
    """Whether a segment is print between the margins, and not a stamp at the edge or a speck."""
    left, right = layout.body
    slack = 0.03 * layout.width
    return segment.letters >= 2 and segment.box.x0 > left - slack and segment.box.x1 < right + slack


def _ends_subject(layout: Layout, row: Segment, centre: float) -> bool:
    left, right = layout.body
    narrow = row.box.width < 0.7 * (right - left) and row.box.x0 > left + 0.1 * (right - left)
    if _STOPS.match(row.key) or (_BODY.match(row.key) and _starts_sentence(row) and not narrow):
        return True
    if row.capitals > 0.8 and (begins_agency(row.key) or _RANKS.match(row.key)):
        return True
    offset = abs(row.box.centre[0] - centre) / layout.width
    return offset > (0.018 if row.box.width > 0.8 * (right - left) else 0.04)


def _starts_sentence(row: Segment) -> bool:
    return next((char.isupper() for char in row.text if char.isalpha()), False)


def _without_stamp(layout: Layout, segment: Segment) -> Segment:
    """The segment from "Về việc" on, where a stamp at the margin was read in one line with it."""
    at = segment.key.find("ve viec")
    if at <= 0 or segment.box.x0 > layout.body[0] - 0.03 * layout.width:
        return segment
    return cut_before(segment, at)[1]


def _joined(lines: list[Segment], wording: Wording) -> str:
    words = wording.settled([word for line in lines for word in line.words if not _is_speck(word)])
    text = " ".join(word.strip("_") for word in words).strip(_NOISE)
    bracketed = re.fullmatch(r"\(([^()]*)\)?", text)
    text = bracketed[1] if bracketed else text  # (V/v …)
    text = re.sub(r"(?<=[a-zà-ỹ])\.(?= )", "", text)  # no sentence ends inside a summary: a speck
    text = re.sub(r"(?<=[a-zà-ỹ])\.(?=\d)", " ", text)
    text = re.sub(r"^[B-ZĐ] (?=[A-ZĐ])", "", text)  # a speck before the first word
    text = re.sub(r"^[VvWw]\s?[/lIi1|\\]?\s?[VvWw]\b(?:[.:,]+\s*)?(?=.)", "V/v", text)
    text = re.sub(r"^V/v(?=\w)", "V/v ", text)
    return re.sub(r"^[Vv][ềêeàă] việc\b", "Về việc", text)


def _is_speck(word: Word) -> bool:
    """Ink that is no word: no letter or digit, or one letter that was hardly read."""
    bare = word.text.strip(_NOISE)
    return (not bare and word.text not in ("-", "–")) or (
        len(bare) == 1 and bare.islower() and word.confidence < 0.8
    )


def _found(layout: Layout, lines: list[Segment], text: str, rule: str) -> Found:
    """The confidence falls with every weak word and every word that can be no syllable: one spoils the line."""
    words = tuple(word for line in lines for word in line.words)
    scores = [min(1.0, word.confidence / 0.9) for word in words if any(c.isalnum() for c in word.text)]
    weak = sum(score < WEAK for score in scores)
    odd = sum(part.isalpha() and part.islower() and not is_syllable(part) for part in text.split())
    confidence = (sum(scores) / max(1, len(scores))) * 0.8**weak * 0.75**odd
    return Found(text or None, confidence, words, layout, rule)
