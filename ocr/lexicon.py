"""How usual a syllable, and a syllable beside another, is in office papers.

`data/pairs.txt` holds counts from names of procedures, document types, units and people and from office prose (see
`bench.lexicon`). It only breaks ties between readers: a word that is not in it can still be read.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

from records.vietnamese import folded

USUAL = 60  # a count from which on a syllable is as usual as can be


@cache
def _counts() -> dict[str, int]:
    text = (files("ocr") / "data" / "pairs.txt").read_text(encoding="utf-8")
    rows = (line.rpartition("\t") for line in text.splitlines())
    return {entry: int(count) for entry, _, count in rows}


def usual(syllable: str) -> float:
    """0 (never seen) … 1 (as usual as can be), on a logarithmic scale.

    >>> usual("Quyết") > usual("quyệt") == 0.0
    True
    """
    return min(1.0, math.log1p(_counts().get(syllable.lower(), 0)) / math.log1p(USUAL))


def go_together(left: str, right: str) -> bool:
    """Whether two syllables have been seen side by side.

    >>> go_together("nghị", "quyết"), go_together("nghi", "quyết")
    (True, False)
    """
    return f"{left} {right}".lower() in _counts()


def times_together(left: str, right: str) -> int:
    """How often two syllables have been seen side by side.

    >>> times_together("chủ", "tịch") > 2, times_together("chủ", "tích")
    (True, 0)
    """
    return _counts().get(f"{left} {right}".lower(), 0)


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in _counts():
        if " " not in entry:
            found.setdefault(folded(entry), []).append(entry)
    return {letters: tuple(entries) for letters, entries in found.items()}


def same_letters(syllable: str) -> tuple[str, ...]:
    """The syllables of office language that differ from this one in nothing but marks, in lower case.

    >>> "tịch" in same_letters("TICH"), same_letters("xyz")
    (True, ())
    """
    return _by_letters().get(folded(syllable), ())
