"""The order of signing, which tells what a seal hides of a title (Decree 30/2020, Annex I, II.7).

Who signs for (KT.) a head is that head's deputy, and a head's title with the same words once more under it can only be
the deputy's; nobody but a deputy stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from classify.fuzzy import similarity
from records.vietnamese import folded

ILLEGIBLE = "?"  # the prefix of a line whose own cannot be read
ALIKE = 0.6  # of what the order of signing asks for: enough to complete the rest …
CLEARLY = 0.75  # … and where no KT. was read above it
REMNANT = 4  # letters that a seal leaves of a deputy's title under a head's that is known
SCRAP = 2  # … and where KT. was read above it: nobody else stands there
TWICE = 5  # letters that two lines must end alike in, where neither could be read whole


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line of a title: its prefix (TM., KT., TL., TUQ., Q.), the rest, and how much of it a list knows."""

    prefix: str
    text: str
    known: int  # words
    size: int  # words
    restored: bool = False  # nothing of it was read: the order of signing says it
    cut: bool = False  # its first word was not read whole: something may have stood before it

    @property
    def whole(self) -> bool:
        return self.size > 0 and self.known >= self.size

    @property
    def on_behalf(self) -> bool:
        return self.prefix in ("TM.", "T/M")

    @property
    def for_head(self) -> bool:
        return self.prefix in ("KT.", "K/T")

    @property
    def print(self) -> str:
        return f"{self.prefix} {self.text}".strip()


class SigningOrder:
    """Completes the lines of a title with the titles of heads at hand."""

    def __init__(self, titles: Iterable[str]) -> None:
        """`titles`: those of heads and deputies; a head is whoever has a deputy among them."""
        known = {title.upper() for title in titles}
        self._heads = {head: _squeezed(head) for head in sorted(known) if deputy_of(head) in known}

    def completed(self, lines: Sequence[TitleLine], *, named: bool) -> list[TitleLine]:
        """The lines with deputies' titles completed, and with a lost KT. put back before a deputy's head.

        `named`: a name stands under them, so that after a head for whom (KT.) somebody signs only that deputy's line
        can have been lost.
        """
        done: list[TitleLine] = []
        for line in lines:
            pair = self._pair(done[-1], line) if done else None
            if pair is not None:
                done[-1], line = pair
            done.append(line)
        if named and done and done[-1].for_head and done[-1].whole and done[-1].text in self._heads:
            done.append(replace(_known(deputy_of(done[-1].text)), restored=True))
        return [replace(line, prefix="TM.") if _on_behalf(line) else line for line in done]

    def _pair(self, above: TitleLine, below: TitleLine) -> tuple[TitleLine, TitleLine] | None:
        """The two as a head and the deputy who signs for it; None where they need not be."""
        if not (above.prefix in ("", ILLEGIBLE) or above.for_head):
            return None
        head = above if above.whole else self._whole(above, below)
        deputy = _as_deputy(below, head.text, surely=above.for_head) if head is not None else None
        if head is None or deputy is None:
            return None
        return replace(head, prefix=above.prefix if above.for_head else "KT."), deputy

    def _whole(self, above: TitleLine, below: TitleLine) -> TitleLine | None:
        """The head of whose title only the end was read, where the line under it is like just one deputy's."""
        end = _squeezed(above.text)
        if len(end) < TWICE:
            return None
        fits = [
            head
            for head, key in self._heads.items()
            if key.endswith(end) and _as_deputy(below, head, surely=False) is not None
        ]
        return _known(fits[0], above.prefix) if len(fits) == 1 else None


def deputy_of(title: str) -> str:
    """The title of the deputy of a head.

    >>> deputy_of("CHỦ TỊCH"), deputy_of("BỘ TRƯỞNG")
    ('PHÓ CHỦ TỊCH', 'THỨ TRƯỞNG')
    """
    return "THỨ TRƯỞNG" if title.upper() == "BỘ TRƯỞNG" else f"PHÓ {title}"


def is_collective(text: str) -> bool:
    """Whether a line names a body on whose behalf (TM.) somebody signs, and no title."""
    bodies = r"(?:uy ban|hoi dong nhan dan|ban chap hanh|ban thuong vu|chinh phu)\b"
    return re.match(bodies, folded(text)) is not None


def _on_behalf(line: TitleLine) -> bool:
    """Whether something illegible stands before a body: nothing but TM. does."""
    return line.prefix == ILLEGIBLE and is_collective(line.text)


def _as_deputy(line: TitleLine, head: str, surely: bool) -> TitleLine | None:
    """The line as the title of the deputy of `head`; None if it is none. `surely`: KT. stands before the head."""
    deputy = deputy_of(head)
    if line.prefix not in ("", ILLEGIBLE):
        return None
    if folded(line.text).startswith(folded(deputy)) or (line.whole and _shorter(line.text, deputy)):
        return replace(line, prefix="")
    if line.whole and line.text != head and not surely:
        return None  # another known title
    alike = similarity(folded(line.text), folded(deputy))
    if alike >= (ALIKE if surely else CLEARLY) or any(_ends(line.text, deputy, surely)):
        return _known(deputy)
    return None


def _ends(read: str, deputy: str, surely: bool) -> Iterator[bool]:
    """What says that a remnant is the end of a deputy's title."""
    end, whole = _squeezed(read), _squeezed(deputy)
    yield whole.endswith(end) and len(end) >= (SCRAP if surely else REMNANT)
    shared = next((n for n, (a, b) in enumerate(zip(end[::-1], whole[::-1], strict=False)) if a != b), 0)
    yield shared >= TWICE and len(end) <= len(whole)


def _known(title: str, prefix: str = "") -> TitleLine:
    words = len(title.split())
    return TitleLine(prefix, title, words, words)


def _shorter(text: str, deputy: str) -> bool:
    """Whether a title is the deputy's without the place at its end: PHÓ TRƯỞNG CÔNG AN (THÀNH PHỐ)."""
    return len(text.split()) >= 4 and folded(deputy).startswith(f"{folded(text)} ")


def _squeezed(text: str) -> str:
    """The letters of a text, folded."""
    return "".join(char for char in folded(text) if char.isalpha())
