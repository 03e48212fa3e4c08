"""What a form leaves few answers for: sex, nationality, people, kind of identity paper.

Such answers are often written by hand and half read ("Giới tính: Nơn", "Quốc tịch: Việt Nợn"). One that is hardly
other than a possible answer becomes it; anything further off stays as it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.reading import ReadWord, Support
from ocr.spelling import parted
from records.vietnamese import folded, normalised

# The peoples of Viet Nam as forms name them (Decision 121-TCTK/PPCĐ of 1979).
_PEOPLES = tuple(
    """
    Kinh|Tày|Thái|Hoa|Khmer|Mường|Nùng|Mông|Dao|Gia Rai|Ngái|Ê Đê|Ba Na|Xơ Đăng|Sán Chay|Cơ Ho|Chăm|Sán Dìu|Hrê|
    Mnông|Raglay|Xtiêng|Bru Vân Kiều|Thổ|Giáy|Cơ Tu|Giẻ Triêng|Mạ|Khơ Mú|Co|Tà Ôi|Chơ Ro|Kháng|Xinh Mun|Hà Nhì|
    Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|
    Rơ Măm
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


SHORT = 3  # letters: of fewer nobody can tell what they were


@dataclass(frozen=True, slots=True)
class _Question:
    label: tuple[str, str]  # the last two words of the label, folded and without a colon
    answers: tuple[str, ...]
    off: int  # edits by which a reading may differ from an answer
    before: str = ""  # folded: the word after the answer, where there is one


_QUESTIONS = (
    _Question(("quoc", "tich"), ("Việt Nam",), 3),
    _Question(("gioi", "tinh"), ("Nam", "Nữ"), 2),
    _Question(("dan", "toc"), _PEOPLES, 1),
    _Question(("tuy", "than"), ("CCCD", "CMND"), 2, "so"),
)


def answered(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line, with such answers as forms know.

    >>> def said(text):
    ...     return " ".join(word.text for word in answered([ReadWord(t, 0, 1, 1.0) for t in text.split()]))
    >>> said("Giới tính: Nơn Dân tộc: Kỉnh Quốc tịch: Việt Nợn")
    'Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam'
    >>> said("Dân tộc: Ệ Đê Quốc tịch: Lào"), said("Giấy tờ tùy thân: CCGD số 012")
    ('Dân tộc: Ê Đê Quốc tịch: Lào', 'Giấy tờ tùy thân: CCCD số 012')
    """
    done = list(words)
    for at in range(2, len(words)):
        label = tuple(folded(word.text).rstrip(":") for word in words[at - 2 : at])
        question = next((q for q in _QUESTIONS if q.label == label), None)
        if question and words[at - 1].text.endswith(":"):
            _answer(done, at, question)
    return tuple(done)


def _answer(words: list[ReadWord], at: int, question: _Question) -> None:
    """Puts the nearest answer in place of as many words as it has; nothing when two are as near."""
    ranked = sorted(
        (*_distance(_told(words, at, answer), answer), answer)
        for answer in question.answers
        if at + len(answer.split()) <= len(words)
    )
    if not ranked or ranked[0][0] == 0 or any(ranked[0][:2] == other[:2] for other in ranked[1:2]):
        return
    edits, _, best = ranked[0]
    count = len(best.split())
    follows = folded(words[at + count].text) if at + count < len(words) else ""
    if edits > min(question.off, len(best) - 1) or (question.before and follows != question.before):
        return
    told = _told(words, at, best)
    if len(told) < SHORT and folded(told) != folded(best):
        return
    for word, text in zip(range(at, at + count), best.split(), strict=True):
        before, _, after = parted(words[word].text)
        support = replace(words[word].support or Support(), mended=True)
        words[word] = replace(words[word], text=before + text + after, support=support)


def _told(words: Sequence[ReadWord], at: int, answer: str) -> str:
    return " ".join(parted(word.text)[1] for word in words[at : at + len(answer.split())])


def _distance(one: str, other: str) -> tuple[int, int]:
    """Letters to change, add or take away, a letter with other marks counting as one; and how the lengths differ."""
    return _edits(one, other), abs(len(one) - len(other))


def _edits(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, letter in enumerate(normalised(one), start=1):
        last, row[0] = row[0], i
        for j, wanted in enumerate(normalised(other), start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != wanted))
    return row[-1]
